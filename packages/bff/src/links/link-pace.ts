import { mayBringMoney } from './link-state-machine.js';
import type { Link } from './records.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far before our send a link of the list may have been made and be ours: clocks differ. */
export const LOOK_BACK_MS = 2 * MINUTE;
/** Absence needs three clean listings, the first two minutes before the last. */
export const CLEAN_LISTINGS = 3;
export const CLEAN_LISTINGS_OVER_MS = 120 * SECOND;
/** A request that could not be sent for so long is given up: nothing has left. */
export const SEND_WITHIN_MS = 10 * MINUTE;
export const BANK_DOWN_RETRY_MS = 5 * SECOND;

/** By then our own search has had every chance: the member, who has looked, may say "none". */
const NONE_AFTER_MS = 10 * MINUTE;

export const mayBeNone = (
  { status, firstSentAt }: Pick<Link, 'status' | 'firstSentAt'>,
  now: Date,
): boolean =>
  status === 'unknown' &&
  firstSentAt !== undefined &&
  now.getTime() - firstSentAt.getTime() >= NONE_AFTER_MS;

/** How long to wait for the next look into the list for a link whose answer was lost. */
export const searchMs = (sinceSentMs: number): number =>
  sinceSentMs < 30 * SECOND ? 3 * SECOND : MINUTE;

/** How long to wait for the next look at a link; `undefined`: nothing more can happen to it. */
export function lookMs(
  {
    status,
    reusable,
    payments,
    changedAt,
  }: Pick<Link, 'status' | 'reusable' | 'payments' | 'changedAt'>,
  now: Date,
): number | undefined {
  const ageMs = now.getTime() - changedAt.getTime();
  if (status === 'open' || status === 'processing') return openMs(ageMs);
  if (payments.some(mayBringMoney)) return ageMs < DAY ? MINUTE : HOUR;
  // A payment that was begun before may still be told late; so may the one by which it is paid.
  const mayFollow = status === 'expired' || status === 'canceled';
  const isUntold = status === 'paid' && !payments.some((payment) => payment.status === 'paid');
  if (ageMs >= DAY || !(mayFollow || isUntold)) return undefined;
  if (isUntold && ageMs < 10 * MINUTE) return MINUTE;
  return reusable ? HOUR : 10 * MINUTE;
}

function openMs(ageMs: number): number {
  if (ageMs < 10 * MINUTE) return 5 * SECOND;
  if (ageMs < HOUR) return 30 * SECOND;
  return ageMs < DAY ? 5 * MINUTE : HOUR;
}
