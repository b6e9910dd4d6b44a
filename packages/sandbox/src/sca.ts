import { randomBytes } from 'node:crypto';
import type { BankClock } from './clock.js';
import type { Membership, ScaMethod, ScaSession, ScaSummary } from './state.js';
import type { StateStore } from './state-store.js';

/** Facts 3.4: nobody answers for 15 minutes, the session reads `deny` and its token is dead. */
const SESSION_LIFE_MS = 900_000;

export type ScaDecision = 'waiting' | 'allow' | 'deny';

/** A request that needs the member's signature. */
export interface SignedRequest {
  readonly membership: Membership;
  readonly method: ScaMethod;
  readonly actionType: string;
  readonly summary: ScaSummary;
  /** Of method, path, exact body bytes and member. */
  readonly bytesFingerprint: string;
  /** Of method, path, account, amount, payee and member. */
  readonly paymentFingerprint: string;
}

export type ScaVerdict =
  | { readonly kind: 'approved' }
  | { readonly kind: 'challenge'; readonly session: ScaSession }
  | { readonly kind: 'not-enrolled' }
  /** Unknown, used, or of another request: the bank does not tell which. */
  | { readonly kind: 'not-found' }
  | { readonly kind: 'refused' };

/** Strong customer authentication: sessions, bound to one request of one member and good for one use. */
export class ScaDesk {
  readonly #store: StateStore;
  readonly #clock: BankClock;

  constructor({ store, clock }: { readonly store: StateStore; readonly clock: BankClock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Decides whether a request may go on; a token that passes is used up. */
  authorise(
    request: SignedRequest,
    {
      token,
      binding,
    }: { readonly token: string | undefined; readonly binding: 'bytes' | 'payment' },
  ): ScaVerdict {
    if (token === undefined) return this.#challenge(request);
    const session = this.#store.current.scaSessions.get(token);
    if (!session || session.usedAt !== null || !isBoundTo(session, request, binding)) {
      return { kind: 'not-found' };
    }
    if (this.#isOver(session) || session.decision === 'deny') return { kind: 'refused' };
    // Every POST without a decided token mints a new session and a new push (facts 3.4).
    if (session.decision === 'waiting') return this.#challenge(request);
    session.usedAt = this.#clock.now();
    this.#store.touch();
    return { kind: 'approved' };
  }

  session(token: string): ScaSession | undefined {
    return this.#store.current.scaSessions.get(token);
  }

  decisionOf(session: ScaSession): ScaDecision {
    return session.decision === 'waiting' && this.#isOver(session) ? 'deny' : session.decision;
  }

  expiresAt(session: ScaSession): number {
    return session.createdAt + SESSION_LIFE_MS;
  }

  /** The member's answer; false when the session is decided or over. */
  decide(session: ScaSession, decision: 'allow' | 'deny'): boolean {
    if (this.decisionOf(session) !== 'waiting') return false;
    session.decision = decision;
    session.decidedAt = this.#clock.now();
    this.#store.touch();
    return true;
  }

  #challenge(request: SignedRequest): ScaVerdict {
    if (request.method !== 'mock' && !request.membership.hasPairedDevice) {
      return { kind: 'not-enrolled' };
    }
    const session: ScaSession = {
      token: randomBytes(48).toString('base64url'),
      membershipId: request.membership.id,
      method: request.method,
      actionType: request.actionType,
      summary: request.summary,
      bytesFingerprint: request.bytesFingerprint,
      paymentFingerprint: request.paymentFingerprint,
      createdAt: this.#clock.now(),
      decision: 'waiting',
      decidedAt: null,
      usedAt: null,
    };
    this.#store.current.scaSessions.set(session.token, session);
    this.#store.touch();
    return { kind: 'challenge', session };
  }

  #isOver(session: ScaSession): boolean {
    return this.#clock.now() >= this.expiresAt(session);
  }
}

function isBoundTo(
  session: ScaSession,
  request: SignedRequest,
  binding: 'bytes' | 'payment',
): boolean {
  if (session.method !== request.method || session.membershipId !== request.membership.id) {
    return false;
  }
  return binding === 'bytes'
    ? session.bytesFingerprint === request.bytesFingerprint
    : session.paymentFingerprint === request.paymentFingerprint;
}
