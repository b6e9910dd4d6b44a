import fc from 'fast-check';
import { expect, it } from 'vitest';
import { centsOf, decimalOf, moneyText, wireNumberOf } from './money.js';

const cents = fc.integer({ min: 0, max: 99_999_999_999 });

it('reads back every amount that it writes', () => {
  fc.assert(
    fc.property(cents, (amount) => {
      expect(centsOf(decimalOf(amount))).toBe(amount);
    }),
  );
});

it('writes JSON numbers with at most two decimals (facts 5.5)', () => {
  fc.assert(
    fc.property(cents, (amount) => {
      expect(JSON.stringify(wireNumberOf(amount))).toMatch(/^\d+(\.\d{1,2})?$/);
      expect(Math.round(wireNumberOf(amount) * 100)).toBe(amount);
    }),
  );
});

it('takes one decimal or none (facts 5.5)', () => {
  expect(['100.1', '100', '0.05'].map(centsOf)).toEqual([10_010, 10_000, 5]);
});

it.each(['', '1,5', '1.', '.5', '1.005', '-1', '1e3', ' 1', '0x1', '1000000000000', '９'])(
  'takes %j for no amount (facts 4.4)',
  (text) => expect(centsOf(text)).toBeUndefined(),
);

it('writes money as a person reads it', () => {
  expect([123_450, 5, 100_000_000].map(moneyText)).toEqual([
    '1,234.50 EUR',
    '0.05 EUR',
    '1,000,000.00 EUR',
  ]);
});
