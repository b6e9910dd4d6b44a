import type { CookieOptions, RequestHandler } from 'express';
import { PaymentError } from '../payments/errors.js';
import type { Partner } from '../payments/partner.js';
import type { Payers } from './payer.js';

export interface SignIns {
  begin(from: {
    partnerId: string;
    intentId: string;
  }): Promise<{ url: string; cookie: { name: string; value: string } }>;
  complete(callback: {
    partnerId: string;
    currentUrl: URL;
    cookieHeader: string | undefined;
  }): Promise<{ intentId: string; connectionId: string; cookieName: string }>;
}

export interface SessionStarter {
  start(
    session: { partnerId: string; connectionId: string },
    cookieHeader: string | undefined,
  ): Promise<{ name: string; value: string }>;
}

/** `__Host-Http-` demands all of these; Lax, for the bank sends the payer back from another site. */
const COOKIE: CookieOptions = { secure: true, httpOnly: true, sameSite: 'lax', path: '/' };
const SIGN_IN_COOKIE_MS = 10 * 60 * 1000;
const SESSION_COOKIE_MS = 90 * 24 * 60 * 60 * 1000;

/** Away to the bank's sign-in, and back. */
export function signInRoutes(deps: {
  payers: Payers;
  signIns: SignIns;
  sessions: SessionStarter;
  partners: ReadonlyMap<string, Partner>;
  publicUrl: string;
  /** Payments that waited for this member's sign-in go on. */
  signedIn: (connectionId: string) => Promise<void>;
}): Record<'begin' | 'callback', RequestHandler> {
  return {
    async begin(req, res) {
      const { partner, intentId } = await deps.payers.of(req);
      const { url, cookie } = await deps.signIns.begin({ partnerId: partner.id, intentId });
      res.cookie(cookie.name, cookie.value, { ...COOKIE, maxAge: SIGN_IN_COOKIE_MS });
      res.redirect(303, url);
    },
    async callback(req, res) {
      const partner = deps.partners.get(String(req.params.partner));
      if (!partner) throw new PaymentError('not-found', 'Check the address.');
      const cookieHeader = req.get('Cookie');
      const { intentId, connectionId, cookieName } = await deps.signIns.complete({
        partnerId: partner.id,
        // Behind a proxy only the configured address is the one that the bank has seen.
        currentUrl: new URL(req.originalUrl, deps.publicUrl),
        cookieHeader,
      });
      const session = await deps.sessions.start(
        { partnerId: partner.id, connectionId },
        cookieHeader,
      );
      res.clearCookie(cookieName, COOKIE);
      res.cookie(session.name, session.value, { ...COOKIE, maxAge: SESSION_COOKIE_MS });
      await deps.signedIn(connectionId);
      res.redirect(303, `/pay/${intentId}`);
    },
  };
}
