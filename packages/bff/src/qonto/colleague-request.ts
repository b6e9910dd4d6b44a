import { formatAmount } from '@qonto-pay/shared';
import type { BankRequest, RequestOrder, RequestType } from '../payments/ports.js';

/**
 * Makes the bytes that ask colleagues. One payment is asked for as a list of one: the body of the
 * address for a single one is not published (facts § 4.8).
 */
export function colleagueRequest(order: RequestOrder): BankRequest {
  const { accountIban, note, scheduledOn, items } = order;
  const request_multi_transfer = {
    note,
    ...(accountIban !== undefined && { debit_iban: accountIban }),
    ...(scheduledOn !== undefined && { scheduled_date: scheduledOn }),
    transfers: items.map(paymentOf),
  };
  return requestOf('/v2/requests/multi_transfers', { request_multi_transfer });
}

/** Makes the bytes that approve such a request, from the account that was asked for. */
export function requestApproval(request: {
  id: string;
  type: RequestType;
  accountIban: string | undefined;
}): BankRequest {
  const { accountIban } = request;
  const body = accountIban === undefined ? {} : { debit_iban: accountIban };
  return requestOf(`${requestPath(request)}/approve`, body);
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
