import { expect, it } from 'vitest';
import { executionDay } from './calendar.js';

it.each([
  ['weekly', ['2026-01-31', '2026-02-07', '2026-02-14']],
  ['monthly', ['2026-01-31', '2026-02-28', '2026-03-31']],
  ['quarterly', ['2026-01-31', '2026-04-30', '2026-07-31']],
  ['half_yearly', ['2026-01-31', '2026-07-31', '2027-01-31']],
  ['yearly', ['2026-01-31', '2027-01-31', '2028-01-31']],
] as const)(
  'executes %s from the 31st without leaving a month out (facts 4.6)',
  (frequency, days) => {
    const wish = { first: '2026-01-31', frequency };
    expect(days.map((_day, index) => executionDay(wish, index))).toEqual(days);
  },
);

it('knows leap days (facts 4.6)', () => {
  const wish = { first: '2028-02-29', frequency: 'yearly' } as const;
  expect([1, 4].map((number) => executionDay(wish, number))).toEqual(['2029-02-28', '2032-02-29']);
});
