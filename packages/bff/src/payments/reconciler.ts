import type { ApprovalWatcher } from './approval-watcher.js';
import type { BankSearch, Found } from './bank-search.js';
import { isBankSilence } from './errors.js';
import {
  approvalPollMs,
  CLEAN_LISTINGS,
  CLEAN_LISTINGS_OVER_MS,
  KEY_LIFE_MS,
  later,
  plus,
  reconcileMs,
  resendAfterMs,
} from './pace.js';
import type { LeasedAttempt } from './records.js';
import type { RequestWatcher } from './request-watcher.js';
import type { Sender } from './sender.js';
import type { AttemptStore } from './store-port.js';

const BANK_DOWN_RETRY_MS = 10_000;
/** A late send may still be on its way through the bank: absence is not looked for before. */
const QUIET_BEFORE_PROOF_MS = 10 * 60 * 1000;

type Absent = Extract<Found, { kind: 'absent' }>;

/**
 * Resolves an attempt whose send was not answered (I-5, I-6): looks into the bank's list, sends
 * the same bytes again while the key lives, and proves absence once it is dead.
 */
export class Reconciler {
  readonly #search: BankSearch;
  readonly #store: AttemptStore;
  readonly #sender: Sender;
  readonly #approvals: ApprovalWatcher;
  readonly #requests: RequestWatcher;

  constructor(deps: {
    search: BankSearch;
    store: AttemptStore;
    sender: Sender;
    approvals: ApprovalWatcher;
    requests: RequestWatcher;
  }) {
    this.#search = deps.search;
    this.#store = deps.store;
    this.#sender = deps.sender;
    this.#approvals = deps.approvals;
    this.#requests = deps.requests;
  }

  async look(leased: LeasedAttempt): Promise<void> {
    // The request itself tells whether its approval was carried out, and can be so but once.
    if (leased.attempt.kind === 'request-approval') return this.#requests.lookAfterSilence(leased);
    try {
      const next = await this.#waitForApproval(leased);
      if (next === 'wait') return;
      await this.#reconcile(leased, next === 'replay');
    } catch (error) {
      if (!isBankSilence(error)) throw error;
      await this.#store.waitForBank(leased, error, BANK_DOWN_RETRY_MS);
    }
  }

  /** A resend may have asked for an approval: while it can be given, that is the way on. */
  async #waitForApproval(leased: LeasedAttempt): Promise<'wait' | 'list' | 'replay'> {
    const { approvalSession, approvalExpiresAt } = leased.attempt;
    if (!approvalSession || !approvalExpiresAt || leased.now >= approvalExpiresAt) return 'list';
    const { kind } = await this.#approvals.ask(leased);
    // Used up by the send whose answer is missing, a session may be told in any way.
    if (kind !== 'waiting') return kind === 'allowed' ? 'replay' : 'list';
    const age = this.#approvals.age(leased, leased.now);
    await this.#store.release(leased, approvalPollMs(age));
    return 'wait';
  }

  async #reconcile(leased: LeasedAttempt, mayReplay: boolean): Promise<void> {
    const { attempt } = leased;
    const found = await this.#search.find(leased);
    if (found.kind === 'ambiguous') return this.#hold(leased, found.cause);
    if (found.kind === 'found') {
      await this.#store.advance(leased, { ...found.change, cause: 'found-in-list' });
      return;
    }
    const now = later(leased.now, found.at);
    const firstSent = attempt.firstSentAt ?? leased.now;
    const isOldAtBank = now >= plus(firstSent, KEY_LIFE_MS);
    const isOldHere = leased.keyAgeMs >= KEY_LIFE_MS;
    if (!isOldAtBank && !isOldHere) return this.#resend(leased, now, mayReplay);
    // Old by one clock it is not sent any more; dead, and absent, it is only by both.
    const isDead = isOldAtBank && isOldHere && leased.sinceLastSendMs >= QUIET_BEFORE_PROOF_MS;
    if (!isDead) return this.#store.release(leased, reconcileMs(attempt));
    await this.#proveAbsence(leased, { ...found, at: now });
  }

  async #resend(leased: LeasedAttempt, now: Date, mayReplay: boolean): Promise<void> {
    const { attempt } = leased;
    // A challenge that was refused or ignored is not pushed to the phone again.
    if (attempt.approvalSession && !mayReplay) {
      return this.#store.release(leased, reconcileMs(attempt));
    }
    const earliest = plus(attempt.lastSentAt ?? now, resendAfterMs(attempt));
    if (now < earliest) return this.#store.release(leased, earliest.getTime() - now.getTime());
    if (mayReplay) return this.#sender.sendApproved(leased);
    await this.#sender.sendAgain(leased);
  }

  /** Three clean listings with the key dead, and nothing that could be it without our mark. */
  async #proveAbsence(leased: LeasedAttempt, listing: Absent): Promise<void> {
    if (await listing.lookAlike()) return this.#hold(leased, 'look-alike-transfer');
    const { attempt } = leased;
    const firstCleanListingAt = attempt.firstCleanListingAt ?? listing.at;
    const cleanListings = attempt.cleanListings + 1;
    const proved =
      cleanListings >= CLEAN_LISTINGS &&
      listing.at >= plus(firstCleanListingAt, CLEAN_LISTINGS_OVER_MS);
    const note = { cleanListings, firstCleanListingAt };
    if (!proved) {
      return this.#store.release(leased, CLEAN_LISTINGS_OVER_MS / (CLEAN_LISTINGS - 1), note);
    }
    await this.#store.advance(leased, {
      to: 'failed',
      cause: 'absence-proved',
      note: { ...note, reason: 'not-at-the-bank' },
    });
  }

  async #hold(leased: LeasedAttempt, cause: string): Promise<void> {
    await this.#store.advance(leased, { to: 'held', cause });
  }

  /** Found `sending` or `approved` after a crash: whether the bank got it nobody knows. */
  async interrupted(leased: LeasedAttempt): Promise<void> {
    if (leased.payment.status === 'unknown') {
      return this.#store.release(leased, reconcileMs(leased.attempt), { inFlight: false });
    }
    await this.#store.advance(leased, {
      to: 'unknown',
      cause: 'interrupted',
      note: { unanswered: true, inFlight: false },
      nextInMs: reconcileMs(leased.attempt),
    });
  }
}
