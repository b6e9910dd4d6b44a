import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basketTotals, rowTotals, scaled, vatByRate } from './basket.js';
import type { BasketItem } from './records.js';

const row = (unitPrice: string, vatRate = '20', quantity = '1'): BasketItem => ({
  ...{ title: 'Lamp', quantity, vatRate, unitPriceCents: BigInt(unitPrice.replace('.', '')) },
  ...{ type: undefined, description: undefined, measureUnit: undefined },
});

/** A decimal text of at most so many places. */
const decimal = (units: number, places: number) =>
  fc.tuple(fc.nat(units), fc.nat(10 ** places - 1), fc.nat(places)).map(([whole, part, shown]) => {
    const fraction = String(part).padStart(places, '0').slice(0, shown);
    return fraction === '' ? String(whole) : `${whole}.${fraction}`;
  });

const item: fc.Arbitrary<BasketItem> = fc
  .record({
    unitPriceCents: fc.bigInt({ min: 1n, max: 99_999_999_999n }),
    quantity: decimal(999_999_999, 3),
    vatRate: decimal(100, 2),
  })
  .map((given) => ({ ...row('1.00'), ...given }));
const items = fc.array(item, { minLength: 1, maxLength: 20 });

/** An exact fraction, by the schoolbook: another method than scaled integers. */
interface Fraction {
  over: bigint;
  under: bigint;
}

function fraction(text: string): Fraction {
  let value: Fraction = { over: 0n, under: 1n };
  let isBehindPoint = false;
  for (const sign of text) {
    if (sign === '.') isBehindPoint = true;
    else if (isBehindPoint) {
      value = { over: value.over * 10n + BigInt(sign), under: value.under * 10n };
    } else value = { over: value.over * 10n + BigInt(sign), under: 1n };
  }
  return value;
}

const times = (one: Fraction, other: Fraction): Fraction => ({
  over: one.over * other.over,
  under: one.under * other.under,
});

function toCents({ over, under }: Fraction): bigint {
  const whole = over / under;
  const rest = over - whole * under;
  return rest >= under - rest ? whole + 1n : whole;
}

function expectedOf({ unitPriceCents, quantity, vatRate }: BasketItem) {
  const net = times({ over: unitPriceCents, under: 1n }, fraction(quantity));
  const rate = times(fraction(vatRate), { over: 1n, under: 100n });
  const withVat = times(net, { over: rate.over + rate.under, under: rate.under });
  const [netCents, grossCents] = [toCents(net), toCents(withVat)];
  return { netCents, vatCents: grossCents - netCents, grossCents };
}

const added = (all: readonly { netCents: bigint; vatCents: bigint; grossCents: bigint }[]) => ({
  netCents: all.reduce((sum, { netCents }) => sum + netCents, 0n),
  vatCents: all.reduce((sum, { vatCents }) => sum + vatCents, 0n),
  grossCents: all.reduce((sum, { grossCents }) => sum + grossCents, 0n),
});

describe('a row', () => {
  it('comes to what the bank publishes: 10.99 at 21 % is 13.30', () => {
    const totals = { netCents: 1099n, vatCents: 231n, grossCents: 1330n };
    expect(rowTotals(row('10.99', '21.0'))).toEqual(totals);
  });

  it.each([
    ['half a cent is rounded up', row('0.01', '0', '0.5'), { netCents: 1n, grossCents: 1n }],
    ['less than half is dropped', row('0.01', '0', '0.499'), { netCents: 0n, grossCents: 0n }],
    [
      'gross is not net rounded twice',
      row('0.33', '20', '1.5'),
      { netCents: 50n, grossCents: 59n },
    ],
    ['without VAT both are one', row('19.99', '0', '3'), { netCents: 5997n, grossCents: 5997n }],
    ['a rate of two places', row('100.00', '5.55'), { netCents: 10_000n, grossCents: 10_555n }],
  ])('%s', (_what, given, expected) => {
    expect(rowTotals(given)).toMatchObject(expected);
  });

  it('agrees with exact fractions, whatever it is', () => {
    fc.assert(
      fc.property(item, (given) => {
        expect(rowTotals(given)).toEqual(expectedOf(given));
      }),
      { numRuns: 2000 },
    );
  });

  it('has no VAT below zero, and more with each piece, cent and per cent', () => {
    fc.assert(
      fc.property(item, (given) => {
        const { vatCents, grossCents } = rowTotals(given);
        expect(vatCents).toBeGreaterThanOrEqual(0n);
        const dearer = { ...given, unitPriceCents: given.unitPriceCents + 1n };
        expect(rowTotals(dearer).grossCents).toBeGreaterThanOrEqual(grossCents);
      }),
    );
  });
});

describe('a basket', () => {
  it('is the sum of its rows, each rounded by itself', () => {
    const threeHalves = [row('0.01', '0', '0.5'), row('0.01', '0', '0.5'), row('0.01', '0', '0.5')];
    expect(basketTotals(threeHalves).grossCents).toBe(3n);
    fc.assert(
      fc.property(items, (given) => {
        expect(basketTotals(given)).toEqual(added(given.map(expectedOf)));
      }),
    );
  });

  it('told by rate comes to the same, each rate once and in order', () => {
    fc.assert(
      fc.property(items, (given) => {
        const byRate = vatByRate(given);
        expect(added(byRate)).toEqual(basketTotals(given));
        const rates = byRate.map(({ rate }) => Number(rate));
        expect(rates).toEqual([...new Set(rates)].sort((one, other) => one - other));
      }),
    );
  });

  it('takes "20", "20.0" and "20.00" for one rate', () => {
    const rows = [row('1.00', '20'), row('1.00', '5.5'), row('1.00', '20.0'), row('1.00', '20.00')];
    expect(vatByRate(rows)).toEqual([
      { rate: '5.5', netCents: 100n, vatCents: 6n, grossCents: 106n },
      { rate: '20', netCents: 300n, vatCents: 60n, grossCents: 360n },
    ]);
  });
});

describe('a decimal', () => {
  it.each([
    ['2', 3, 2000n],
    ['2.5', 3, 2500n],
    ['0.001', 3, 1n],
    ['100.00', 2, 10_000n],
  ])('%s in %i places is %s', (text, places, expected) => {
    expect(scaled(text, places)).toBe(expected);
  });
});
