import { type Operation, paging } from '../operation.js';
import {
  answered,
  listOf,
  nullable,
  oneOf,
  page,
  sent,
  text,
  textOf,
  time,
  uuid,
} from '../schema.js';

const type = oneOf(
  ...['v1/transactions', 'v1/accounts', 'v1/organizations', 'v1/memberships', 'v1/cards'],
  ...['v1/consent-revocations', 'v1/payment-links', 'v1/payment-links-connections'],
  ...['v1/beneficiaries', 'v1/client-invoices', 'v1/terminal-payments', 'v1/clients'],
  ...['v1/products', 'v1/sepa-direct-debit-mandates', 'v1/sepa-direct-debit-collections'],
  ...['v1/transfers', 'v1/recurring-transfers'],
);

const subscription = answered({
  id: uuid,
  organization_id: uuid,
  membership_id: uuid,
  callback_url: text,
  types: listOf(type, { minItems: 1 }),
  secret: nullable(textOf(32, 128)),
  // Omitted rather than null.
  'description?': text,
  created_at: time,
  updated_at: time,
});

const wish = sent({
  callback_url: { type: 'string', format: 'uri', maxLength: 512 },
  types: listOf(type, { minItems: 1 }),
  'secret?': textOf(32, 128),
  'description?': textOf(0, 256),
});

const scope = 'webhook';
const PATH = '/v2/webhook_subscriptions';
const facts = '4.13';

/** Facts 4.13. The objects are not wrapped. */
export const webhookOperations: readonly Operation[] = [
  {
    ...{ method: 'post', path: PATH, facts, scope },
    summary: 'Subscribes; needs the scope to read each family too',
    body: wish,
    answers: { 201: subscription },
  },
  {
    ...{ method: 'get', path: PATH, facts, scope },
    summary: 'The subscriptions',
    query: paging,
    answers: { 200: page('subscriptions', subscription) },
  },
  {
    ...{ method: 'get', path: `${PATH}/{id}`, facts, scope },
    summary: 'One subscription',
    answers: { 200: subscription },
  },
  {
    ...{ method: 'put', path: `${PATH}/{id}`, facts, scope },
    summary: 'Replaces a subscription as a whole',
    body: wish,
    answers: { 200: subscription },
  },
  {
    ...{ method: 'delete', path: `${PATH}/{id}`, facts, scope },
    summary: 'Unsubscribes',
    answers: { 204: null },
  },
];
