import { formatAmount } from '@qonto-pay/shared';
import type { BankRequest, RequestOrder, RequestType } from '../payments/ports.js';

/** Makes the bytes that ask colleagues for one transfer, or for several at once. */
export function colleagueRequest(order: RequestOrder): BankRequest {
  const { accountIban, note, scheduledOn } = order;
  const [item, ...others] = order.items;
  if (!item) throw new RangeError('A request has at least one item');
  const common = {
    note,
    debit_iban: accountIban,
    ...(scheduledOn !== undefined && { scheduled_date: scheduledOn }),
  };
  if (others.length === 0) {
    // Its body is not published: the twin of the one that is.
    const request_transfer = { ...common, ...paymentOf(item) };
    return requestOf('/v2/requests/transfers', { request_transfer });
  }
  const request_multi_transfer = { ...common, transfers: order.items.map(paymentOf) };
  return requestOf('/v2/requests/multi_transfers', { request_multi_transfer });
}

/** Makes the bytes that approve such a request, from the account that was asked for. */
export function requestApproval(request: {
  id: string;
  type: RequestType;
  accountIban: string;
}): BankRequest {
  return requestOf(`${requestPath(request)}/approve`, { debit_iban: request.accountIban });
}

export function requestPath({ id, type }: { id: string; type: RequestType }): string {
  return `/v2/requests/${type}/${encodeURIComponent(id)}`;
}

function paymentOf(item: RequestOrder['items'][number]) {
  return {
    amount: formatAmount(item.amountCents),
    currency: 'EUR',
    credit_iban: item.iban,
    credit_account_name: item.name,
    credit_account_currency: 'EUR',
    reference: item.remittance,
    ...(item.attachmentIds.length > 0 && { attachment_ids: item.attachmentIds }),
  };
}

function requestOf(path: string, body: object): BankRequest {
  return { path, body: Buffer.from(JSON.stringify(body), 'utf8') };
}
