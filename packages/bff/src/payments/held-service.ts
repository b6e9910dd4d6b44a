import { isFinal, type PaymentStatus } from '@qonto-pay/shared';
import { isAsConfirmed } from './accepted-transfer.js';
import { PaymentError } from './errors.js';
import { LOOK_BACK_MS, plus } from './pace.js';
import type { Bank, BankTransfer } from './ports.js';
import type { Payment, PaymentItem } from './records.js';
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
  /** Why it is held: the cause of its last transition to it. */
  cause: string;
  firstSentAt: Date | undefined;
  /** Our mark in the note of its transfers. */
  tag: string;
}

/** What an operator sees side by side: what was confirmed, and what the bank lists since. */
export interface HeldCase extends HeldPayment {
  /** The rows that wait for a person, each with the bank's transfers that it could be. */
  rows: HeldRow[];
}

export interface HeldRow {
  item: PaymentItem;
  /** Of the same account and amount; `undefined`: the bank cannot be asked now. */
  candidates: BankTransfer[] | undefined;
}

interface By {
  operator: string;
  why: string;
}

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
      held.map(async (one) => {
        const listed = await this.#listed(one);
        const rows = heldRows(one.payment).map((item) => ({
          item,
          candidates: listed?.filter((transfer) => isCandidate(one, item, transfer)),
        }));
        return { ...one, rows };
      }),
    );
  }

  /**
   * The row (the only held one, where none is named) is this transfer of the bank's.
   * @throws PaymentError when that cannot be.
   */
  async tie(
    { paymentId, row }: { paymentId: string; row?: number | undefined },
    transferId: string,
    by: By,
  ): Promise<PaymentStatus> {
    const found = await this.#find(paymentId);
    const { payment } = found;
    const item = heldRow(payment, row);
    const transfer = await this.#bank.transfer(payment.connectionId, transferId);
    await this.#assertItsOwn(found, item, transfer);
    const to = transfer.status === 'unrecognized' ? 'processing' : transfer.status;
    // One that differs would be held again by the next look, unless nothing is left to look at.
    if (!isAsConfirmed(payment, item, transfer) && !isFinal(to)) {
      throw new PaymentError(
        'bank-refused',
        'This transfer differs from what was confirmed and is still moving. Wait until it ends.',
      );
    }
    const reason = transfer.declinedReason ? { reason: transfer.declinedReason } : {};
    const change = { index: item.index, to, transferId, ...reason };
    await this.#resolve(payment, { items: [change], cause: 'tied-by-operator' }, by);
    return to;
  }

  /**
   * Nothing of the row, or of all held rows, is at the bank: the invoices may be paid anew.
   * @throws PaymentError while the bank lists a transfer of theirs, or cannot be asked.
   */
  async fail(
    { paymentId, row }: { paymentId: string; row?: number | undefined },
    by: By,
  ): Promise<void> {
    const found = await this.#find(paymentId);
    const { payment } = found;
    const items = row === undefined ? heldRows(payment) : [heldRow(payment, row)];
    const listed = await this.#listed(found);
    if (!listed) throw new PaymentError('bank-unavailable', 'The bank cannot be asked now.');
    const isThere = (transfer: BankTransfer) =>
      !REFUSED.has(transfer.status) && items.some((item) => isMarked(found, item, transfer));
    if (listed.some(isThere)) {
      throw new PaymentError('bank-refused', 'The bank has its transfer: tie it to that one.');
    }
    if (payment.kind === 'request' && (await this.#isStillAsked(found))) {
      throw new PaymentError(
        'bank-refused',
        'Its request still waits for a colleague: decline it in Qonto first.',
      );
    }
    const changes = items.map(({ index }) => ({
      index,
      ...{ to: 'failed' as const, reason: 'not-at-the-bank' as const },
    }));
    await this.#resolve(payment, { items: changes, cause: 'failed-by-operator' }, by);
  }

  /** A request that somebody could still approve, and so pay. */
  async #isStillAsked({ payment, tag }: HeldPayment): Promise<boolean> {
    const since = plus(payment.createdAt, -LOOK_BACK_MS);
    const { requests } = await this.#bank.colleagueRequestsSince(payment.connectionId, since);
    return requests.some(
      ({ note, status }) =>
        note.includes(tag) && (status === 'pending' || status === 'unrecognized'),
    );
  }

  /** Ours by id or mark, or one that looks the same in every way, the payee's IBAN included. */
  async #assertItsOwn(held: HeldPayment, item: PaymentItem, transfer: BankTransfer) {
    if (isMarked(held, item, transfer)) return;
    const { payment } = held;
    const payee = transfer.beneficiaryId
      ? await this.#bank.payee(payment.connectionId, transfer.beneficiaryId)
      : undefined;
    if (isAsConfirmed(payment, item, transfer) && payee?.iban === item.payeeIban) return;
    throw new PaymentError('bank-refused', 'This transfer is not one of this payment.');
  }

  async #find(paymentId: string): Promise<HeldPayment> {
    const found = (await this.#store.held()).find(({ payment }) => payment.id === paymentId);
    if (found) return found;
    throw new PaymentError('payment-not-found', 'No held payment has this id.');
  }

  async #resolve(payment: Payment, change: Change, by: By) {
    if (await this.#store.resolve(payment, change, by)) return;
    throw new PaymentError('payment-not-found', 'Somebody else has resolved it meanwhile.');
  }

  async #listed({ payment, firstSentAt }: HeldPayment): Promise<BankTransfer[] | undefined> {
    const since = plus(firstSentAt ?? payment.createdAt, -LOOK_BACK_MS);
    const listing = await this.#bank
      .transfersSince(payment.connectionId, since)
      .catch(() => undefined);
    return listing?.transfers;
  }
}

const heldRows = ({ items }: Payment): PaymentItem[] =>
  items.filter(({ status }) => status === 'held');

function heldRow(payment: Payment, row: number | undefined): PaymentItem {
  const rows = heldRows(payment);
  const [only] = rows;
  const found = row === undefined ? only : rows.find(({ index }) => index === row);
  if (found && (row !== undefined || rows.length === 1)) return found;
  const which = rows.map(({ index }) => index + 1).join(', ');
  throw new PaymentError('payment-not-found', `Name one of its held rows: ${which}.`);
}

/** Its own by id; by our mark only where it is the sole row, for a bulk's rows share one. */
const isMarked = (
  { payment, tag }: HeldPayment,
  item: PaymentItem,
  transfer: BankTransfer,
): boolean => {
  if (transfer.id === item.transferId) return true;
  if (!transfer.note.includes(tag)) return false;
  // One note stands in all that a colleague approves: it is this row's unless it is another's.
  if (payment.kind === 'request') {
    return payment.items.every(({ transferId }) => transferId !== transfer.id);
  }
  return payment.items.length === 1 || transfer.note.startsWith(`${item.externalRef} · `);
};

const isCandidate = (held: HeldPayment, item: PaymentItem, transfer: BankTransfer): boolean =>
  isMarked(held, item, transfer) || isAsConfirmed(held.payment, item, transfer);
