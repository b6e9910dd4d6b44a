import { z } from 'zod';
import { centsOf } from '../money.js';
import { grossCentsOf } from '../payment-links/basket.js';
import { ENABLED_METHODS, type LinkOrder, METHODS } from '../payment-links/payment-desk.js';
import { CURRENCIES, MEASURE_UNITS } from '../payment-links/vocabulary.js';
import { parseBody } from './body.js';
import type { ApiCall } from './endpoint.js';
import { text } from './fields.js';
import { refusal } from './refusal.js';

const choice = (choices: readonly string[]) =>
  z.string().refine((value) => choices.includes(value), {
    error: 'is not in the list',
    params: { code: 'not_in_list' },
  });

const Price = z.object({
  value: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, 'must be a decimal'),
  currency: choice(CURRENCIES),
});
const Item = z.object({
  title: text(255),
  quantity: z.number().positive('must be positive'),
  unit_price: Price,
  vat_rate: z.string().regex(/^\d{1,3}(\.\d{1,2})?$/, 'must be a percentage'),
  type: choice(['good', 'service']).optional(),
  description: z.string().optional(),
  measure_unit: choice(MEASURE_UNITS).optional(),
});
const methods = z.array(choice(METHODS)).min(1, 'must name at least one method');

const Basket = z.object({
  payment_link: z.object({
    items: z.array(Item).min(1, 'must have at least one item'),
    reusable: z.boolean(),
    potential_payment_methods: methods,
  }),
});
const Invoice = z.object({
  payment_link: z.object({
    invoice_id: z.uuid('must be a UUID'),
    invoice_number: text(255),
    debitor_name: text(255),
    amount: Price,
    potential_payment_methods: methods,
  }),
});
const Either = z.object({ payment_link: z.looseObject({ invoice_id: z.unknown().optional() }) });

/** A new link's body: a basket, or an invoice (facts 4.10). */
export function parseLink(call: ApiCall): LinkOrder {
  const { payment_link: given } = parseBody(call, Either);
  const order = given.invoice_id === undefined ? basketIn(call) : invoiceIn(call);
  // The provider's other methods are dropped without a word.
  const usable = order.methods.filter((method) => ENABLED_METHODS.includes(method));
  if (usable.length === 0) throw invalid('potential_payment_methods', 'has no method that is on');
  return { ...order, methods: [...new Set(usable)] };
}

function basketIn(call: ApiCall): LinkOrder {
  const { items, reusable, potential_payment_methods } = parseBody(call, Basket).payment_link;
  const currency = items[0]?.unit_price.currency ?? 'EUR';
  const isMixed = items.some((item) => item.unit_price.currency !== currency);
  const amountCents = grossCentsOf(items);
  if (isMixed) throw invalid('items', 'must have one currency');
  if (amountCents === undefined) throw invalid('items', 'must add up to an amount');
  return {
    ...{ amountCents, currency, reusable, items, invoice: null },
    methods: potential_payment_methods,
  };
}

function invoiceIn(call: ApiCall): LinkOrder {
  const wish = parseBody(call, Invoice).payment_link;
  const amountCents = centsOf(wish.amount.value);
  if (amountCents === undefined || amountCents === 0) throw invalid('amount', 'must be positive');
  return {
    ...{ amountCents, currency: wish.amount.currency, reusable: false, items: null },
    invoice: { id: wish.invoice_id, number: wish.invoice_number, debitorName: wish.debitor_name },
    methods: wish.potential_payment_methods,
  };
}

function invalid(field: string, what: string) {
  return refusal(422, 'invalid', `${field} ${what}`, { pointer: `/payment_link/${field}` });
}
