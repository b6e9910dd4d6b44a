import { isFinal, type PaymentStatus } from '@qonto-pay/shared';
import { isAsConfirmed } from './accepted-transfer.js';
import { PaymentError } from './errors.js';
import type { Bank, BankTransfer } from './ports.js';
import type { Payment } from './records.js';
import type { Change } from './store-port.js';

export interface HeldStore {
  held(): Promise<HeldPayment[]>;
  /** Audited under the operator's name; false when somebody was first. */
  resolve(
    payment: Payment,
    change: Change,
    by: { operator: string; why: string },
  ): Promise<boolean>;
}

export interface HeldPayment {
  payment: Payment;
  /** Why it is held: the cause of its last transition. */
  cause: string;
  firstSentAt: Date | undefined;
  /** Our mark in the note of its transfer. */
  tag: string;
}

/** What an operator sees side by side: what was confirmed, and what the bank lists since. */
export interface HeldCase extends HeldPayment {
  /** Of the same account and amount; `undefined`: the bank cannot be asked now. */
  candidates: BankTransfer[] | undefined;
}

const LOOK_BACK_MS = 120_000;
const REFUSED: ReadonlySet<BankTransfer['status']> = new Set(['declined', 'canceled']);

/** Payments that wait for a person. They leave only by what that person decides, on the record. */
export class HeldService {
  readonly #bank: Bank;
  readonly #store: HeldStore;

  constructor(bank: Bank, store: HeldStore) {
    this.#bank = bank;
    this.#store = store;
  }

  async list(): Promise<HeldCase[]> {
    const held = await this.#store.held();
    return Promise.all(
      held.map(async (one) => ({ ...one, candidates: await this.#candidates(one) })),
    );
  }

  /** The payment is this transfer of the bank's. @throws PaymentError when that cannot be. */
  async tie(
    paymentId: string,
    transferId: string,
    by: { operator: string; why: string },
  ): Promise<PaymentStatus> {
    const found = await this.#find(paymentId);
    const { payment } = found;
    const transfer = await this.#bank.transfer(payment.connectionId, transferId);
    await this.#assertItsOwn(found, transfer);
    const to = transfer.status === 'unrecognized' ? 'processing' : transfer.status;
    // One that differs would be held again by the next look, unless nothing is left to look at.
    if (!isAsConfirmed(payment, transfer) && !isFinal(to)) {
      throw new PaymentError(
        'bank-refused',
        'This transfer differs from what was confirmed and is still moving. Wait until it ends.',
      );
    }
    const reason = transfer.declinedReason ? { reason: transfer.declinedReason } : {};
    const note = { transferId, ...reason };
    await this.#resolve(payment, { to, cause: 'tied-by-operator', note }, by);
    return to;
  }

  /**
   * Nothing of it is at the bank: the invoice may be paid anew.
   * @throws PaymentError while the bank lists its transfer, or cannot be asked.
   */
  async fail(paymentId: string, by: { operator: string; why: string }): Promise<void> {
    const found = await this.#find(paymentId);
    const { payment } = found;
    const listed = await this.#candidates(found);
    if (!listed) throw new PaymentError('bank-unavailable', 'The bank cannot be asked now.');
    if (listed.some((transfer) => isMarked(found, transfer) && !REFUSED.has(transfer.status))) {
      throw new PaymentError('bank-refused', 'The bank has its transfer: tie it to that one.');
    }
    await this.#resolve(
      payment,
      { to: 'failed', cause: 'failed-by-operator', note: { reason: 'not-at-the-bank' } },
      by,
    );
  }

  /** Ours by id or mark, or one that looks the same in every way, the payee's IBAN included. */
  async #assertItsOwn(held: HeldPayment, transfer: BankTransfer): Promise<void> {
    if (isMarked(held, transfer)) return;
    const { payment } = held;
    const payee = transfer.beneficiaryId
      ? await this.#bank.payee(payment.connectionId, transfer.beneficiaryId)
      : undefined;
    if (isAsConfirmed(payment, transfer) && payee?.iban === payment.payeeIban) return;
    throw new PaymentError('bank-refused', 'This transfer is not one of this payment.');
  }

  async #find(paymentId: string): Promise<HeldPayment> {
    const found = (await this.#store.held()).find(({ payment }) => payment.id === paymentId);
    if (found) return found;
    throw new PaymentError('payment-not-found', 'No held payment has this id.');
  }

  async #resolve(payment: Payment, change: Change, by: { operator: string; why: string }) {
    if (await this.#store.resolve(payment, change, by)) return;
    throw new PaymentError('payment-not-found', 'Somebody else has resolved it meanwhile.');
  }

  async #candidates(held: HeldPayment): Promise<BankTransfer[] | undefined> {
    const { payment, firstSentAt } = held;
    const since = new Date((firstSentAt ?? payment.createdAt).getTime() - LOOK_BACK_MS);
    const listing = await this.#bank
      .transfersSince(payment.connectionId, since)
      .catch(() => undefined);
    return listing?.transfers.filter(
      (transfer) => isMarked(held, transfer) || isAsConfirmed(payment, transfer),
    );
  }
}

const isMarked = ({ payment, tag }: HeldPayment, { id, note }: BankTransfer): boolean =>
  id === payment.transferId || note.includes(tag);
