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
  oneOf,
  page,
  sent,
  text,
  textOf,
  time,
  twoDecimals,
  uuid,
  whole,
} from '../schema.js';

const status = oneOf('pending', 'approved', 'declined', 'canceled');
const common = {
  id: uuid,
  status,
  initiator_id: uuid,
  'approver_id?': nullable(uuid),
  note: nullable(text),
  'declined_note?': nullable(text),
  'processed_at?': nullable(time),
  created_at: time,
};
const single = answered({
  ...common,
  request_type: constant('transfer'),
  creditor_name: text,
  amount: twoDecimals,
  currency: constant('EUR'),
  scheduled_date: nullable(day),
  'recurrence?': nullable(text),
  'last_recurrence_date?': nullable(day),
  'attachment_ids?': listOf(uuid),
});
const multi = answered({
  ...common,
  request_type: constant('multi_transfer'),
  total_transfers_amount: twoDecimals,
  total_transfers_amount_currency: constant('EUR'),
  total_transfers_count: whole,
  scheduled_date: nullable(day),
  transfers: listOf(
    answered({
      id: uuid,
      credit_account_name: text,
      amount: twoDecimals,
      currency: constant('EUR'),
      reference: text,
    }),
  ),
});
const oneSingle = answered({ request_transfer: single });
const oneMulti = answered({ request_multi_transfer: multi });

const wish = {
  amount: decimal,
  currency: constant('EUR'),
  credit_iban: iban,
  credit_account_name: text,
  'credit_account_currency?': constant('EUR'),
  reference: text,
  'attachment_ids?': listOf(uuid),
};
const when = { 'scheduled_date?': nullable(day), 'debit_iban?': nullable(iban) };

const write = 'request_transfers.write';
const review = 'request_review.write';
const KINDS = ['transfers', 'multi_transfers', 'flash_cards', 'virtual_cards'] as const;

/** Facts 4.8, 4.9. */
export const requestOperations: readonly Operation[] = [
  {
    ...{ method: 'get', path: '/v2/requests', facts: '4.8', scope: 'organization.read' },
    summary: 'What waits for the word of an owner or admin, and what they said',
    query: [
      ...paging,
      ...filters({
        'status[]': status,
        'request_type[]': oneOf('transfer', 'multi_transfer', 'flash_card', 'virtual_card'),
        created_at_from: time,
        created_at_to: time,
        processed_at_from: time,
        processed_at_to: time,
        sort_by: oneOf(
          ...['created_at:desc', 'created_at:asc', 'processed_at:desc', 'processed_at:asc'],
          ...['status:desc', 'status:asc'],
        ),
      }),
    ],
    answers: { 200: page('requests', either(single, multi)) },
  },
  {
    ...{ method: 'post', path: '/v2/requests/multi_transfers', facts: '4.8', isKeyed: true },
    scope: write,
    summary: 'Asks an owner or admin for transfers',
    body: sent({
      request_multi_transfer: sent({ note: text, transfers: listOf(sent(wish)), ...when }),
    }),
    answers: { 200: oneMulti, 201: oneMulti },
    refusals: [404],
  },
  {
    ...{ method: 'post', path: '/v2/requests/transfers', facts: '4.8, 8 no. 6', isKeyed: true },
    scope: write,
    summary: 'Asks an owner or admin for one transfer; the body is not documented',
    body: { type: 'object' },
    answers: { 200: oneSingle, 201: oneSingle },
    refusals: [404],
  },
  ...KINDS.flatMap((kind): Operation[] => {
    const done = kind === 'transfers' ? oneSingle : oneMulti;
    return [
      {
        ...{ method: 'post', path: `/v2/requests/${kind}/{id}/approve`, facts: '4.8' },
        ...{ scope: review, isKeyed: true, isSensitive: true },
        summary: 'Approves a request',
        body: sent({ 'debit_iban?': nullable(iban) }),
        answers: { 200: done },
      },
      {
        ...{ method: 'post', path: `/v2/requests/${kind}/{id}/decline`, facts: '4.8' },
        scope: review,
        summary: 'Declines a request',
        body: sent({ declined_note: textOf(1, 500) }),
        answers: { 200: done },
      },
    ];
  }),
  {
    ...{ method: 'post', path: '/v2/attachments', facts: '4.9', isKeyed: true },
    scope: 'attachment.write',
    summary: 'Uploads a document: JPEG, PNG or PDF, as the part "file"',
    bodyType: 'multipart/form-data',
    body: sent({ file: { type: 'string', format: 'binary' } }),
    answers: {
      200: answered({ attachment: answered({ id: uuid }) }),
      201: answered({ attachment: answered({ id: uuid }) }),
    },
    refusals: [415],
  },
  {
    ...{ method: 'get', path: '/v2/attachments/{id}', facts: '4.9', scope: 'organization.read' },
    summary: 'One document',
    answers: {
      200: answered({
        attachment: answered({
          id: uuid,
          file_name: text,
          file_size: { type: ['integer', 'string'] },
          file_content_type: text,
          url: text,
          created_at: time,
          'probative_attachment?': answered({ status: text }),
        }),
      }),
    },
  },
];
