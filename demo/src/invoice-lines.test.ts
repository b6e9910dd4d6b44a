import { describe, expect, it } from 'vitest';
import { totalsOf } from './invoice.js';
import { linesForTotal, ordinaryLines } from './invoice-lines.js';
import { centsOf } from './money.js';

describe('linesForTotal', () => {
  it('adds up to each amount of a range, to the cent', () => {
    for (let cents = 1; cents < 3000; cents += 1) {
      const amount = `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
      expect(totalsOf(linesForTotal(amount)).gross).toBe(amount);
    }
  });

  it.each(['666.01', '666.41', '1234.00', '999999999.99'])('adds up to %s', (amount) => {
    expect(totalsOf(linesForTotal(amount)).gross).toBe(amount);
  });
});

describe('totalsOf', () => {
  it('rounds VAT once per rate', () => {
    const line = { item: 'water', quantity: 1, unitPrice: '0.33', vatPercent: 10 } as const;
    expect(totalsOf([line, line, { ...line, vatPercent: 20 }])).toEqual({
      net: '0.99',
      vatShares: [
        { percent: 10, net: '0.66', vat: '0.07' },
        { percent: 20, net: '0.33', vat: '0.07' },
      ],
      gross: '1.13',
    });
  });

  it('never meets an amount by which the sandbox bank misbehaves', () => {
    for (const n of [0, 1, 2]) {
      const cents = centsOf(totalsOf(ordinaryLines(n)).gross);
      expect(cents < 66_600n || cents > 66_700n).toBe(true);
    }
  });
});
