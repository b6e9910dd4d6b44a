import { CONSENTS, type Consent } from '@qonto-pay/shared';
import type { CookieOptions, Request, RequestHandler, Response } from 'express';
import { SignInError, type SignInFailure } from '../auth/sign-in.js';
import { PaymentError } from '../payments/errors.js';
import type { Partner } from '../payments/partner.js';
import type { Payers, SessionFinder } from './payer.js';

interface BegunSignIn {
  url: string;
  cookie: { name: string; value: string };
}

export interface SignIns {
  begin(from: {
    partnerId: string;
    intentId: string;
    granted: string | undefined;
    wanted: Consent | undefined;
  }): Promise<BegunSignIn>;
  complete(callback: {
    partnerId: string;
    currentUrl: URL;
    cookieHeader: string | undefined;
  }): Promise<
    { cookieName: string } & (
      | { kind: 'signed-in'; intentId: string; connectionId: string }
      /** To be asked again, for less. */
      | ({ kind: 'again' } & BegunSignIn)
    )
  >;
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

/** Refused, and nothing lost: who was signed in before still is. */
const HARMLESS: readonly SignInFailure[] = ['denied', 'scope-refused'];

interface SignInRoutesDeps {
  payers: Payers;
  signIns: SignIns;
  sessions: SessionStarter & Pick<SessionFinder, 'find'>;
  partners: ReadonlyMap<string, Partner>;
  publicUrl: string;
  /** Payments that waited for this member's sign-in go on. */
  signedIn: (connectionId: string) => Promise<void>;
}

/** Away to the bank's sign-in, and back. */
export function signInRoutes(deps: SignInRoutesDeps): Record<'begin' | 'callback', RequestHandler> {
  return {
    /** `?for=` names the permission that is asked beside those that the member gave before. */
    async begin(req, res) {
      const { partner, intentId, session } = await deps.payers.of(req);
      const begun = await deps.signIns.begin({
        partnerId: partner.id,
        intentId,
        granted: session?.scopes,
        wanted: CONSENTS.find((consent) => consent === req.query.for),
      });
      goToBank(res, begun);
    },
    async callback(req, res) {
      const partner = deps.partners.get(String(req.params.partner));
      if (!partner) throw new PaymentError('not-found', 'Check the address.');
      try {
        await signIn(deps, partner, req, res);
      } catch (error) {
        const session = await deps.sessions.find(partner.id, req.get('Cookie'));
        const isHarmless = error instanceof SignInError && HARMLESS.includes(error.failure);
        if (!session || !isHarmless || !error.intentId) throw error;
        res.redirect(303, `/pay/${error.intentId}?notice=consent-refused`);
      }
    },
  };
}

async function signIn(deps: SignInRoutesDeps, partner: Partner, req: Request, res: Response) {
  const cookieHeader = req.get('Cookie');
  const completed = await deps.signIns.complete({
    partnerId: partner.id,
    // Behind a proxy only the configured address is the one that the bank has seen.
    currentUrl: new URL(req.originalUrl, deps.publicUrl),
    cookieHeader,
  });
  res.clearCookie(completed.cookieName, COOKIE);
  if (completed.kind === 'again') return goToBank(res, completed);
  const { intentId, connectionId } = completed;
  const session = await deps.sessions.start({ partnerId: partner.id, connectionId }, cookieHeader);
  res.cookie(session.name, session.value, { ...COOKIE, maxAge: SESSION_COOKIE_MS });
  await deps.signedIn(connectionId);
  res.redirect(303, `/pay/${intentId}`);
}

function goToBank(res: Response, { url, cookie }: BegunSignIn): void {
  res.cookie(cookie.name, cookie.value, { ...COOKIE, maxAge: SIGN_IN_COOKIE_MS });
  res.redirect(303, url);
}
