import { amountOf, centsOf, percentOf } from './money.js';

export interface Payee {
  name: string;
  iban: string;
}

/** What may be bought; each page language has words for it. */
export type Item =
  | 'shelving'
  | 'delivery'
  | 'fitting'
  | 'translation'
  | 'proofreading'
  | 'lunch'
  | 'water'
  | 'tables'
  | 'consulting'
  | 'workshop'
  | 'postage';

export interface InvoiceLine {
  item: Item;
  quantity: number;
  /** Net price of one, a decimal string. */
  unitPrice: string;
  vatPercent: number;
}

/** Taken from what the payment service says, never from what a browser says. */
export type InvoiceState = 'unpaid' | 'shared' | 'in-progress' | 'paid';

/** An invoice as it stands in a visitor's books, whoever wrote it. */
export interface BookEntry {
  /** Ours, and unique for ever: the payment service knows the invoice by it. */
  number: string;
  issuedOn: string;
  dueOn: string;
  lines: InvoiceLine[];
  /** The intent that stands in the page, once there is one. */
  intent?: string;
  /** How many intents were made: part of the idempotency key, so that a lapsed one can be followed. */
  intentCount: number;
  /** Told by the payment service. Paid stays paid, so it is not asked again. */
  isPaid: boolean;
}

/** A supplier's invoice. */
export interface Invoice extends BookEntry {
  supplier: Payee;
}

export interface VatShare {
  percent: number;
  net: string;
  vat: string;
}

export interface Totals {
  net: string;
  vatShares: VatShare[];
  gross: string;
}

export function lineTotal(line: InvoiceLine): string {
  return amountOf(lineCents(line));
}

/** VAT is computed once per rate on the sum of its lines, as French invoices have it, not line by line. */
export function totalsOf(lines: InvoiceLine[]): Totals {
  const netCentsByRate = new Map<number, bigint>();
  for (const line of lines) {
    const sum = netCentsByRate.get(line.vatPercent) ?? 0n;
    netCentsByRate.set(line.vatPercent, sum + lineCents(line));
  }
  let netCents = 0n;
  let vatCents = 0n;
  const vatShares = [...netCentsByRate].map(([percent, cents]) => {
    const vat = percentOf(cents, BigInt(percent));
    netCents += cents;
    vatCents += vat;
    return { percent, net: amountOf(cents), vat: amountOf(vat) };
  });
  return { net: amountOf(netCents), vatShares, gross: amountOf(netCents + vatCents) };
}

function lineCents({ quantity, unitPrice }: InvoiceLine): bigint {
  return BigInt(quantity) * centsOf(unitPrice);
}
