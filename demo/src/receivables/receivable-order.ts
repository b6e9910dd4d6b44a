import { type InvoiceLine, type Item, totalsOf } from '../invoice.js';
import type { Messages } from '../messages/messages.js';
import type { BasketRow, IntentOrder } from '../partner-api.js';
import type { Receivable } from './receivable.js';

/** The visitor's company at the sandbox bank. */
const PAYEE = { name: 'ACME SAS', iban: 'FR7616958000011111111110107' };
const METHODS = ['credit_card', 'apple_pay', 'paypal', 'ideal'];
const GOODS: Item[] = ['shelving', 'postage'];

/** An invoice of one's own as something to collect; its client reads the rows in this language. */
export function receivableOrder(
  receivable: Receivable,
  { returnUrl, messages }: { returnUrl: string; messages: Messages },
): IntentOrder {
  const { number, kind, intentCount } = receivable;
  const what = {
    ...{ kind: 'link' as const, externalRef: number, currency: 'EUR' as const },
    methods: METHODS,
    reusable: kind === 'reusable',
    ...content(receivable, messages),
    payee: PAYEE,
    reference: `Invoice ${number}`,
  };
  return { what, returnUrl, idempotencyKey: `${number}-${intentCount + 1}` };
}

function content({ kind, client, invoiceId, number, lines }: Receivable, messages: Messages) {
  if (kind !== 'invoice') return { basket: { items: lines.map((line) => rowOf(line, messages)) } };
  const amount = totalsOf(lines).gross;
  return { invoice: { id: invoiceId, number, debtor: client?.name ?? '', amount } };
}

function rowOf(
  { item, quantity, unitPrice, vatPercent }: InvoiceLine,
  messages: Messages,
): BasketRow {
  return {
    title: messages.items[item],
    quantity: String(quantity),
    unitPrice,
    vatRate: String(vatPercent),
    type: GOODS.includes(item) ? 'good' : 'service',
  };
}
