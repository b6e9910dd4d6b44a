import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type Library from 'oidc-provider';
import type { Configuration, JWKS, KoaContextWithOIDC } from 'oidc-provider';
import type { Bank } from '../bank.js';
import { errorPage } from '../pages/error-page.js';
import { renderPage } from '../pages/send-page.js';
import { adapterOf } from './adapter.js';
import { Provider } from './library.js';
import { SCOPES } from './scopes.js';

export const CLIENT_ID = 'qonto-pay-demo';
export const CLIENT_SECRET = 'qonto-pay-demo-secret';

/** The documented words for every refused client authentication (facts 2.2). */
export const CLIENT_REFUSED =
  'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)';

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
  nameTokensLikeHydra(provider);
  provider.use(async (ctx, next) => {
    await next();
    speakLikeHydra(ctx as unknown as KoaContextWithOIDC);
  });
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

/** Opaque tokens of the form `ory_at_a.b` (facts 2). */
function nameTokensLikeHydra(provider: Library): void {
  const prefixes = [
    [provider.AuthorizationCode, 'ory_ac_'],
    [provider.AccessToken, 'ory_at_'],
    [provider.RefreshToken, 'ory_rt_'],
  ] as const;
  for (const [model, prefix] of prefixes) {
    // The library's own method is kept: it also notes the token's format. The types do not know it.
    const prototype = model.prototype as unknown as { generateTokenId: () => string };
    const standard = prototype.generateTokenId;
    prototype.generateTokenId = function generateTokenId() {
      return `${prefix}${standard.call(this)}.${randomBytes(32).toString('base64url')}`;
    };
  }
}

function speakLikeHydra(ctx: KoaContextWithOIDC): void {
  const body: unknown = ctx.body;
  if (isRecord(body)) {
    if (body.token_type === 'Bearer') body.token_type = 'bearer';
    if (body.error === 'invalid_client') body.error_description = CLIENT_REFUSED;
  }
  // The types promise a text; without the header it is undefined.
  const location: string | undefined = ctx.response.get('location');
  if (!location?.startsWith('http')) return;
  const target = new URL(location);
  target.searchParams.delete('iss');
  if (target.searchParams.has('code')) {
    target.searchParams.set('scope', String(ctx.oidc?.params?.scope ?? ''));
  }
  ctx.set('location', target.href);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Buffer.isBuffer(value);
}
