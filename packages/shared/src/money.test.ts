import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, parseAmount } from './money.js';

const MAX_CENTS = 99_999_999_999n;
const cents = fc.bigInt({ min: 1n, max: MAX_CENTS });

/** A second reading of the rule, letter by letter and without a regular expression. */
function readByHand(text: string): bigint | undefined {
  const [units = '', decimals, ...more] = text.split('.');
  const isDigits = (part: string) => [...part].every((letter) => letter >= '0' && letter <= '9');
  if (more.length > 0 || units === '' || units.length > 9 || !isDigits(units)) return undefined;
  if (units.length > 1 && units.startsWith('0')) return undefined;
  if (decimals !== undefined && !['1', '2'].includes(String(decimals.length))) return undefined;
  if (!isDigits(decimals ?? '')) return undefined;
  let sum = 0n;
  for (const digit of units + (decimals ?? '').padEnd(2, '0')) sum = sum * 10n + BigInt(digit);
  return sum === 0n ? undefined : sum;
}

describe('an amount', () => {
  it('comes back exactly from its text', () => {
    fc.assert(fc.property(cents, (amount) => parseAmount(formatAmount(amount)) === amount));
  });

  it('is written with two decimals, and never as an exponent', () => {
    fc.assert(
      fc.property(cents, (amount) => /^(0|[1-9]\d{0,8})\.\d{2}$/.test(formatAmount(amount))),
    );
    expect([1n, 10n, 123_400n, MAX_CENTS].map(formatAmount)).toEqual([
      '0.01',
      '0.10',
      '1234.00',
      '999999999.99',
    ]);
  });

  it('is read alike by two parsers, whatever the text', () => {
    const nearly = fc.string({
      unit: fc.constantFrom(...'00112359..,-+eE \u00a0\uff11\u0661_x\n'),
      maxLength: 13,
    });
    const written = fc.tuple(fc.nat(2_000_000_000), fc.constantFrom('', '.', '.0', '.5', '.05'));
    const texts = fc.oneof(
      nearly,
      fc.string(),
      written.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(parseAmount(text)).toBe(readByHand(text));
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['0.01', '0.1', '1', '1.5', '1234.50', '999999999.99'])('may be %j', (text) => {
    expect(parseAmount(text)).toBe(readByHand(text));
    expect(parseAmount(text)).toBeGreaterThan(0n);
  });

  it.each([
    ['nothing', ''],
    ['zero', '0'],
    ['zero with decimals', '0.00'],
    ['below zero', '-1'],
    ['a sign', '+1'],
    ['three decimals', '1.005'],
    ['a comma', '1,50'],
    ['a thousands separator', '1,000.00'],
    ['a space', '1 000'],
    ['a no-break space', '1\u00a0000'],
    ['spaces around', ' 1 '],
    ['a line end', '1.00\n'],
    ['a leading zero', '01.00'],
    ['an exponent', '1e3'],
    ['hexadecimal', '0x10'],
    ['a bare dot', '.50'],
    ['a dot at the end', '1.'],
    ['too many digits', '1000000000'],
    ['full-width digits', '\uff11\uff12'],
    ['arabic digits', '\u0661\u0662'],
    ['a word', 'NaN'],
    ['a currency', '1 EUR'],
  ])('is never %s', (_what, text) => {
    expect(parseAmount(text)).toBeUndefined();
  });

  it('below zero is written with its sign', () => {
    expect([-1n, -123_450n, 0n].map(formatAmount)).toEqual(['-0.01', '-1234.50', '0.00']);
  });
});
