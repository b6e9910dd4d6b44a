import { dayOf } from '../settlement.js';

export const PERIODS = [
  'today',
  'yesterday',
  'this_week',
  'past_week',
  'this_month',
  'past_month',
] as const;
export type Period = (typeof PERIODS)[number];

const DAY_MS = 86_400_000;

/** The first and the last day of a period, as seen from now. Weeks begin on Monday. */
export function daysOf(period: Period, now: number): { first: string; last: string } {
  const date = new Date(now);
  const sinceMonday = (date.getUTCDay() + 6) % 7;
  const monday = now - sinceMonday * DAY_MS;
  const month = (monthsAgo: number, day: number) =>
    dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - monthsAgo, day));
  switch (period) {
    case 'today':
      return { first: dayOf(now), last: dayOf(now) };
    case 'yesterday':
      return { first: dayOf(now - DAY_MS), last: dayOf(now - DAY_MS) };
    case 'this_week':
      return { first: dayOf(monday), last: dayOf(monday + 6 * DAY_MS) };
    case 'past_week':
      return { first: dayOf(monday - 7 * DAY_MS), last: dayOf(monday - DAY_MS) };
    case 'this_month':
      return { first: month(0, 1), last: month(-1, 0) };
    case 'past_month':
      return { first: month(1, 1), last: month(0, 0) };
  }
}
