import type { BasketItem } from './records.js';

/** Cents of a basket, or of one of its rows. */
export interface Totals {
  netCents: bigint;
  vatCents: bigint;
  grossCents: bigint;
}

const QUANTITY_SCALE = 1_000n;
const RATE_SCALE = 10_000n;

/**
 * Net and gross of a row, each rounded half up from the exact product, as the bank does it
 * (facts 4.10: 10.99 at 21 % is 13.30); VAT is their difference, so that the columns add up.
 */
export function rowTotals({ unitPriceCents, quantity, vatRate }: BasketItem): Totals {
  // In cents, thousandths of a piece, and ten-thousandths (hundredths of a per cent).
  const product = unitPriceCents * scaled(quantity, 3);
  const netCents = roundHalfUp(product, QUANTITY_SCALE);
  const gross = product * (RATE_SCALE + scaled(vatRate, 2));
  const grossCents = roundHalfUp(gross, QUANTITY_SCALE * RATE_SCALE);
  return { netCents, vatCents: grossCents - netCents, grossCents };
}

/** The sums of the rows: each row is rounded by itself. */
export function basketTotals(items: readonly BasketItem[]): Totals {
  return items.map(rowTotals).reduce(sum, { netCents: 0n, vatCents: 0n, grossCents: 0n });
}

/** Net and VAT by rate, in ascending order of the rates. */
export function vatByRate(items: readonly BasketItem[]): ({ rate: string } & Totals)[] {
  const byRate = new Map<bigint, BasketItem[]>();
  for (const item of items) {
    const rate = scaled(item.vatRate, 2);
    byRate.set(rate, [...(byRate.get(rate) ?? []), item]);
  }
  return [...byRate]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, rows]) => ({ rate: rows[0]?.vatRate ?? '', ...basketTotals(rows) }));
}

/** A decimal text as an integer of so many places: `scaled('2.5', 3)` is 2500n. */
export function scaled(decimal: string, places: number): bigint {
  const [units = '0', fraction = ''] = decimal.split('.');
  return BigInt(units + fraction.padEnd(places, '0'));
}

/** Of what the bank tells, which may be any text: `2.50` is `2.5`, and `2.5x` is nothing else. */
export const isSameDecimal = (one: string, other: string): boolean =>
  withoutZeros(one) === withoutZeros(other);

const withoutZeros = (decimal: string): string =>
  decimal.includes('.') ? decimal.replace(/0+$/, '').replace(/\.$/, '') : decimal;

const roundHalfUp = (value: bigint, by: bigint): bigint => (value * 2n + by) / (by * 2n);

const sum = (one: Totals, other: Totals): Totals => ({
  netCents: one.netCents + other.netCents,
  vatCents: one.vatCents + other.vatCents,
  grossCents: one.grossCents + other.grossCents,
});
