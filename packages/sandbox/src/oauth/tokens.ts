import type Provider from 'oidc-provider';
import { CLIENT_ID } from './provider.js';
import { scopesIn } from './scopes.js';

/** What the token endpoint would have answered after a sign-in in a browser. */
export async function issueTokens(
  provider: Provider,
  { accountId, scope }: { readonly accountId: string; readonly scope: string },
): Promise<Record<string, unknown>> {
  const client = await provider.Client.find(CLIENT_ID);
  if (!client) throw new Error(`there is no client ${CLIENT_ID}`);
  const grantId = await grantTo(provider, { accountId, scope });
  const common = { client, accountId, grantId, scope, gty: 'authorization_code' };
  const accessToken = await new provider.AccessToken(common as never).save();
  const answer = { access_token: accessToken, expires_in: 3600, scope, token_type: 'bearer' };
  if (!scopesIn(scope).includes('offline_access')) return answer;
  return { ...answer, refresh_token: await new provider.RefreshToken(common as never).save() };
}

/** Writes down the member's consent. */
export async function grantTo(
  provider: Provider,
  { accountId, scope }: { readonly accountId: string; readonly scope: string },
): Promise<string> {
  const grant = new provider.Grant({ accountId, clientId: CLIENT_ID });
  grant.addOIDCScope(scope);
  return grant.save();
}
