import { acceptedChange } from './accepted-transfer.js';
import type { ApprovalWatcher } from './approval-watcher.js';
import { isBankSilence } from './errors.js';
import {
  approvalPollMs,
  CLEAN_LISTINGS,
  CLEAN_LISTINGS_OVER_MS,
  KEY_LIFE_MS,
  later,
  plus,
  RESEND_AFTER_MS,
  reconcileMs,
} from './pace.js';
import type { Bank, BankTransfer } from './ports.js';
import type { LeasedAttempt } from './records.js';
import type { Sender } from './sender.js';
import type { AttemptNote, AttemptStore } from './store-port.js';

/** How far before the first send a listing begins: clocks differ. */
const LOOK_BACK_MS = 120_000;
const BANK_DOWN_RETRY_MS = 10_000;
/** A late send may still be on its way through the bank: absence is not looked for before. */
const QUIET_BEFORE_PROOF_MS = 10 * 60 * 1000;

interface Listing {
  transfers: BankTransfer[];
  at: Date;
}

/**
 * Resolves an attempt whose send was not answered (I-5, I-6): looks into the bank's list, sends
 * the same bytes again while the key lives, and proves absence once it is dead.
 */
export class Reconciler {
  readonly #bank: Bank;
  readonly #store: AttemptStore;
  readonly #sender: Sender;
  readonly #approvals: ApprovalWatcher;

  constructor(bank: Bank, store: AttemptStore, sender: Sender, approvals: ApprovalWatcher) {
    this.#bank = bank;
    this.#store = store;
    this.#sender = sender;
    this.#approvals = approvals;
  }

  async look(leased: LeasedAttempt): Promise<void> {
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
    const { attempt, payment } = leased;
    const firstSent = attempt.firstSentAt ?? leased.now;
    const listing = await this.#bank.transfersSince(
      payment.connectionId,
      plus(firstSent, -LOOK_BACK_MS),
    );
    const tagged = listing.transfers.filter(({ note }) => note.includes(attempt.tag));
    const [found] = tagged;
    if (tagged.length > 1) return this.#hold(leased, 'ambiguous-twin');
    if (found) {
      const change = acceptedChange(leased.payment, found);
      if (change.to === 'held') return this.#hold(leased, change.cause, change.note);
      await this.#store.advance(leased, { ...change, cause: 'found-in-list' });
      return;
    }
    const now = later(leased.now, listing.at);
    const isOldAtBank = now >= plus(firstSent, KEY_LIFE_MS);
    const isOldHere = leased.keyAgeMs >= KEY_LIFE_MS;
    if (!isOldAtBank && !isOldHere) return this.#resend(leased, now, mayReplay);
    // Old by one clock it is not sent any more; dead, and absent, it is only by both.
    const isDead = isOldAtBank && isOldHere && leased.sinceLastSendMs >= QUIET_BEFORE_PROOF_MS;
    if (!isDead) return this.#store.release(leased, reconcileMs(attempt.sends));
    await this.#proveAbsence(leased, { ...listing, at: now }, firstSent);
  }

  async #resend(leased: LeasedAttempt, now: Date, mayReplay: boolean): Promise<void> {
    const { attempt } = leased;
    // A challenge that was refused or ignored is not pushed to the phone again.
    if (attempt.approvalSession && !mayReplay) {
      return this.#store.release(leased, reconcileMs(attempt.sends));
    }
    const earliest = plus(attempt.lastSentAt ?? now, RESEND_AFTER_MS);
    if (now < earliest) return this.#store.release(leased, earliest.getTime() - now.getTime());
    if (mayReplay) return this.#sender.sendApproved(leased);
    await this.#sender.sendAgain(leased);
  }

  /** Three clean listings with the key dead, and nothing that could be the transfer untagged. */
  async #proveAbsence(leased: LeasedAttempt, listing: Listing, firstSent: Date): Promise<void> {
    if (await this.#hasLookAlike(leased, listing, firstSent)) {
      return this.#hold(leased, 'look-alike-transfer');
    }
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

  async #hasLookAlike(leased: LeasedAttempt, listing: Listing, firstSent: Date) {
    const { payment } = leased;
    const alike = listing.transfers.filter(
      (transfer) =>
        transfer.amountCents === payment.amountCents &&
        transfer.accountId === payment.accountId &&
        transfer.createdAt >= plus(firstSent, -LOOK_BACK_MS),
    );
    for (const { beneficiaryId } of alike) {
      const payee = beneficiaryId
        ? await this.#bank.payee(payment.connectionId, beneficiaryId)
        : undefined;
      if (!payee || payee.iban === payment.payeeIban) return true;
    }
    return false;
  }

  async #hold(leased: LeasedAttempt, cause: string, note: AttemptNote = {}): Promise<void> {
    const isDone = await this.#store.advance(leased, { to: 'held', cause, note });
    if (isDone) await this.#store.alarm(leased, cause);
  }

  /** Found `sending` or `approved` after a crash: whether the bank got it nobody knows. */
  async interrupted(leased: LeasedAttempt): Promise<void> {
    if (leased.payment.status === 'unknown') {
      return this.#store.release(leased, reconcileMs(leased.attempt.sends), { inFlight: false });
    }
    await this.#store.advance(leased, {
      to: 'unknown',
      cause: 'interrupted',
      note: { unanswered: true, inFlight: false },
      nextInMs: reconcileMs(leased.attempt.sends),
    });
  }
}
