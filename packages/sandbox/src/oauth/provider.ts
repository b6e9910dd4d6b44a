import { generateKeyPairSync } from 'node:crypto';
import type Library from 'oidc-provider';
import type { Configuration, JWKS } from 'oidc-provider';
import type { Bank } from '../bank.js';
import { errorPage } from '../pages/error-page.js';
import { renderPage } from '../pages/send-page.js';
import { adapterOf } from './adapter.js';
import { behaveLikeHydra } from './hydra.js';
import { Provider } from './library.js';
import { SCOPES } from './scopes.js';

export const CLIENT_ID = 'qonto-pay-demo';
export const CLIENT_SECRET = 'qonto-pay-demo-secret';

const DAY_SECONDS = 86_400;

/** The library behind `/oauth2`, with every default changed that differs from Qonto's server. */
export function createProvider(
  bank: Bank,
  { issuer, redirectUris }: { readonly issuer: string; readonly redirectUris: readonly string[] },
): Library {
  const provider = new Provider(issuer, {
    ...fixedConfiguration(),
    adapter: adapterOf(bank),
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [...redirectUris],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
        id_token_signed_response_alg: 'ES256',
        scope: Object.keys(SCOPES).join(' '),
      },
    ],
    jwks: freshKeys(),
    pkce: { required: () => bank.switches.get('pkce_required') },
    cookies: {
      keys: [bank.store.current.cookieSecret],
      names: { session: 'bank_session', interaction: 'bank_interaction', resume: 'bank_resume' },
    },
  });
  behaveLikeHydra(provider);
  return provider;
}

function fixedConfiguration(): Configuration {
  return {
    scopes: Object.keys(SCOPES),
    claims: {},
    responseTypes: ['code'],
    clockTolerance: 0,
    clientAuthMethods: ['client_secret_post'],
    rotateRefreshToken: true,
    expiresWithSession: () => false,
    routes: { authorization: '/oauth2/auth', token: '/oauth2/token', revocation: '/oauth2/revoke' },
    extraParams: ['organization_id', 'registration_id', 'identity_type'],
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId,
      },
    },
    issueRefreshToken: async (_ctx, _client, source) => source.scopes.has('offline_access'),
    // Grant: the library ends a grant after 14 days, and the refresh tokens with it.
    ttl: {
      AuthorizationCode: 600,
      AccessToken: 3600,
      IdToken: 3600,
      RefreshToken: 90 * DAY_SECONDS,
      Grant: 3650 * DAY_SECONDS,
      Interaction: 3600,
      Session: DAY_SECONDS,
    },
    loadExistingGrant: async (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId;
      return grantId ? ctx.oidc.provider.Grant.find(grantId) : undefined;
    },
    interactions: { url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    findAccount: (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    renderError: (ctx, out) => {
      // A bad client_id or redirect_uri is a 404 (facts 2.1).
      const text = out.error_description ?? out.error;
      const { headers, body } = renderPage(errorPage('This sign-in cannot start', text));
      ctx.status = 404;
      ctx.set(headers);
      ctx.body = body;
    },
  };
}

function freshKeys(): JWKS {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }] } as JWKS;
}
