import { Router } from 'express';
import type Provider from 'oidc-provider';
import type { Bank } from '../bank.js';
import { checkAuthorizationRequest, refuseBasic } from './request-rules.js';
import { signInRoutes } from './sign-in.js';

const LIBRARY_PATHS = /^\/oauth2\/(auth(\/[\w-]+)?|token|revoke)$/;

/** The OAuth server: only Qonto's three addresses, no discovery (facts 2.2). */
export function oauthRoutes(context: {
  readonly bank: Bank;
  readonly provider: Provider;
  readonly redirectUris: readonly string[];
}): Router {
  const router = Router();
  const callback = context.provider.callback();
  router.get('/oauth2/auth', checkAuthorizationRequest(context));
  router.post(['/oauth2/token', '/oauth2/revoke'], refuseBasic);
  router.use((req, res, next) => {
    if (!LIBRARY_PATHS.test(req.path)) return next();
    dropBankSession(req.headers);
    void callback(req, res);
  });
  router.use('/sign-in/:uid', signInRoutes(context));
  return router;
}

// Everybody signs in anew each time, so that two members can use one browser.
function dropBankSession(headers: { cookie?: string | undefined }): void {
  const kept = headers.cookie?.split('; ').filter((cookie) => !cookie.startsWith('bank_session'));
  if (kept) headers.cookie = kept.join('; ');
}
