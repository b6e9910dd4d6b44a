import { filters, type Operation, paging } from '../operation.js';
import {
  answered,
  constant,
  day,
  decimal,
  either,
  iban,
  listOf,
  nullable,
  number,
  oneOf,
  page,
  sent,
  text,
  time,
  uuid,
  whole,
} from '../schema.js';
import { order } from './transfers.js';

const read = 'organization.read';
const scope = 'payment.write';

const fault = answered({ code: text, detail: text, 'source?': { type: 'object' } });
const result = answered({
  client_transfer_id: uuid,
  transfer_id: nullable(uuid),
  status: oneOf('pending', 'completed', 'failed'),
  // Nested twice or once (facts 8 no. 7).
  errors: nullable(listOf(either(answered({ errors: listOf(fault) }), fault))),
});
const bulk = answered({
  id: uuid,
  initiator_id: uuid,
  created_at: time,
  updated_at: time,
  total_count: whole,
  completed_count: whole,
  pending_count: whole,
  failed_count: whole,
  results: listOf(result),
});
// Wrapped on the wire, bare in the documentation's sample (facts 4.5).
const oneBulk = either(answered({ bulk_transfer: bulk }), bulk);

const recurring = answered({
  id: uuid,
  initiator_id: uuid,
  bank_account_id: uuid,
  beneficiary_id: uuid,
  amount: number,
  amount_cents: whole,
  amount_currency: constant('EUR'),
  reference: text,
  'status?': text,
  'note?': nullable(text),
  frequency: oneOf('weekly', 'monthly', 'quarterly', 'half_yearly', 'yearly'),
  first_execution_date: day,
  'last_execution_date?': nullable(day),
  next_execution_date: nullable(day),
  created_at: time,
  updated_at: time,
});
const oneRecurring = answered({ recurring_transfer: recurring });

const internal = answered({
  id: uuid,
  slug: text,
  status: text,
  amount: { type: ['number', 'string'] },
  amount_cents: whole,
  'amount_currency?': constant('EUR'),
  'currency?': constant('EUR'),
  reference: text,
  created_at: time,
});

/** Facts 4.5, 4.6, 4.7. */
export const movingOperations: readonly Operation[] = [
  {
    ...{ method: 'get', path: '/v2/sepa/bulk_transfers', facts: '4.5', scope: read },
    summary: 'The bulk transfers',
    query: paging,
    answers: { 200: page('bulk_transfers', bulk) },
  },
  {
    ...{ method: 'post', path: '/v2/sepa/bulk_transfers', facts: '4.5', scope },
    ...{ isKeyed: true, isSensitive: true },
    summary: 'Pays up to 400 payees with one approval; items may fail one by one',
    body: sent({
      'vop_proof_token?': text,
      bank_account_id: uuid,
      bulk_transfers: listOf(sent({ client_transfer_id: uuid, ...order, 'scheduled_date?': day }), {
        minItems: 1,
        maxItems: 400,
      }),
    }),
    answers: { 200: oneBulk, 201: oneBulk },
    refusals: [404],
  },
  {
    ...{ method: 'get', path: '/v2/sepa/bulk_transfers/{id}', facts: '4.5', scope: read },
    summary: 'One bulk transfer with the result of each item',
    answers: { 200: oneBulk },
  },
  {
    ...{ method: 'get', path: '/v2/sepa/recurring_transfers', facts: '4.6', scope: read },
    summary: 'The recurring transfers',
    query: [...paging, ...filters({ sort_by: oneOf('updated_at:desc', 'updated_at:asc') })],
    answers: { 200: page('recurring_transfers', recurring) },
  },
  {
    ...{ method: 'post', path: '/v2/sepa/recurring_transfers', facts: '4.6', scope },
    ...{ isKeyed: true, isSensitive: true },
    summary: 'Pays again and again; always asks for an approval',
    body: sent({
      'vop_proof_token?': text,
      recurring_transfer: sent({
        bank_account_id: uuid,
        ...order,
        frequency: oneOf('weekly', 'monthly', 'quarterly', 'half_yearly', 'yearly'),
        first_execution_date: day,
        'last_execution_date?': nullable(day),
      }),
    }),
    answers: { 200: oneRecurring, 201: oneRecurring },
    refusals: [404],
  },
  {
    ...{ method: 'get', path: '/v2/sepa/recurring_transfers/{id}', facts: '4.6', scope: read },
    summary: 'One recurring transfer',
    answers: { 200: oneRecurring },
  },
  {
    ...{ method: 'post', path: '/v2/sepa/recurring_transfers/{id}/cancel', facts: '3.1, 4.6' },
    ...{ scope, isSensitive: true },
    summary: 'Ends a recurring transfer',
    answers: { 200: oneRecurring, 204: null },
    refusals: [409],
  },
  {
    ...{ method: 'post', path: '/v2/internal_transfers', facts: '4.7', isKeyed: true },
    scope: 'internal_transfer.write',
    summary: 'Moves money between two accounts of the organisation',
    body: sent({
      internal_transfer: sent({
        debit_iban: iban,
        credit_iban: iban,
        reference: text,
        amount: decimal,
        'currency?': constant('EUR'),
      }),
    }),
    answers: {
      200: answered({ internal_transfer: internal }),
      201: answered({ internal_transfer: internal }),
    },
    refusals: [404],
  },
];
