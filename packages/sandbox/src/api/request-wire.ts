import { decimalOf } from '../money.js';
import type { TransferRequest } from '../requests/transfer-request.js';
import { isoOf } from './wire.js';

/** Facts 4.8: amounts are strings here. */
export function requestOnWire(request: TransferRequest) {
  const { type, declinedNote, processedAt } = request;
  return {
    id: request.id,
    request_type: type,
    status: request.status,
    initiator_id: request.initiatorId,
    approver_id: request.approverId,
    note: request.note,
    declined_note: declinedNote,
    processed_at: processedAt === null ? null : isoOf(processedAt),
    created_at: isoOf(request.createdAt),
    scheduled_date: request.scheduledDate,
    ...(type === 'transfer' ? singleOf(request) : multiOf(request)),
  };
}

function singleOf({ transfers: [only] }: TransferRequest) {
  return {
    creditor_name: only?.creditName,
    amount: decimalOf(only?.amountCents ?? 0),
    currency: 'EUR',
    recurrence: 'once',
    last_recurrence_date: null,
    attachment_ids: only?.attachmentIds ?? [],
  };
}

function multiOf({ transfers }: TransferRequest) {
  const total = transfers.reduce((sum, { amountCents }) => sum + amountCents, 0);
  return {
    total_transfers_amount: decimalOf(total),
    total_transfers_amount_currency: 'EUR',
    total_transfers_count: transfers.length,
    transfers: transfers.map((one) => ({
      id: one.id,
      credit_account_name: one.creditName,
      amount: decimalOf(one.amountCents),
      currency: 'EUR',
      reference: one.reference,
    })),
  };
}
