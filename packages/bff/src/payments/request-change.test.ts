import { isReleased, PAYMENT_STATUSES } from '@qonto-pay/shared';
import { describe, expect, it } from 'vitest';
import { endedWithoutMoney } from './attempt-endings.js';
import { canTransition } from './payment-state-machine.js';
import type { AttemptKind, BankTransferRequest } from './ports.js';
import type { LeasedAttempt } from './records.js';
import { requestChange } from './request-change.js';

const AT = new Date('2026-07-01T10:00:00Z');
const request = (status: BankTransferRequest['status']): BankTransferRequest => ({
  ...{ id: 'r-1', status, note: 'QP-ABCD1234', createdAt: AT, processedAt: AT },
});

describe('requestChange', () => {
  it.each([
    ['pending', 'requested'],
    ['unrecognized', 'requested'],
    ['approved', 'processing'],
    ['declined', 'denied'],
    ['canceled', 'canceled'],
  ] as const)('reads %s as %s', (status, to) => {
    const change = requestChange(request(status));
    expect(change).toMatchObject({ to, note: { bankId: 'r-1', unanswered: false } });
    for (const from of ['sending', 'unknown'] as const) {
      expect([from, canTransition(from, to, 'request')]).toEqual([from, true]);
    }
  });

  it('begins to look for transfers a while before the approval', () => {
    const { note } = requestChange(request('approved'));
    expect(note).toMatchObject({ followedUntil: new Date('2026-07-01T09:58:00Z'), reason: null });
  });
});

const leased = (kind: AttemptKind) => ({ attempt: { kind } }) as LeasedAttempt;

describe('endedWithoutMoney', () => {
  it.each(PAYMENT_STATUSES.filter(isReleased))('of an approval leaves the request: %s', (to) => {
    const change = { to, cause: 'why', note: { reason: 'insufficient-funds' as const } };
    expect(endedWithoutMoney(leased('request-approval'), change)).toEqual({
      ...{ ...change, to: 'requested', nextInMs: 0 },
    });
    for (const kind of ['transfer', 'bulk', 'request'] as const) {
      expect(endedWithoutMoney(leased(kind), change)).toBe(change);
    }
  });

  it.each(['processing', 'unknown', 'approval_needed'] as const)('is not %s', (to) => {
    const change = { to, cause: 'why' };
    expect(endedWithoutMoney(leased('request-approval'), change)).toBe(change);
  });
});
