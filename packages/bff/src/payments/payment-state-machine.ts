import { isFinal, type PaymentStatus } from '@qonto-pay/shared';
import { IllegalTransitionError } from './errors.js';
import type { Payment } from './records.js';

/**
 * Which status may follow which, as data. Whatever an attempt with an unanswered send learns, it
 * may leave `unknown` only by money found or by absence proved (I-5).
 */
export const TRANSITIONS: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  // `failed`: what was confirmed no longer holds, and nothing was sent.
  confirmed: ['sending', 'failed', 'canceled'],
  sending: [
    'approval_needed',
    'not_enrolled',
    'scheduled',
    'processing',
    'settled',
    'declined',
    'canceled',
    'failed',
    'unknown',
    'held',
  ],
  // Back to `confirmed`: "send again" or another method opens a new attempt (I-4).
  approval_needed: ['confirmed', 'approved', 'denied', 'expired', 'canceled', 'unknown'],
  // Back to `approval_needed`: the bank answered the replay with a new challenge.
  approved: [
    'approval_needed',
    'scheduled',
    'processing',
    'settled',
    'declined',
    'canceled',
    'not_enrolled',
    'expired',
    'failed',
    'unknown',
    'held',
  ],
  requested: ['scheduled', 'processing', 'settled', 'declined', 'denied', 'canceled', 'held'],
  scheduled: ['processing', 'settled', 'partially_settled', 'declined', 'canceled', 'held'],
  processing: [
    'scheduled',
    'settled',
    'sent_unconfirmed',
    'partially_settled',
    'declined',
    'canceled',
    'held',
  ],
  unknown: ['scheduled', 'processing', 'settled', 'declined', 'canceled', 'failed', 'held'],
  held: [
    'scheduled',
    'processing',
    'settled',
    'partially_settled',
    'declined',
    'canceled',
    'failed',
  ],
  settled: [],
  sent_unconfirmed: [],
  partially_settled: [],
  declined: [],
  denied: [],
  expired: [],
  not_enrolled: [],
  canceled: [],
  failed: [],
};

/**
 * What a request to colleagues may do besides. It stays at the bank whatever becomes of one
 * colleague's approval, and its own status there tells what an unanswered call has done.
 */
export const REQUEST_TRANSITIONS: Readonly<
  Partial<Record<PaymentStatus, readonly PaymentStatus[]>>
> = {
  confirmed: ['requested'],
  sending: ['requested', 'denied'],
  approval_needed: ['requested'],
  approved: ['requested', 'denied'],
  requested: ['confirmed'],
  unknown: ['requested', 'denied'],
};

type Kind = Payment['kind'];

export const canTransition = (from: PaymentStatus, to: PaymentStatus, kind?: Kind): boolean =>
  TRANSITIONS[from].includes(to) ||
  (kind === 'request' && (REQUEST_TRANSITIONS[from]?.includes(to) ?? false));

/** @throws IllegalTransitionError when the table does not allow it. */
export function assertTransition(from: PaymentStatus, to: PaymentStatus, kind?: Kind): void {
  if (!canTransition(from, to, kind)) throw new IllegalTransitionError(`${from} -> ${to}`);
}

/** Nobody has to look at the payment any more. A held one waits for a person. */
export const isAtRest = (status: PaymentStatus): boolean => isFinal(status) || status === 'held';
