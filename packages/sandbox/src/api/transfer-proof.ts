import { groupedIban } from '../iban.js';
import { moneyText } from '../money.js';
import { pdfOf } from '../proof-document.js';
import type { Handler } from './endpoint.js';
import { notFound } from './refusal.js';
import { isoOf } from './wire.js';

/** Facts 4.4: the PDF that shows a payee that the money has been sent; only once it is settled. */
export const downloadProof: Handler = ({ bank, caller, params }) => {
  const transfer = bank.ledger.transfer(caller.organizationId, params.id ?? '');
  const account = transfer && bank.store.current.accounts.get(transfer.accountId);
  if (transfer?.status !== 'settled' || !account) throw notFound('Transfer proof');
  const content = pdfOf([
    'Proof of transfer',
    'Sandbox bank - nothing here is real money',
    `Amount: ${moneyText(transfer.amountCents)}`,
    `From: ${bank.organizationOf(caller).name}, ${groupedIban(account.iban)}`,
    `To: ${transfer.creditName}, ${groupedIban(transfer.creditIban)}`,
    `Reference: ${transfer.reference}`,
    `Settled: ${isoOf(transfer.completedAt ?? transfer.updatedAt)}`,
    `Transfer: ${transfer.id}`,
  ]);
  return { status: 200, document: { type: 'application/pdf', content } };
};
