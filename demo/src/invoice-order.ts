import { type Invoice, totalsOf } from './invoice.js';
import type { IntentOrder } from './partner-api.js';

/** A supplier's invoice as something to be paid. */
export function invoiceOrder(invoice: Invoice, returnUrl: string): IntentOrder {
  const { number, supplier, dueOn, lines, intentCount } = invoice;
  const item = {
    externalRef: number,
    amount: totalsOf(lines).gross,
    currency: 'EUR' as const,
    payee: supplier,
    reference: `Invoice ${number}`,
    dueDate: dueOn,
  };
  const what = { kind: 'transfer' as const, items: [item] };
  return { what, returnUrl, idempotencyKey: `${number}-${intentCount + 1}` };
}
