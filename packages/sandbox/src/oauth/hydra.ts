import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type Library from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';

/** The documented words for every refused client authentication (facts 2.2). */
export const CLIENT_REFUSED =
  'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)';

/** Makes the library's answers look like those of Qonto's server, Ory Hydra. */
export function behaveLikeHydra(provider: Library): void {
  nameTokensLikeHydra(provider);
  provider.use(async (ctx, next) => {
    await next();
    speakLikeHydra(ctx as unknown as KoaContextWithOIDC);
    keepCookiesForTheVisit(ctx.res);
  });
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

// A browser reads `expires` against our `Date`, the bank's clock: hours ahead, every cookie would be dead at once.
function keepCookiesForTheVisit(res: ServerResponse): void {
  const cookies = res.getHeader('Set-Cookie');
  if (!Array.isArray(cookies)) return;
  const isRemoval = (cookie: string) => cookie.includes('01 Jan 1970');
  const kept = cookies.map((cookie) =>
    isRemoval(cookie) ? cookie : cookie.replace(/; expires=[^;]+/i, ''),
  );
  res.setHeader('Set-Cookie', kept);
}
