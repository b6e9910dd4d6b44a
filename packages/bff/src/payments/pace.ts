import type { Attempt } from './records.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Rules of time that the bank or we impose on an attempt, in milliseconds. */
export const APPROVAL_LIFE_MS = 15 * MINUTE;
/** A `deny` of a session this old means that nobody answered (the bank says `deny` for both). */
export const DENY_MEANS_EXPIRED_MS = 895 * SECOND;
/** The bank forgets a key 30 minutes after its first use and would pay again (I-6). */
export const KEY_LIFE_MS = 25 * MINUTE;
export const APPROVAL_END_AFTER_FIRST_SEND_MS = 20 * MINUTE;
/** How far before an event a listing begins: clocks differ. */
export const LOOK_BACK_MS = 2 * MINUTE;
/** Absence needs three clean listings over at least this long. */
export const CLEAN_LISTINGS = 3;
export const CLEAN_LISTINGS_OVER_MS = 120 * SECOND;
/** A confirmed payment that could not be sent for so long is given up: nothing has left. */
export const FIRST_SEND_WITHIN_MS = 10 * MINUTE;
/** For how long a read of `trusted` stands before the send has to read it again. */
export const TRUST_READ_LIFE_MS = 10 * SECOND;
export const FRESH_SIGN_IN_MS = 15 * MINUTE;
/** The bank honours a proof for 23 hours; one is kept for the replay. */
export const PROOF_LIFE_MS = 22 * 60 * MINUTE;

/** How long to wait for the next poll of an approval of this age (design: the bank's budget). */
export function approvalPollMs(ageMs: number): number {
  if (ageMs < 20 * SECOND) return SECOND;
  if (ageMs < 60 * SECOND) return 2 * SECOND;
  return ageMs < 5 * MINUTE ? 5 * SECOND : 10 * SECOND;
}

/** How long to wait for the next look at an accepted transfer of this age. */
export function settlementPollMs(ageMs: number): number {
  if (ageMs < 20 * SECOND) return SECOND;
  if (ageMs < 2 * MINUTE) return 3 * SECOND;
  if (ageMs < 10 * MINUTE) return 10 * SECOND;
  return ageMs < 60 * MINUTE ? MINUTE : 10 * MINUTE;
}

/** No resend sooner than this after the last one (I-6). */
export const resendAfterMs = ({ kind }: Pick<Attempt, 'kind'>): number =>
  (kind === 'bulk' ? 90 : 30) * SECOND;

/** How long to wait before the next look for a transfer whose send was not answered. */
export function reconcileMs(attempt: Pick<Attempt, 'kind' | 'sends'>): number {
  const factor = 2 ** Math.max(0, attempt.sends - 1);
  return Math.min(resendAfterMs(attempt) * factor, 4 * MINUTE);
}

/** How long to wait for the next look at a request that a colleague has not decided yet. */
export const requestPollMs = (ageMs: number): number => {
  if (ageMs < 2 * MINUTE) return 3 * SECOND;
  return ageMs < 30 * MINUTE ? 10 * SECOND : MINUTE;
};

export const later = (one: Date, other: Date): Date => (one > other ? one : other);

export const plus = (date: Date, ms: number): Date => new Date(date.getTime() + ms);

export const earlier = (one: Date, other: Date): Date => (one < other ? one : other);
