import type { Transfer } from '../state.js';
import { approveCancel } from './cancel-gate.js';
import type { ApiCall, Handler } from './endpoint.js';
import { isOldestFirst, listFilter, pageOf, timeFilter } from './pagination.js';
import { notFound, refusal } from './refusal.js';
import { transferOnWire } from './wire.js';

/** Facts 4.4. */
export const listTransfers: Handler = ({ bank, caller, query }) => {
  const found = [...bank.store.current.transfers.values()]
    .filter(({ organizationId }) => organizationId === caller.organizationId)
    .filter(filterOf(query));
  const direction = isOldestFirst(query) ? 1 : -1;
  found.sort((one, other) => direction * (one.updatedAt - other.updatedAt));
  const { items, meta } = pageOf(found, query, { perPage: 100 });
  return { status: 200, body: { transfers: items.map(transferOnWire), meta } };
};

export const showTransfer: Handler = (call) => ({
  status: 200,
  body: { transfer: transferOnWire(transferOf(call)) },
});

/** Only while it has not been sent; 204 without a body. */
export const cancelTransfer: Handler = (call) => {
  const transfer = transferOf(call);
  const payee = { name: transfer.creditName, iban: transfer.creditIban };
  approveCancel(call, { kind: 'single', order: transfer, payee });
  const isCanceled = call.bank.ledger.cancel(transfer);
  if (isCanceled) return { status: 204 };
  const status = call.bank.switches.get('cancel_refused_status');
  throw refusal(status, 'transfer_not_cancelable', 'This transfer can no longer be canceled');
};

function transferOf({ bank, caller, params }: ApiCall): Transfer {
  const transfer = bank.ledger.transfer(caller.organizationId, params.id ?? '');
  if (!transfer) throw notFound('Transfer');
  return transfer;
}

function filterOf(query: URLSearchParams): (transfer: Transfer) => boolean {
  const statuses = listFilter(query, 'status');
  const beneficiaries = listFilter(query, 'beneficiary_ids');
  // Without brackets, unlike the others.
  const ids = plainList(query, 'ids');
  const recurring = plainList(query, 'recurring_transfer_ids');
  const from = timeFilter(query, 'updated_at_from') ?? Number.NEGATIVE_INFINITY;
  const to = timeFilter(query, 'updated_at_to') ?? Number.POSITIVE_INFINITY;
  const fromDay = query.get('scheduled_date_from') ?? '';
  const toDay = query.get('scheduled_date_to') ?? '9999-12-31';
  return (transfer) =>
    (statuses?.has(transfer.status) ?? true) &&
    (beneficiaries?.has(transfer.beneficiaryId) ?? true) &&
    (ids?.has(transfer.id) ?? true) &&
    (recurring?.has(transfer.recurringTransferId ?? '') ?? true) &&
    transfer.updatedAt >= from &&
    transfer.updatedAt <= to &&
    transfer.scheduledDate >= fromDay &&
    transfer.scheduledDate <= toDay;
}

function plainList(query: URLSearchParams, name: string): Set<string> | undefined {
  return query.has(name) ? new Set(query.getAll(name)) : undefined;
}
