import type { PaymentStatus } from '@qonto-pay/shared';
import type { BankTransfer } from './ports.js';
import type { Payment } from './records.js';
import type { Change } from './store-port.js';

type Confirmed = Pick<Payment, 'amountCents' | 'accountId'>;

/** I-7: what the bank reports is what was confirmed. The payee's IBAN is read back apart. */
export const isAsConfirmed = (payment: Confirmed, transfer: BankTransfer): boolean =>
  transfer.amountCents === payment.amountCents &&
  transfer.currency === 'EUR' &&
  transfer.accountId === payment.accountId;

/** What a transfer at the bank makes of its payment; one that differs is for a person. */
export function acceptedChange(payment: Confirmed, transfer: BankTransfer): Change {
  const note = { transferId: transfer.id };
  if (!isAsConfirmed(payment, transfer)) {
    return { to: 'held', cause: 'bank-reports-otherwise', note };
  }
  const status: PaymentStatus =
    transfer.status === 'unrecognized' || transfer.status === 'settled'
      ? 'processing' // Settled only once the payee's IBAN has been read back, too.
      : transfer.status;
  const reason = transfer.declinedReason ? { reason: transfer.declinedReason } : {};
  return { to: status, cause: 'accepted', note: { ...note, ...reason }, nextInMs: 1000 };
}
