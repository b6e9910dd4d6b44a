import { expect, it } from 'vitest';
import { RecentPayments } from './recent-payments.js';

const DAY_MS = 86_400_000;

it('sums what one payee was ordered within 24 hours (facts 4.4)', () => {
  const recent = new RecentPayments();
  expect(recent.add('a', { at: 0, cents: 100 })).toBe(100);
  expect(recent.add('b', { at: 1, cents: 5 })).toBe(5);
  expect(recent.add('a', { at: DAY_MS - 1, cents: 10 })).toBe(110);
  expect(recent.add('a', { at: DAY_MS, cents: 1 })).toBe(11);
});

it('keeps the sum of a long list', () => {
  const recent = new RecentPayments();
  for (let at = 0; at < 5_000; at++) recent.add('a', { at, cents: 1 });
  expect(recent.add('a', { at: DAY_MS + 2_999, cents: 1 })).toBe(2_001);
  expect(recent.add('a', { at: 3 * DAY_MS, cents: 1 })).toBe(1);
});
