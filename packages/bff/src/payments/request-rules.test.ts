import type { PaymentStatus } from '@qonto-pay/shared';
import { describe, expect, it } from 'vitest';
import type { IntentView, ItemState, Member, Payment } from './records.js';
import { canAsk, consentsOf, hasConsent, mayReview } from './request-rules.js';

const NOW = new Date('2026-07-01T10:00:00Z');

const member = (changes: Partial<Member> = {}): Member => ({
  ...{ connectionId: 'mine', organizationId: 'acme', organizationName: 'ACME', role: 'admin' },
  ...{ membershipId: 'm', memberName: 'A', scopes: 'payment.write', signedInAt: NOW },
  ...changes,
});

const payment = (changes: Partial<Payment> = {}): Payment =>
  ({
    ...{ kind: 'request', status: 'requested', organizationId: 'acme', connectionId: 'theirs' },
    intentId: 'in_1',
    ...changes,
  }) as Payment;

describe('hasConsent', () => {
  it('knows a permission by its whole name', () => {
    expect(hasConsent({ scopes: 'a request_review.write b' }, 'review')).toBe(true);
    expect(hasConsent({ scopes: 'request_review.writer' }, 'review')).toBe(false);
    expect(hasConsent({ scopes: '' }, 'ask')).toBe(false);
  });
});

describe('consentsOf', () => {
  it('tells where to allow what is not allowed yet', () => {
    expect(consentsOf('in_1', member({ scopes: 'attachment.write' }))).toEqual({
      documents: null,
      ask: '/pay/in_1/sign-in?reason=consent&for=ask',
      review: '/pay/in_1/sign-in?reason=consent&for=review',
      collect: '/pay/in_1/sign-in?reason=consent&for=collect',
    });
  });
});

describe('mayReview', () => {
  const view = { intent: { id: 'in_1' } as IntentView['intent'] };

  it.each(['owner', 'admin', 'manager'])('lets an %s of the same organisation decide', (role) => {
    expect(mayReview(view, payment(), member({ role }))).toBe(true);
  });

  it.each<[string, Partial<Payment>, Partial<Member>]>([
    ['an employee', {}, { role: 'employee' }],
    ['a role that nobody knows', {}, { role: '' }],
    ['the member who asked', { connectionId: 'mine' }, {}],
    ['another organisation', {}, { organizationId: 'solo' }],
    ['a payment that is no request', { kind: 'transfer' }, {}],
    ['a request that somebody approves', { status: 'approval_needed' }, {}],
    ['a request that was decided', { status: 'denied' }, {}],
    ['a request of which the page shows but a row', { intentId: 'in_2' }, {}],
  ])('does not let it be decided: %s', (_what, ofPayment, ofMember) => {
    expect(mayReview(view, payment(ofPayment), member(ofMember))).toBe(false);
  });
});

describe('canAsk', () => {
  const state = (status: ItemState['status'], changes: Partial<ItemState> = {}) =>
    ({ index: 0, status, connectionId: 'mine', ...changes }) as ItemState;
  const view = (item: ItemState, shown?: Partial<Payment>): IntentView => ({
    ...{ now: NOW, isSignedOut: false, attempt: undefined, items: [item] },
    intent: { id: 'in_1', expiresAt: new Date('2026-08-01') } as IntentView['intent'],
    payment: shown && ({ intentId: 'in_1', connectionId: 'mine', ...shown } as Payment),
  });

  it('lets a member ask who may not pay', () => {
    expect(canAsk(view(state('open')), member(), true)).toBe(true);
    expect(canAsk(view(state('open')), member(), false)).toBe(false);
  });

  it.each(['needs-approver', 'approver-missing', 'not-allowed', 'bulk-not-allowed'] as const)(
    'lets a member ask whose payment was refused: %s',
    (reason) => {
      expect(canAsk(view(state('declined', { reason })), member(), false)).toBe(true);
      const another = state('declined', { reason, connectionId: 'theirs' });
      expect(canAsk(view(another), member(), false)).toBe(false);
    },
  );

  it('offers it after no other refusal', () => {
    const short = state('declined', { reason: 'insufficient-funds' });
    expect(canAsk(view(short), member(), false)).toBe(false);
  });

  it.each<PaymentStatus>(['requested', 'approval_needed', 'processing', 'settled', 'held'])(
    'offers nothing while it is %s',
    (status) => {
      expect(canAsk(view(state(status), { status }), member(), true)).toBe(false);
    },
  );
});
