import { filters, type Operation, type Parameter, paging } from '../operation.js';
import {
  answered,
  constant,
  flag,
  listOf,
  money,
  nullable,
  number,
  oneOf,
  page,
  type Schema,
  sent,
  text,
  time,
  uuid,
  whole,
} from '../schema.js';

const method = oneOf('credit_card', 'apple_pay', 'paypal', 'ideal');
const price = {
  value: { type: 'string', pattern: '^\\d+(\\.\\d{1,2})?$' },
  currency: { type: 'string', pattern: '^[A-Z]{3}$' },
};
const itemFields = {
  title: text,
  quantity: number,
  vat_rate: { type: 'string', pattern: '^\\d{1,3}(\\.\\d{1,2})?$' },
  'type?': oneOf('good', 'service'),
  'description?': text,
  'measure_unit?': text,
};
const linkStatus = oneOf('open', 'expired', 'canceled', 'paid', 'processing');
const link = answered({
  id: uuid,
  status: linkStatus,
  expiration_date: time,
  potential_payment_methods: listOf(method),
  amount: money,
  resource_type: oneOf('Basket', 'Invoice'),
  reusable: flag,
  created_at: time,
  url: { type: 'string', format: 'uri' },
  items: nullable(listOf(answered({ ...itemFields, unit_price: answered(price) }))),
  invoice_id: nullable(uuid),
  invoice_number: nullable(text),
  debitor_name: nullable(text),
});
const oneLink = answered({ payment_link: link });

const payment = answered({
  id: uuid,
  amount: money,
  status: oneOf('open', 'pending', 'authorized', 'paid', 'failed', 'canceled', 'expired'),
  created_at: time,
  payment_method: method,
  'paid_at?': nullable(time),
  debitor_email: text,
});

const connection = answered({
  connection_location: text,
  status: oneOf('enabled', 'pending', 'disabled', 'not_connected'),
  bank_account_id: uuid,
});

const newLink: Schema = {
  anyOf: [
    sent({
      payment_link: sent({
        items: listOf(sent({ ...itemFields, unit_price: sent(price) }), { minItems: 1 }),
        reusable: flag,
        potential_payment_methods: listOf(method, { minItems: 1 }),
      }),
    }),
    sent({
      payment_link: sent({
        invoice_id: uuid,
        invoice_number: text,
        debitor_name: text,
        amount: sent(price),
        potential_payment_methods: listOf(method, { minItems: 1 }),
      }),
    }),
  ],
};

const transactionStatus = oneOf('pending', 'declined', 'completed');
const counterparty = answered({
  counterparty_account_number: nullable(text),
  counterparty_account_number_format: text,
  counterparty_bank_identifier: nullable(text),
  counterparty_bank_identifier_format: text,
});
const transaction = answered({
  id: uuid,
  transaction_id: text,
  amount: number,
  amount_cents: whole,
  'settled_balance?': nullable(number),
  'settled_balance_cents?': nullable(whole),
  local_amount: number,
  local_amount_cents: whole,
  local_currency: text,
  side: oneOf('credit', 'debit'),
  operation_type: text,
  currency: constant('EUR'),
  label: text,
  'clean_counterparty_name?': text,
  'settled_at?': nullable(time),
  emitted_at: time,
  'created_at?': time,
  updated_at: time,
  status: transactionStatus,
  'note?': nullable(text),
  'reference?': nullable(text),
  'vat_amount?': nullable(number),
  'vat_amount_cents?': nullable(whole),
  'vat_rate?': nullable(number),
  'initiator_id?': nullable(uuid),
  label_ids: listOf(uuid),
  attachment_ids: listOf(uuid),
  attachment_lost: flag,
  attachment_required: flag,
  'card_last_digits?': nullable(text),
  'category?': text,
  subject_type: text,
  bank_account_id: uuid,
  is_external_transaction: flag,
  'labels?': listOf({}),
  'attachments?': listOf({}),
  'vat_details?': { type: 'object' },
  'transfer?': counterparty,
  'income?': counterparty,
  'swift_income?': counterparty,
  'direct_debit?': counterparty,
  'check?': answered({ check_number: nullable(text), check_key: nullable(text) }),
});

const transactionTimes: readonly Parameter[] = ['settled', 'emitted', 'created', 'updated'].flatMap(
  (what) => filters({ [`${what}_at_from`]: time, [`${what}_at_to`]: time }),
);

const read = 'payment_link.read';
const write = 'payment_link.write';
const LINKS = '/v2/payment_links';
// Without a connection or a subscription all of them are 404 (facts 4.10).
const facts = '4.10';
const refusals = [404];

/** Facts 4.10, 4.11. */
export const collectingOperations: readonly Operation[] = [
  {
    ...{ method: 'post', path: `${LINKS}/connections`, facts, scope: write, refusals },
    summary: 'Begins the member’s connection to the payment provider',
    body: sent({
      partner_callback_url: { type: 'string', format: 'uri' },
      user_bank_account_id: uuid,
      user_phone_number: { type: 'string', pattern: '^\\+[1-9]\\d{6,14}$' },
      business_description: nullable({ type: 'string', minLength: 80 }),
      'user_website_url?': nullable({ type: 'string', format: 'uri' }),
    }),
    answers: { 201: connection },
  },
  {
    ...{ method: 'get', path: `${LINKS}/connections`, facts, scope: read, refusals },
    summary: 'The member’s connection',
    answers: { 200: connection },
  },
  {
    ...{ method: 'get', path: `${LINKS}/payment_methods`, facts, scope: read, refusals },
    summary: 'What clients may pay with',
    answers: {
      200: answered({
        payment_link_payment_methods: listOf(answered({ name: method, enabled: flag })),
      }),
    },
  },
  {
    ...{ method: 'post', path: LINKS, facts, scope: write, refusals },
    summary: 'Makes a link of a basket or of an invoice',
    body: newLink,
    answers: { 201: oneLink },
  },
  {
    ...{ method: 'get', path: LINKS, facts, scope: read, refusals },
    summary: 'The links',
    query: [
      ...paging,
      ...filters({
        'status[]': linkStatus,
        sort_by: oneOf(
          ...['amount:asc', 'amount:desc', 'expiration_date:asc', 'expiration_date:desc'],
        ),
      }),
    ],
    answers: { 200: page('payment_links', link) },
  },
  {
    ...{ method: 'get', path: `${LINKS}/{id}`, facts, scope: read },
    summary: 'One link',
    answers: { 200: oneLink },
  },
  {
    ...{ method: 'patch', path: `${LINKS}/{id}/deactivate`, facts, scope: write },
    summary: 'Withdraws a link',
    answers: { 200: oneLink },
    refusals: [409, 413, 422],
  },
  {
    ...{ method: 'get', path: `${LINKS}/{id}/payments`, facts, scope: read },
    summary: 'Who has tried to pay a link',
    query: [
      ...paging,
      ...filters({
        'status[]': oneOf('open', 'pending', 'paid', 'failed'),
        sort_by: oneOf('creation_date:asc', 'creation_date:desc'),
      }),
    ],
    answers: { 200: page('payments', payment) },
  },
  {
    ...{ method: 'get', path: '/v2/transactions', facts: '4.11', scope: 'organization.read' },
    summary: 'The movements of one account; an account or an IBAN must be named',
    query: [
      ...paging,
      ...filters({
        bank_account_id: uuid,
        iban: text,
        'status[]': transactionStatus,
        side: oneOf('credit', 'debit'),
        'operation_type[]': text,
        with_attachments: flag,
        'includes[]': oneOf('vat_details', 'labels', 'attachments'),
        sort_by: oneOf(
          ...['settled_at:desc', 'settled_at:asc', 'emitted_at:desc', 'emitted_at:asc'],
          ...['created_at:desc', 'created_at:asc', 'updated_at:desc', 'updated_at:asc'],
        ),
      }),
      ...transactionTimes,
    ],
    answers: { 200: page('transactions', transaction) },
    refusals: [404],
  },
  {
    ...{ method: 'get', path: '/v2/transactions/{id}', facts: '4.11', scope: 'organization.read' },
    summary: 'One movement, by its UUID and not by its slug',
    query: filters({ 'includes[]': oneOf('vat_details', 'labels', 'attachments') }),
    answers: { 200: answered({ transaction }) },
  },
];
