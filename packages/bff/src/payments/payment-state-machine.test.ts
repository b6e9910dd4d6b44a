import { isFinal, isReleased, PAYMENT_STATUSES, type PaymentStatus } from '@qonto-pay/shared';
import { describe, expect, it } from 'vitest';
import { IllegalTransitionError } from './errors.js';
import {
  assertTransition,
  canTransition,
  isAtRest,
  REQUEST_TRANSITIONS,
  TRANSITIONS,
} from './payment-state-machine.js';

/** Written down a second time, from the design's table of statuses: who may follow whom. */
const EXPECTED: Record<PaymentStatus, string> = {
  confirmed: 'sending failed canceled',
  sending:
    'approval_needed not_enrolled scheduled processing settled declined canceled failed unknown held',
  approval_needed: 'confirmed approved denied expired canceled unknown',
  approved:
    'approval_needed not_enrolled scheduled processing settled declined canceled expired failed unknown held',
  requested: 'scheduled processing settled declined denied canceled held',
  scheduled: 'processing settled partially_settled declined canceled held',
  processing: 'scheduled settled sent_unconfirmed partially_settled declined canceled held',
  unknown: 'scheduled processing settled declined canceled failed held',
  held: 'scheduled processing settled partially_settled declined canceled failed',
  settled: '',
  sent_unconfirmed: '',
  partially_settled: '',
  declined: '',
  denied: '',
  expired: '',
  not_enrolled: '',
  canceled: '',
  failed: '',
};

const PAIRS = PAYMENT_STATUSES.flatMap((from) =>
  PAYMENT_STATUSES.map((to) => ({ from, to, allowed: EXPECTED[from].split(' ').includes(to) })),
);

/** Whatever can be reached from here, in any number of steps. */
function reachable(from: PaymentStatus): Set<PaymentStatus> {
  const seen = new Set<PaymentStatus>([from]);
  for (const one of seen) for (const next of TRANSITIONS[one]) seen.add(next);
  return seen;
}

describe('the table of transitions', () => {
  it.each(PAIRS.filter(({ allowed }) => allowed))('lets $from become $to', ({ from, to }) => {
    expect(canTransition(from, to)).toBe(true);
    expect(() => assertTransition(from, to)).not.toThrow();
  });

  it.each(PAIRS.filter(({ allowed }) => !allowed))('keeps $from from $to', ({ from, to }) => {
    expect(canTransition(from, to)).toBe(false);
    expect(() => assertTransition(from, to)).toThrow(IllegalTransitionError);
  });

  it.each(PAYMENT_STATUSES)('leads from %s to an end', (status) => {
    expect([...reachable(status)].some(isFinal)).toBe(true);
  });

  it.each(PAYMENT_STATUSES.filter(isFinal))('ends at %s', (status) => {
    expect(TRANSITIONS[status]).toEqual([]);
  });

  it('lets unknown go only by money found, absence proved, or to a person', () => {
    const byMoneyFound = ['scheduled', 'processing', 'settled', 'declined', 'canceled'];
    expect([...TRANSITIONS.unknown].sort()).toEqual([...byMoneyFound, 'failed', 'held'].sort());
    for (const guess of ['denied', 'expired', 'not_enrolled', 'approval_needed'] as const) {
      expect(reachable('unknown')).not.toContain(guess);
    }
  });

  it('never says that nothing moved once the bank has accepted, but by its own word', () => {
    for (const accepted of ['scheduled', 'processing'] as const) {
      const released = TRANSITIONS[accepted].filter(isReleased);
      expect([...released].sort()).toEqual(['canceled', 'declined']);
    }
  });

  it('asks anew only while an approval is waited for', () => {
    expect(PAYMENT_STATUSES.filter((status) => canTransition(status, 'confirmed'))).toEqual([
      'approval_needed',
    ]);
  });

  it('leaves a payment alone when it is final or a person must look', () => {
    expect(PAYMENT_STATUSES.filter((status) => isAtRest(status) && !isFinal(status))).toEqual([
      'held',
    ]);
    expect(PAYMENT_STATUSES.filter((status) => isFinal(status) && !isAtRest(status))).toEqual([]);
  });

  it('lets a request to colleagues go back to waiting, and nothing else', () => {
    for (const from of [
      'confirmed',
      'sending',
      'approval_needed',
      'approved',
      'unknown',
    ] as const) {
      expect(canTransition(from, 'requested', 'request')).toBe(true);
      expect(canTransition(from, 'requested', 'bulk')).toBe(false);
    }
    const extra = Object.values(REQUEST_TRANSITIONS).flat();
    expect(new Set(extra)).toEqual(new Set(['requested', 'confirmed', 'denied']));
  });
});
