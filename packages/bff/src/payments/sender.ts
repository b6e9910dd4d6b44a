import { setTimeout as sleep } from 'node:timers/promises';
import type { PaymentReason } from '@qonto-pay/shared';
import { acceptedBulk, acceptedTransfer } from './accepted-transfer.js';
import { endedWithoutMoney } from './attempt-endings.js';
import {
  ConsentNeededError,
  IllegalTransitionError,
  isBankSilence,
  SignedOutError,
} from './errors.js';
import {
  APPROVAL_END_AFTER_FIRST_SEND_MS,
  APPROVAL_LIFE_MS,
  earlier,
  FIRST_SEND_WITHIN_MS,
  plus,
  reconcileMs,
  TRUST_READ_LIFE_MS,
} from './pace.js';
import type { Bank, ReadyBank, SendAnswer } from './ports.js';
import type { LeasedAttempt } from './records.js';
import { requestChange } from './request-change.js';
import type { AttemptNote, AttemptStore, Change } from './store-port.js';

const NOT_READY_RETRY_MS = 2000;
/** After 1, 2, 4 and 8 seconds. */
const WRITE_TRIES = 4;

/** Sends an attempt's bytes, first or again, and writes down what the bank made of them. */
export class Sender {
  readonly #bank: Bank;
  readonly #store: AttemptStore;

  constructor(bank: Bank, store: AttemptStore) {
    this.#bank = bank;
    this.#store = store;
  }

  /** From `confirmed`: nothing of this attempt has left yet. */
  async sendFirst(leased: LeasedAttempt): Promise<void> {
    const ready = await this.#prepareFirst(leased);
    if (!ready) return;
    const sending = await this.#store.markSending(leased, { to: 'sending', cause: 'send' });
    if (sending) await this.#send(sending, ready, undefined);
  }

  /** After `allow`: the same bytes and key once more, with the session that was approved. */
  async sendApproved(leased: LeasedAttempt): Promise<void> {
    const ready = await this.#ready(leased);
    if (!ready) return;
    const isClean = !leased.attempt.unanswered;
    const sending = await this.#store.markSending(
      leased,
      isClean ? { to: 'approved', cause: 'approval-allowed' } : undefined,
    );
    if (sending) await this.#send(sending, ready, leased.attempt.approvalSession);
  }

  /** From `unknown`, after a look into the bank's list: the same bytes and key, no session. */
  async sendAgain(leased: LeasedAttempt): Promise<void> {
    const ready = await this.#ready(leased);
    if (!ready) return;
    const trust = await this.#readTrust(leased);
    if (trust === 'silent') return;
    // I-1: now nobody would be asked. It is looked for, but not sent any more.
    if (trust === 'trusted') return this.#store.release(leased, reconcileMs(leased.attempt));
    const sending = await this.#store.markSending(leased, undefined);
    if (sending) await this.#send(sending, ready, undefined);
  }

  async #send(leased: LeasedAttempt, ready: ReadyBank, session: string | undefined) {
    const answer = await ready.send(leased.attempt, session);
    await (leased.attempt.unanswered
      ? this.#settleUnknown(leased, answer)
      : this.#settle(leased, answer));
  }

  async #prepareFirst(leased: LeasedAttempt): Promise<ReadyBank | undefined> {
    const { payment, now } = leased;
    if (now > plus(payment.updatedAt, FIRST_SEND_WITHIN_MS)) {
      await this.#fail(leased, 'too-late-to-send');
      return undefined;
    }
    const ready = await this.#ready(leased);
    if (!ready) return undefined;
    const isRecent =
      leased.attempt.trustReadAt && now <= plus(leased.attempt.trustReadAt, TRUST_READ_LIFE_MS);
    const trust = isRecent ? 'as-reviewed' : await this.#readTrust(leased);
    if (trust === 'trusted') await this.#fail(leased, 'payee-became-trusted');
    return trust === 'as-reviewed' ? ready : undefined;
  }

  /** I-1: where the bank will not ask on the phone, the payer must have been told so. */
  async #readTrust(leased: LeasedAttempt): Promise<'as-reviewed' | 'trusted' | 'silent'> {
    const { attempt, payment } = leased;
    // Approving a request always asks (facts § 3.1).
    if (!attempt.expectsApproval || attempt.kind === 'request-approval') return 'as-reviewed';
    const ibans = [...new Set(payment.items.map(({ payeeIban }) => payeeIban))];
    try {
      const { known } = await this.#bank.findPayees(attempt.connectionId, ibans);
      return ibans.every((iban) => known.get(iban)?.trusted) ? 'trusted' : 'as-reviewed';
    } catch (error) {
      await this.#notReady(leased, error);
      return 'silent';
    }
  }

  async #ready(leased: LeasedAttempt): Promise<ReadyBank | undefined> {
    try {
      return await this.#bank.ready(leased.attempt.connectionId);
    } catch (error) {
      await this.#notReady(leased, error);
      return undefined;
    }
  }

  /** Nothing has been sent by this call: wait, or give up a payment that never left. */
  async #notReady(leased: LeasedAttempt, error: unknown): Promise<void> {
    const isFirst = leased.payment.status === 'confirmed';
    if (isFirst && error instanceof SignedOutError) return this.#fail(leased, 'signed-out');
    if (isFirst && error instanceof ConsentNeededError) return this.#fail(leased, 'consent-needed');
    if (!isBankSilence(error)) throw error;
    await this.#store.waitForBank(leased, error, NOT_READY_RETRY_MS);
  }

  async #fail(leased: LeasedAttempt, reason: PaymentReason): Promise<void> {
    const change: Change = { to: 'failed', cause: reason, note: { reason } };
    await this.#store.advance(leased, endedWithoutMoney(leased, change));
  }

  /** The attempt had only answers so far: each one says for certain what happened. */
  async #settle(leased: LeasedAttempt, answer: SendAnswer): Promise<void> {
    await this.#advance(leased, answer, endedWithoutMoney(leased, changeFor(leased, answer)));
  }

  async #advance(leased: LeasedAttempt, answer: SendAnswer, change: Change): Promise<void> {
    const note = { ...change.note, inFlight: false };
    const { traceId } = answer;
    await persistently(() => this.#store.advance(leased, { ...change, traceId, note }));
  }

  /** I-5: after an unanswered send only money found says anything; a new challenge is kept. */
  async #settleUnknown(leased: LeasedAttempt, answer: SendAnswer): Promise<void> {
    if (isAccepted(answer)) return this.#advance(leased, answer, changeFor(leased, answer));
    const challenged = answer.kind === 'approval_needed';
    const note = { ...(challenged ? challengeNote(leased, answer) : {}), inFlight: false };
    const nextInMs = challenged ? 1000 : reconcileMs(leased.attempt);
    await persistently(() => this.#store.release(leased, nextInMs, note));
  }
}

/**
 * What the bank has answered is lost if it cannot be written: so a database that is away for some
 * seconds is asked again, well within the lease of the send.
 */
async function persistently<T>(write: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await write();
    } catch (error) {
      if (tries === WRITE_TRIES || error instanceof IllegalTransitionError) throw error;
      await sleep(1000 * 2 ** tries);
    }
  }
}

/** What an answer that leaves nothing open makes of the payment. */
function changeFor(leased: LeasedAttempt, answer: SendAnswer): Change {
  switch (answer.kind) {
    case 'accepted':
      return acceptedTransfer(leased.payment, answer.transfer);
    case 'bulk_accepted':
      return acceptedBulk(leased.payment, answer.bulk);
    case 'request_accepted':
      return requestChange(answer.request);
    case 'approval_needed':
      return {
        to: 'approval_needed',
        cause: 'approval-needed',
        note: challengeNote(leased, answer),
        nextInMs: 1000,
      };
    case 'not_enrolled':
      return { to: 'not_enrolled', cause: 'not-enrolled' };
    case 'refused':
      return { to: answer.outcome, cause: answer.reason, note: { reason: answer.reason } };
    case 'approval_over':
      return leased.payment.status === 'approved'
        ? { to: 'expired', cause: 'approval-over' }
        : { to: 'declined', cause: 'approval-over', note: { reason: 'bank-refused' } };
    case 'no_answer':
      return {
        to: 'unknown',
        cause: answer.cause,
        note: { unanswered: true },
        nextInMs: reconcileMs(leased.attempt),
      };
  }
}

const isAccepted = ({ kind }: SendAnswer): boolean =>
  kind === 'accepted' || kind === 'bulk_accepted' || kind === 'request_accepted';

/** I-6: the approval may not outlive the time in which its replay is safe. */
function challengeNote(
  { attempt, now }: LeasedAttempt,
  answer: { at: Date; session: string },
): AttemptNote {
  const end = plus(attempt.firstSentAt ?? now, APPROVAL_END_AFTER_FIRST_SEND_MS);
  return {
    approvalSession: answer.session,
    challengedAt: answer.at,
    approvalExpiresAt: earlier(plus(answer.at, APPROVAL_LIFE_MS), end),
  };
}
