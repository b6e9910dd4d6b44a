// Qonto is a French bank: its days, and so its scheduled dates, begin at midnight in Paris.
const formatDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' });

/** The bank's day at this moment, as YYYY-MM-DD. */
export const bankDay = (at: Date): string => formatDay.format(at);

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** YYYY-MM-DD, of a day that exists. */
export function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/**
 * When a row is sent: `undefined` at once, else a later day (`due`: its due date, where that is
 * still to come).
 */
export function executionDay(
  payOn: string,
  dueDate: string | undefined,
  now: Date,
): string | undefined {
  const wanted = payOn === 'due' ? dueDate : payOn === 'now' ? undefined : payOn;
  return wanted !== undefined && wanted > bankDay(now) ? wanted : undefined;
}
