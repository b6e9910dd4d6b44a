import { randomUUID } from 'node:crypto';
import type { InvoiceLine } from '../invoice.js';
import type { InvoiceBook } from '../invoice-book.js';
import { RECEIVABLE_KINDS, type Receivable, type ReceivableKind } from './receivable.js';

/** VAT comes to whole cents on each line: rounded by row or by rate, the total is the same. */
const LINES: Record<ReceivableKind, InvoiceLine[]> = {
  basket: [
    { item: 'shelving', quantity: 2, unitPrice: '310.00', vatPercent: 20 },
    { item: 'fitting', quantity: 5, unitPrice: '48.00', vatPercent: 10 },
    { item: 'delivery', quantity: 1, unitPrice: '35.00', vatPercent: 20 },
  ],
  invoice: [
    { item: 'consulting', quantity: 1, unitPrice: '840.00', vatPercent: 20 },
    { item: 'postage', quantity: 1, unitPrice: '12.90', vatPercent: 0 },
  ],
  reusable: [{ item: 'workshop', quantity: 1, unitPrice: '100.00', vatPercent: 20 }],
};
const CLIENTS: Partial<Record<ReceivableKind, Receivable['client']>> = {
  basket: { name: 'Hôtel du Lac SARL', address: '4 quai de la Tournette, 74000 Annecy' },
  invoice: { name: 'Galerie Montaigne SAS', address: '18 rue Saint-Denis, 69001 Lyon' },
};

/** Writes an invoice of the company's own into its books. */
export function makeReceivable(
  book: InvoiceBook<Receivable>,
  visitor: string,
  kind: ReceivableKind,
): Receivable {
  const client = CLIENTS[kind];
  return book.add(visitor, {
    kind,
    ...(client ? { client } : {}),
    invoiceId: randomUUID(),
    lines: LINES[kind],
  });
}

/** Gives a new visitor one of each kind. */
export function fillReceivables(book: InvoiceBook<Receivable>, visitor: string): void {
  if (book.has(visitor)) return;
  for (const kind of RECEIVABLE_KINDS) makeReceivable(book, visitor, kind);
}
