import { endedWithoutMoney } from './attempt-endings.js';
import { isBankSilence } from './errors.js';
import { approvalPollMs, DENY_MEANS_EXPIRED_MS, KEY_LIFE_MS, later, plus } from './pace.js';
import type { ApprovalAnswer, Bank } from './ports.js';
import type { LeasedAttempt } from './records.js';
import type { Sender } from './sender.js';
import type { AttemptStore, Change } from './store-port.js';

/** A poll may be late; only then do we conclude without the bank's word. */
const GRACE_MS = 30_000;
const BANK_DOWN_RETRY_MS = 3000;

/** Asks the bank whether the member has approved, at a pace that the bank allows. */
export class ApprovalWatcher {
  readonly #bank: Bank;
  readonly #store: AttemptStore;
  readonly #sender: Sender;

  constructor(bank: Bank, store: AttemptStore, sender: Sender) {
    this.#bank = bank;
    this.#store = store;
    this.#sender = sender;
  }

  async look(leased: LeasedAttempt): Promise<void> {
    let answer: ApprovalAnswer;
    try {
      answer = await this.ask(leased);
    } catch (error) {
      if (!isBankSilence(error)) throw error;
      if (isOver(leased, leased.now)) return this.#expire(leased);
      return this.#store.waitForBank(leased, error, BANK_DOWN_RETRY_MS);
    }
    const now = later(leased.now, answer.at);
    switch (answer.kind) {
      case 'allowed':
        return this.#allowed(leased, now);
      case 'denied':
        return this.#denied(leased, answer);
      case 'not_found':
        // An alarm, not an outcome: the session is kept (facts § 3.4, the poll path).
        await this.#store.alarm(leased, 'approval-session-not-found');
        return this.#withoutAnswer(leased, now, approvalPollMs(this.age(leased, now)));
      default:
        return this.#withoutAnswer(leased, now, approvalPollMs(this.age(leased, now)));
    }
  }

  /** One poll. Throws what a bank's silence throws. */
  async ask({ attempt, now }: LeasedAttempt): Promise<ApprovalAnswer> {
    const { approvalSession: session, approvalMethod: method, hinted: urgent } = attempt;
    // Its key was taken out of the ring: nothing can be asked, and the approval runs out.
    if (!session) return { kind: 'unrecognized', at: now, traceId: undefined };
    return this.#bank.approval(attempt.connectionId, session, { method, urgent });
  }

  age({ attempt }: LeasedAttempt, now: Date): number {
    return now.getTime() - (attempt.challengedAt ?? now).getTime();
  }

  async #allowed(leased: LeasedAttempt, now: Date): Promise<void> {
    const keyAges = plus(leased.attempt.firstSentAt ?? now, KEY_LIFE_MS);
    if (now < keyAges && leased.keyAgeMs < KEY_LIFE_MS) return this.#sender.sendApproved(leased);
    await this.#end(leased, { to: 'expired', cause: 'key-too-old' });
  }

  async #denied(leased: LeasedAttempt, answer: ApprovalAnswer): Promise<void> {
    const isExpired = this.age(leased, answer.at) >= DENY_MEANS_EXPIRED_MS;
    await this.#end(leased, {
      to: isExpired ? 'expired' : 'denied',
      cause: isExpired ? 'approval-expired' : 'approval-denied',
      traceId: answer.traceId,
    });
  }

  /** Only challenges were answered so far, so a payment that nobody approves ends without money. */
  async #withoutAnswer(leased: LeasedAttempt, now: Date, nextInMs: number): Promise<void> {
    if (isOver(leased, now)) return this.#expire(leased);
    await this.#store.release(leased, nextInMs);
  }

  async #expire(leased: LeasedAttempt): Promise<void> {
    await this.#end(leased, { to: 'expired', cause: 'approval-expired' });
  }

  async #end(leased: LeasedAttempt, change: Change): Promise<void> {
    await this.#store.advance(leased, endedWithoutMoney(leased, change));
  }
}

const isOver = ({ attempt }: LeasedAttempt, now: Date): boolean =>
  now >= plus(attempt.approvalExpiresAt ?? now, GRACE_MS);
