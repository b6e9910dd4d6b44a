import type { InvoiceLine } from './invoice.js';
import { amountOf, centsOf, percentOf } from './money.js';

const VAT_PERCENT = 20;
/** Postage passed on at cost bears no VAT. */
const POSTAGE_CENTS = 1290n;

const ORDINARY_LINES: InvoiceLine[][] = [
  [
    { item: 'shelving', quantity: 3, unitPrice: '245.00', vatPercent: 20 },
    { item: 'delivery', quantity: 1, unitPrice: '39.00', vatPercent: 20 },
    { item: 'fitting', quantity: 4, unitPrice: '62.50', vatPercent: 10 },
  ],
  [
    { item: 'translation', quantity: 18, unitPrice: '32.40', vatPercent: 20 },
    { item: 'proofreading', quantity: 2, unitPrice: '55.00', vatPercent: 20 },
  ],
  [
    { item: 'lunch', quantity: 12, unitPrice: '18.90', vatPercent: 10 },
    { item: 'water', quantity: 12, unitPrice: '2.15', vatPercent: 10 },
    { item: 'tables', quantity: 2, unitPrice: '24.00', vatPercent: 20 },
  ],
];

/** Lines of an everyday invoice; the n-th differs from the one before. */
export function ordinaryLines(n: number): InvoiceLine[] {
  return ORDINARY_LINES[n % ORDINARY_LINES.length] ?? [];
}

/** Lines whose gross total is exactly this amount, VAT included. */
export function linesForTotal(amount: string): InvoiceLine[] {
  const totalCents = centsOf(amount);
  const serviceCents = largestNetWithin(totalCents - POSTAGE_CENTS);
  const grossCents = serviceCents + percentOf(serviceCents, BigInt(VAT_PERCENT));
  // Not every gross amount has a net one in whole cents, so the line without VAT takes the odd cent.
  const postageCents = totalCents - grossCents;
  const service: Omit<InvoiceLine, 'unitPrice'> = {
    item: 'consulting',
    quantity: 1,
    vatPercent: VAT_PERCENT,
  };
  const postage: Omit<InvoiceLine, 'unitPrice'> = { item: 'postage', quantity: 1, vatPercent: 0 };
  return [
    ...(serviceCents > 0n ? [{ ...service, unitPrice: amountOf(serviceCents) }] : []),
    { ...postage, unitPrice: amountOf(postageCents) },
  ];
}

function largestNetWithin(grossCents: bigint): bigint {
  if (grossCents <= 0n) return 0n;
  const percent = BigInt(VAT_PERCENT);
  let net = (grossCents * 100n) / (100n + percent) + 1n;
  while (net + percentOf(net, percent) > grossCents) net -= 1n;
  return net;
}
