import { acceptedChange } from './accepted-transfer.js';
import { BankUnavailableError, isBankSilence } from './errors.js';
import { settlementPollMs } from './pace.js';
import type { Bank, BankTransfer } from './ports.js';
import type { LeasedAttempt } from './records.js';
import type { AttemptStore } from './store-port.js';

const BANK_DOWN_RETRY_MS = 10_000;

/** Follows an accepted transfer to its end by asking the bank. */
export class SettlementWatcher {
  readonly #bank: Bank;
  readonly #store: AttemptStore;

  constructor(bank: Bank, store: AttemptStore) {
    this.#bank = bank;
    this.#store = store;
  }

  async look(leased: LeasedAttempt): Promise<void> {
    try {
      await this.#look(leased);
    } catch (error) {
      if (!isBankSilence(error)) throw error;
      await this.#store.waitForBank(leased, error, BANK_DOWN_RETRY_MS);
    }
  }

  async #look(leased: LeasedAttempt): Promise<void> {
    const { payment } = leased;
    if (!payment.transferId) throw new Error('an accepted payment has a transfer');
    const transfer = await this.#bank.transfer(payment.connectionId, payment.transferId);
    const change = acceptedChange(payment, transfer);
    if (change.to === 'held') return this.#hold(leased, change.cause);
    if (!(await this.#isConfirmedPayee(leased, transfer))) {
      return this.#hold(leased, 'payee-differs');
    }
    const to = transfer.status === 'unrecognized' ? payment.status : transfer.status;
    if (transfer.status === 'unrecognized') {
      await this.#store.alarm(leased, 'transfer-status-unrecognized');
    }
    const note = { ...change.note, payeeVerified: true };
    if (to === payment.status) return this.#store.release(leased, this.#pace(leased), note);
    await this.#store.advance(leased, {
      to,
      cause: 'bank-reports',
      traceId: transfer.traceId,
      note,
      nextInMs: this.#pace(leased),
    });
  }

  /** I-7: a transfer does not repeat its IBAN, so the payee is read back once. */
  async #isConfirmedPayee(leased: LeasedAttempt, transfer: BankTransfer): Promise<boolean> {
    const { payment } = leased;
    // Where no money moves, nobody gets any.
    if (payment.payeeVerified || ['declined', 'canceled'].includes(transfer.status)) return true;
    if (!transfer.beneficiaryId) {
      await this.#store.alarm(leased, 'transfer-without-payee');
      throw new BankUnavailableError('a transfer without a payee');
    }
    const payee = await this.#bank.payee(payment.connectionId, transfer.beneficiaryId);
    return payee?.iban === payment.payeeIban;
  }

  async #hold(leased: LeasedAttempt, cause: string): Promise<void> {
    const isDone = await this.#store.advance(leased, { to: 'held', cause });
    if (isDone) await this.#store.alarm(leased, cause);
  }

  #pace({ attempt, now }: LeasedAttempt): number {
    return settlementPollMs(now.getTime() - (attempt.lastSentAt ?? now).getTime());
  }
}
