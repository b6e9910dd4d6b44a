import { BankUnavailableError, isBankSilence } from './errors.js';
import { settlementPollMs } from './pace.js';
import type { Bank, BankTransfer } from './ports.js';
import type { LeasedAttempt } from './records.js';
import { acceptedChange } from './sender.js';
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
      await this.#store.release(leased, BANK_DOWN_RETRY_MS);
    }
  }

  async #look(leased: LeasedAttempt): Promise<void> {
    const { payment } = leased;
    if (!payment.transferId) throw new Error('an accepted payment has a transfer');
    const transfer = await this.#bank.transfer(payment.connectionId, payment.transferId);
    const verified = payment.payeeVerified || (await this.#isConfirmedPayee(leased, transfer));
    const change = verified
      ? acceptedChange(leased, transfer)
      : { to: 'held' as const, cause: 'payee-differs' };
    if (change.to === 'held') {
      await this.#store.advance(leased, change);
      await this.#store.alarm(leased, change.cause);
      return;
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
  async #isConfirmedPayee({ payment }: LeasedAttempt, transfer: BankTransfer): Promise<boolean> {
    if (!transfer.beneficiaryId) throw new BankUnavailableError('a transfer without a payee');
    const payee = await this.#bank.payee(payment.connectionId, transfer.beneficiaryId);
    return payee?.iban === payment.payeeIban;
  }

  #pace({ attempt, now }: LeasedAttempt): number {
    return settlementPollMs(now.getTime() - (attempt.lastSentAt ?? now).getTime());
  }
}
