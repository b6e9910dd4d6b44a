import type { Request } from 'express';
import { PaymentError } from '../payments/errors.js';
import { type IntentService, intentNotFound } from '../payments/intent-service.js';
import type { Partner } from '../payments/partner.js';
import type { Member } from '../payments/records.js';
import type { PageTokens } from './page-token.js';

/** A browser's session at one partner. */
export interface Session extends Member {
  idHash: string;
}

export interface SessionFinder {
  find(partnerId: string, cookieHeader: string | undefined): Promise<Session | undefined>;
  end(partnerId: string, cookieHeader: string | undefined): Promise<void>;
}

/** The intent of a request below `/pay`, its partner, and who is signed in, if anybody. */
export interface Payer {
  intentId: string;
  partner: Partner;
  session: Session | undefined;
}

export type SignedInPayer = Payer & { session: Session };

/** Finds out who is asking, for which intent, and whether they ask from our page. */
export class Payers {
  readonly #intents: IntentService;
  readonly #sessions: SessionFinder;
  readonly #partners: ReadonlyMap<string, Partner>;
  readonly #tokens: PageTokens;

  constructor(deps: {
    intents: IntentService;
    sessions: SessionFinder;
    partners: ReadonlyMap<string, Partner>;
    pageTokens: PageTokens;
  }) {
    this.#intents = deps.intents;
    this.#sessions = deps.sessions;
    this.#partners = deps.partners;
    this.#tokens = deps.pageTokens;
  }

  /** @throws PaymentError `intent-not-found`. */
  async of(req: Request, intentId = String(req.params.intent)): Promise<Payer> {
    const partnerId = await this.#intents.partnerOf(intentId);
    const partner = partnerId === undefined ? undefined : this.#partners.get(partnerId);
    if (!partner) throw intentNotFound();
    const session = await this.#sessions.find(partner.id, req.get('Cookie'));
    return { intentId, partner, session };
  }

  /** @throws PaymentError `intent-not-found`, `not-signed-in`. */
  async signedIn(req: Request): Promise<SignedInPayer> {
    const payer = await this.of(req);
    if (!payer.session) throw new PaymentError('not-signed-in', 'Sign in with Qonto first.');
    return { ...payer, session: payer.session };
  }

  issueToken({ intentId, session }: Payer): string {
    return this.#tokens.issue({ intentId, session: session?.idHash ?? 'nobody' });
  }

  /** @throws PaymentError `page-token-invalid`, `page-token-too-young`. */
  assertToken({ intentId, session }: Payer, token: string): void {
    this.#tokens.assert(token, { intentId, session: session?.idHash ?? 'nobody' });
  }

  async signOut({ partner }: Payer, req: Request): Promise<void> {
    await this.#sessions.end(partner.id, req.get('Cookie'));
  }
}
