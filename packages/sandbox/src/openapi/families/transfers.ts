import { filters, type Operation, paging } from '../operation.js';
import {
  answered,
  constant,
  day,
  decimal,
  iban,
  listOf,
  nullable,
  number,
  oneOf,
  page,
  type Schema,
  sent,
  text,
  textOf,
  time,
  uuid,
  whole,
} from '../schema.js';

const status = oneOf('pending', 'processing', 'settled', 'declined', 'canceled');

const transferFields = {
  id: uuid,
  initiator_id: uuid,
  bank_account_id: uuid,
  beneficiary_id: uuid,
  amount: number,
  amount_cents: whole,
  amount_currency: constant('EUR'),
  status,
  reference: text,
  'note?': nullable(text),
  'declined_reason?': nullable(text),
  scheduled_date: day,
  created_at: time,
  updated_at: time,
  'processed_at?': nullable(time),
  'completed_at?': nullable(time),
  'transaction_id?': nullable(uuid),
  'recurring_transfer_id?': nullable(uuid),
};
const transfer = answered(transferFields);

/** Whom to pay: one of the two (facts 4.4). */
export const target: Readonly<Record<string, Schema>> = {
  'beneficiary_id?': uuid,
  'beneficiary?': sent({
    name: textOf(1, 140),
    iban,
    'bic?': nullable(text),
    'email?': nullable(text),
    'activity_tag?': nullable(text),
  }),
};
export const order: Readonly<Record<string, Schema>> = {
  ...target,
  reference: textOf(1, 140),
  amount: decimal,
  'note?': nullable(text),
  'attachment_ids?': listOf(uuid),
};

const read = 'organization.read';
const scope = 'payment.write';

/** Facts 4.4. */
export const transferOperations: readonly Operation[] = [
  {
    ...{ method: 'get', path: '/v2/sepa/transfers', facts: '4.4', scope: read },
    summary: 'The transfers, 100 to a page',
    query: [
      ...paging,
      ...filters({
        'status[]': status,
        updated_at_from: time,
        updated_at_to: time,
        scheduled_date_from: day,
        scheduled_date_to: day,
        'beneficiary_ids[]': uuid,
        ids: uuid,
        recurring_transfer_ids: uuid,
        sort_by: oneOf('updated_at:desc', 'updated_at:asc'),
      }),
    ],
    answers: { 200: page('transfers', transfer) },
  },
  {
    ...{ method: 'post', path: '/v2/sepa/transfers', facts: '4.4, 3, 5.2', scope },
    ...{ isKeyed: true, isSensitive: true },
    summary: 'Pays somebody; without an approval only where the payee is trusted',
    body: sent({
      'vop_proof_token?': text,
      transfer: sent({ bank_account_id: uuid, ...order, 'scheduled_date?': day }),
    }),
    answers: { 200: answered({ transfer }), 201: answered({ transfer }) },
    refusals: [404],
  },
  {
    ...{ method: 'get', path: '/v2/sepa/transfers/{id}', facts: '4.4', scope: read },
    summary: 'One transfer',
    answers: { 200: answered({ transfer }) },
  },
  {
    ...{ method: 'post', path: '/v2/sepa/transfers/{id}/cancel', facts: '3.1, 4.4, 8 no. 8' },
    ...{ scope, isSensitive: true },
    summary: 'Withdraws a transfer that has not been sent',
    answers: { 204: null },
    refusals: [409],
  },
  {
    ...{ method: 'post', path: '/v2/sepa/transfers/{id}/download_proof', facts: '4.4', scope },
    summary: 'The proof of a transfer, a PDF',
    answers: { 200: text },
    answerType: 'application/pdf',
    refusals: [422],
  },
  {
    ...{ method: 'get', path: '/v2/sepa/transfers/{id}/proof', facts: '4.4, 8 no. 13', scope },
    summary: 'The same by another address; 404 unless a switch says otherwise',
    answers: { 200: text },
    answerType: 'application/pdf',
  },
];

export { transferFields };
