import { formatAmount } from '@qonto-pay/shared';
import type { BankRequest, OrderItem, TransferOrder } from '../payments/ports.js';

/** Makes the bytes of a transfer or a bulk, once: they are stored, and every send repeats exactly them. */
export function transferRequest(order: TransferOrder): BankRequest {
  const [item, ...others] = order.items;
  if (!item) throw new RangeError('An order has at least one item');
  return others.length === 0 ? singleRequest(order, item) : bulkRequest(order);
}

function singleRequest({ accountId, proof }: TransferOrder, item: OrderItem): BankRequest {
  const transfer = { bank_account_id: accountId, ...paymentOf(item) };
  return requestOf('/v2/sepa/transfers', { vop_proof_token: proof, transfer });
}

function bulkRequest({ accountId, proof, items }: TransferOrder): BankRequest {
  return requestOf('/v2/sepa/bulk_transfers', {
    vop_proof_token: proof,
    bank_account_id: accountId,
    bulk_transfers: items.map((item) => ({
      client_transfer_id: item.clientTransferId,
      ...paymentOf(item),
    })),
  });
}

function paymentOf({ payee, scheduledOn, attachmentIds, ...item }: OrderItem) {
  return {
    ...('id' in payee
      ? { beneficiary_id: payee.id }
      : { beneficiary: { name: payee.name, iban: payee.iban } }),
    reference: item.remittance,
    amount: formatAmount(item.amountCents),
    note: item.note,
    ...(scheduledOn !== undefined && { scheduled_date: scheduledOn }),
    ...(attachmentIds.length > 0 && { attachment_ids: attachmentIds }),
  };
}

function requestOf(path: string, body: object): BankRequest {
  return { path, body: Buffer.from(JSON.stringify(body), 'utf8') };
}
