import type { RequestHandler } from 'express';
import type { Bank } from '../bank.js';
import { CLIENT_REFUSED } from './hydra.js';
import { CLIENT_ID } from './provider.js';
import { SCOPES, scopesIn } from './scopes.js';

const MIN_STATE_LENGTH = 8;

interface Rules {
  readonly bank: Bank;
  readonly redirectUris: readonly string[];
}

/** Facts 2.2: HTTP Basic is no client authentication here, unlike in the library. */
export const refuseBasic: RequestHandler = (req, res, next) => {
  if (req.headers.authorization === undefined) return next();
  res.status(401).json({ error: 'invalid_client', error_description: CLIENT_REFUSED });
};

/** What Qonto's authorization endpoint refuses and the library would let pass. */
export function checkAuthorizationRequest({ bank, redirectUris }: Rules): RequestHandler {
  return (req, res, next) => {
    const params = new URL(req.url, 'http://bank').searchParams;
    const redirectUri = params.get('redirect_uri') ?? '';
    // An unknown client or address is never redirected to: the library answers 404.
    if (params.get('client_id') !== CLIENT_ID || !redirectUris.includes(redirectUri)) return next();
    const refusal = refusalOf(params, bank);
    if (refusal === undefined) {
      askForBoth(req, params);
      return next();
    }
    const target = new URL(redirectUri);
    target.searchParams.set('error', refusal.error);
    target.searchParams.set('error_description', refusal.description);
    const state = params.get('state');
    if (state !== null) target.searchParams.set('state', state);
    res.redirect(303, target.href);
  };
}

function refusalOf(params: URLSearchParams, bank: Bank) {
  if ((params.get('state') ?? '').length < MIN_STATE_LENGTH) {
    return {
      error: 'invalid_state',
      description: `The state is missing or does not have enough characters, it must be at least ${MIN_STATE_LENGTH} long.`,
    };
  }
  const unknown = scopesIn(params.get('scope') ?? '').find((scope) => !mayAsk(scope, bank));
  if (unknown === undefined) return undefined;
  return {
    error: 'invalid_scope',
    description: `The OAuth 2.0 Client is not allowed to request scope '${unknown}'.`,
  };
}

/** Whether the client may ask for a scope at all. */
export function mayAsk(scope: string, bank: Bank): boolean {
  if (scope === 'beneficiary.trust') return bank.switches.get('beneficiary_trust_scope');
  return Object.hasOwn(SCOPES, scope);
}

// Without `consent` the library silently drops offline_access; without `login` it would need a bank session.
function askForBoth(req: { url: string }, params: URLSearchParams): void {
  params.set('prompt', 'login consent');
  req.url = `/oauth2/auth?${params}`;
}
