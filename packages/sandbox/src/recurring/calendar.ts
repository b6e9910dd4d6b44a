import { dayOf, startOfDay } from '../settlement.js';
import type { Frequency } from './recurring-transfer.js';

const MONTHS: Record<Exclude<Frequency, 'weekly'>, number> = {
  monthly: 1,
  quarterly: 3,
  half_yearly: 6,
  yearly: 12,
};

/** The day of the execution with this number, from 0: the 31st falls on the last day of a shorter month. */
export function executionDay(
  { first, frequency }: { readonly first: string; readonly frequency: Frequency },
  number: number,
): string {
  const start = new Date(startOfDay(first));
  if (frequency === 'weekly') return dayOf(start.getTime() + number * 7 * 86_400_000);
  const months = start.getUTCMonth() + MONTHS[frequency] * number;
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const day = Math.min(start.getUTCDate(), lastDay);
  return dayOf(Date.UTC(start.getUTCFullYear(), months, day));
}
