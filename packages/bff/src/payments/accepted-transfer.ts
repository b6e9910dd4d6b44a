import type { PaymentStatus } from '@qonto-pay/shared';
import type { BankBulk, BankTransfer } from './ports.js';
import type { Payment, PaymentItem } from './records.js';
import type { Change, ItemChange } from './store-port.js';

type Account = Pick<Payment, 'accountId'>;
type Row = Pick<PaymentItem, 'index' | 'amountCents'>;

/** I-7: what the bank reports is what was confirmed. The payee's IBAN is read back apart. */
export const isAsConfirmed = (
  { accountId }: Account,
  { amountCents }: Pick<Row, 'amountCents'>,
  transfer: BankTransfer,
): boolean =>
  transfer.amountCents === amountCents &&
  transfer.currency === 'EUR' &&
  // A colleague who approves may choose another account of the organisation.
  (accountId === '' || transfer.accountId === accountId);

/** What a transfer at the bank makes of its row; one that differs is for a person. */
export function acceptedItem(payment: Account, row: Row, transfer: BankTransfer): ItemChange {
  const found = { index: row.index, transferId: transfer.id };
  if (!isAsConfirmed(payment, row, transfer)) return { ...found, to: 'held' };
  const to: PaymentStatus =
    transfer.status === 'unrecognized' || transfer.status === 'settled'
      ? 'processing' // Settled only once the payee's IBAN has been read back, too.
      : transfer.status;
  const reason = transfer.declinedReason ? { reason: transfer.declinedReason } : {};
  return { ...found, to, ...reason };
}

/** The bank has taken the transfer of a payment of one row. */
export function acceptedTransfer(payment: Payment, transfer: BankTransfer): Change {
  const item = acceptedItem(payment, onlyRow(payment), transfer);
  const cause = item.to === 'held' ? 'bank-reports-otherwise' : 'accepted';
  return { items: [item], cause, nextInMs: 1000 };
}

/** The bank has taken a bulk: each row is a transfer already, waits for it, or has failed. */
export function acceptedBulk(payment: Payment, bulk: BankBulk): Change {
  const items = bulkItems(payment, bulk);
  const note = { bankId: bulk.id };
  // Not one of our rows is in it: it is somebody else's.
  if (items.every(({ known }) => !known)) {
    return { to: 'held', cause: 'bank-reports-otherwise', note };
  }
  return {
    items: items.map(({ change }) => ({ ...change, to: change.to ?? 'processing' })),
    cause: 'accepted',
    note,
    nextInMs: 1000,
  };
}

/** What a bulk tells of each row that has no transfer yet. `known`: the bulk names it. */
export function bulkItems(
  payment: Payment,
  bulk: BankBulk,
): { known: boolean; change: ItemChange }[] {
  const reported = new Map(bulk.items.map((item) => [item.clientTransferId, item]));
  return payment.items.map(({ index, clientTransferId }) => {
    const found = reported.get(clientTransferId);
    return { known: found !== undefined, change: { index, ...learned(found) } };
  });
}

function learned(found: BankBulk['items'][number] | undefined): Omit<ItemChange, 'index'> {
  if (found?.status === 'created' && found.transferId) return { transferId: found.transferId };
  if (found?.status !== 'failed') return {};
  return { to: 'declined', reason: found.failedReason ?? 'bank-refused' };
}

export function onlyRow({ items }: Payment): PaymentItem {
  const [row] = items;
  if (!row) throw new Error('a payment has a row');
  return row;
}
