import { linkOnWire, originOf, paymentOnWire } from '../payment-links/on-wire.js';
import type { LinkPayment, PaymentLink } from '../payment-links/payment-link.js';
import { choicesOf, sorted } from './choices.js';
import type { ApiCall, Handler } from './endpoint.js';
import { pageOf } from './pagination.js';
import { requireConnection } from './payment-access.js';
import { parseLink } from './payment-link-body.js';
import { notFound, refusal } from './refusal.js';

const STATUSES = ['open', 'expired', 'canceled', 'paid', 'processing'] as const;
const PAYMENT_STATUSES = [
  ...['open', 'pending', 'authorized', 'paid', 'failed', 'canceled', 'expired'],
] as const;
const SORTS = {
  amount: ({ amountCents }: PaymentLink) => amountCents,
  expiration_date: ({ expiresAt }: PaymentLink) => expiresAt,
};
const PAYMENT_SORTS = { creation_date: ({ createdAt }: LinkPayment) => createdAt };

/** Facts 4.10: no idempotency key is taken, so a repeated call makes a second link. */
export const createLink: Handler = (call) => {
  const connection = requireConnection(call);
  const link = call.bank.payments.create(connection, parseLink(call));
  return { status: 201, body: one(link, call) };
};

export const listLinks: Handler = (call) => {
  const { organizationId } = requireConnection(call);
  const { bank, query } = call;
  const statuses = choicesOf(query, 'status[]', STATUSES);
  const found = [...bank.store.current.paymentLinks.values()]
    .filter((link) => link.organizationId === organizationId)
    .filter(({ status }) => statuses?.has(status) ?? true)
    .reverse();
  const inOrder = query.has('sort_by') ? sorted(found, query, SORTS, 'amount:asc') : found;
  const { items, meta } = pageOf(inOrder, query, { perPage: 100 });
  const origin = originOf(call.header('host'));
  const payment_links = items.map((link) => linkOnWire(link, origin));
  return { status: 200, body: { payment_links, meta } };
};

export const showLink: Handler = (call) => ({ status: 200, body: one(linkOf(call), call) });

export const deactivateLink: Handler = (call) => {
  const link = linkOf(call);
  if (call.bank.payments.deactivate(link)) return { status: 200, body: one(link, call) };
  const status = call.bank.switches.get('link_deactivation_refused_status');
  throw refusal(status, 'payment_link_not_open', `This payment link is ${link.status}`);
};

export const listLinkPayments: Handler = (call) => {
  const link = linkOf(call);
  const statuses = choicesOf(call.query, 'status[]', PAYMENT_STATUSES);
  const found = call.bank.payments
    .paymentsOf(link)
    .filter(({ status }) => statuses?.has(status) ?? true);
  const inOrder = sorted(found, call.query, PAYMENT_SORTS, 'creation_date:desc');
  const { items, meta } = pageOf(inOrder, call.query, { perPage: 100 });
  const payments = items.map((payment) => paymentOnWire(payment, link));
  return { status: 200, body: { payments, meta } };
};

function linkOf(call: ApiCall): PaymentLink {
  const { organizationId } = requireConnection(call);
  const link = call.bank.payments.link(call.params.id ?? '');
  if (link?.organizationId !== organizationId) throw notFound('Payment link');
  return link;
}

function one(link: PaymentLink, call: ApiCall) {
  return { payment_link: linkOnWire(link, originOf(call.header('host'))) };
}
