import { expect, it } from 'vitest';
import { daysOf, type Period } from './period.js';

const SUNDAY = Date.parse('2026-03-01T10:00:00Z');

it.each<[Period, string, string]>([
  ['today', '2026-03-01', '2026-03-01'],
  ['yesterday', '2026-02-28', '2026-02-28'],
  ['this_week', '2026-02-23', '2026-03-01'],
  ['past_week', '2026-02-16', '2026-02-22'],
  ['this_month', '2026-03-01', '2026-03-31'],
  ['past_month', '2026-02-01', '2026-02-28'],
])('knows the days of %s, from %s to %s (facts 4.14)', (period, first, last) => {
  expect(daysOf(period, SUNDAY)).toEqual({ first, last });
});
