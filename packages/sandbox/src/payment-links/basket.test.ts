import { expect, it } from 'vitest';
import { grossCentsOf } from './basket.js';

const item = (value: string, quantity: number, vat_rate: string) => ({
  ...{ title: 'Item', quantity, vat_rate },
  unit_price: { value, currency: 'EUR' },
});

it.each([
  ['10.99', 1, '21.0', 1330],
  ['10.99', 3, '21.0', 3989],
  ['0.50', 1, '1', 51],
  ['0.05', 1, '10', 6],
  ['0.04', 1, '10', 4],
  ['100', 2.5, '5.5', 26_375],
  ['12.00', 1, '0', 1200],
])(
  'makes of %s × %s with %s %% VAT %s cents, half up (facts 4.10)',
  (value, quantity, vat, cents) => {
    expect(grossCentsOf([item(value, quantity, vat)])).toBe(cents);
  },
);

it('adds the rows up (facts 4.10)', () => {
  expect(grossCentsOf([item('10.99', 1, '21.0'), item('10.99', 1, '21.0')])).toBe(2660);
});

it.each([
  ['-1', 1, '20'],
  ['1.0001', 1, '20'],
  ['1e3', 1, '20'],
  ['1', 1, 'twenty'],
  ['0', 1, '20'],
  ['1', 1e21, '20'],
])('takes no row of %s × %s with %s %% VAT (facts 4.10)', (value, quantity, vat) => {
  expect(grossCentsOf([item(value, quantity, vat)])).toBeUndefined();
});
