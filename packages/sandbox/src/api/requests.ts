import { z } from 'zod';
import type { RequestType, TransferRequest } from '../requests/transfer-request.js';
import { requireAttachments } from './attachment-gate.js';
import { parseBody } from './body.js';
import type { Handler } from './endpoint.js';
import { ibanField, text } from './fields.js';
import { listFilter, pageOf, timeFilter } from './pagination.js';
import {
  amountField,
  attachmentIdsField,
  type BodyRules,
  bodyRules,
  dayField,
  refineAttachment,
} from './payment-fields.js';
import { requirePlan } from './payment-rules.js';
import { refusal } from './refusal.js';
import { requestOnWire } from './request-wire.js';

const EURO = z.literal('EUR', 'must be EUR');

const paymentFields = (rules: BodyRules) => ({
  amount: amountField,
  currency: EURO,
  credit_iban: ibanField,
  credit_account_name: text(140),
  credit_account_currency: EURO.optional(),
  reference: text(rules.mostReference),
  attachment_ids: attachmentIdsField,
});
const commonFields = (rules: BodyRules) => ({
  note: text(1000),
  scheduled_date: dayField(rules).nullish(),
  debit_iban: z.string().nullish(),
});

const multiSchema = (rules: BodyRules) =>
  z.object({
    request_multi_transfer: z.object({
      ...commonFields(rules),
      transfers: z
        .array(z.object(paymentFields(rules)).superRefine(refineAttachment))
        .min(1, 'must not be empty'),
    }),
  });
const singleSchema = (rules: BodyRules) =>
  z.object({
    request_transfer: z
      .object({ ...commonFields(rules), ...paymentFields(rules) })
      .superRefine(refineAttachment),
  });

/** Facts 4.8: neither approval nor a payee check, and on any plan but Solo Basic. */
export const createMultiTransferRequest: Handler = (call) => {
  requirePlan(call, ['business']);
  const { request_multi_transfer: wish } = parseBody(call, multiSchema(bodyRules(call)));
  return { status: 200, body: { request_multi_transfer: ask(call, 'multi_transfer', wish) } };
};

/** The single twin, played like the multi one: its body is not published (facts 8 no. 6). */
export const createTransferRequest: Handler = (call) => {
  requirePlan(call, ['business']);
  const { request_transfer: wish } = parseBody(call, singleSchema(bodyRules(call)));
  const body = { request_transfer: ask(call, 'transfer', { ...wish, transfers: [wish] }) };
  return { status: 200, body };
};

type Wish = z.output<ReturnType<typeof multiSchema>>['request_multi_transfer'];

function ask(call: Parameters<Handler>[0], type: RequestType, wish: Wish) {
  const { bank, caller } = call;
  for (const { attachment_ids } of wish.transfers) {
    requireAttachments(call, attachment_ids, `/request_${type}`);
  }
  const request = bank.requests.ask({
    ...{ organizationId: caller.organizationId, type, initiatorId: caller.id },
    note: wish.note,
    scheduledDate: wish.scheduled_date ?? null,
    debitIban: wish.debit_iban ?? null,
    idempotencyKey: call.idempotencyKey,
    transfers: wish.transfers.map((one) => ({
      creditIban: one.credit_iban,
      creditName: one.credit_account_name,
      amountCents: one.amount,
      reference: one.reference,
      attachmentIds: one.attachment_ids ?? [],
    })),
  });
  return requestOnWire(request);
}

/** Facts 4.8: only on the plans Business and Enterprise. */
export const listRequests: Handler = (call) => {
  requirePlan(call, ['business']);
  const { bank, caller, query } = call;
  const found = [...bank.store.current.requests.values()]
    .filter(({ organizationId }) => organizationId === caller.organizationId)
    .filter(filterOf(query))
    .sort(orderOf(query));
  const { items, meta } = pageOf(found, query, { perPage: 100 });
  return { status: 200, body: { requests: items.map(requestOnWire), meta } };
};

function filterOf(query: URLSearchParams): (request: TransferRequest) => boolean {
  const statuses = listFilter(query, 'status');
  const types = listFilter(query, 'request_type');
  const createdFrom = timeFilter(query, 'created_at_from') ?? Number.NEGATIVE_INFINITY;
  const createdTo = timeFilter(query, 'created_at_to') ?? Number.POSITIVE_INFINITY;
  const processedFrom = timeFilter(query, 'processed_at_from');
  const processedTo = timeFilter(query, 'processed_at_to');
  return ({ status, type, createdAt, processedAt }) =>
    (statuses?.has(status) ?? true) &&
    (types?.has(type) ?? true) &&
    createdAt >= createdFrom &&
    createdAt <= createdTo &&
    (processedFrom === undefined || (processedAt !== null && processedAt >= processedFrom)) &&
    (processedTo === undefined || (processedAt !== null && processedAt <= processedTo));
}

function orderOf(query: URLSearchParams) {
  const match = /^(processed_at|created_at|status):(asc|desc)$/.exec(
    query.get('sort_by') ?? 'created_at:desc',
  );
  if (!match) {
    throw refusal(422, 'not_in_list', 'sort_by must be processed_at, created_at or status', {
      parameter: 'sort_by',
    });
  }
  const direction = match[2] === 'asc' ? 1 : -1;
  return (one: TransferRequest, other: TransferRequest): number => {
    if (match[1] === 'status') return direction * one.status.localeCompare(other.status);
    if (match[1] === 'created_at') return direction * (one.createdAt - other.createdAt);
    return direction * ((one.processedAt ?? 0) - (other.processedAt ?? 0));
  };
}
