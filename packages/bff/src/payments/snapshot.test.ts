import { PAYMENT_STATUSES, type PaymentStatus, Snapshot } from '@qonto-pay/shared';
import { describe, expect, it } from 'vitest';
import type { IntentView, Payment } from './records.js';
import { snapshotOf } from './snapshot.js';

const NOW = new Date('2026-11-20T10:00:00Z');
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

const INTENT: IntentView['intent'] = {
  id: 'in_1',
  partnerId: 'secret-partner',
  amountCents: 123_450n,
  returnUrl: 'https://app.partner.com/invoices/1',
  seq: 7,
  pageSeenAt: undefined,
  withdrawnAt: undefined,
  createdAt: at(-60),
  expiresAt: at(60),
  items: [
    {
      index: 0,
      externalRef: 'INV-1042',
      amountCents: 123_450n,
      payeeName: 'Secret Payee',
      payeeIban: 'FR7610278008281039295362036',
      reference: 'Secret reference',
      remittance: 'Secret reference',
      dueDate: undefined,
    },
  ],
};

const payment = (status: PaymentStatus): Payment => ({
  id: 'pay_secret',
  partnerId: 'secret-partner',
  intentId: 'in_1',
  connectionId: 'secret-connection',
  organizationId: 'secret-organisation',
  status,
  reason: 'insufficient-funds',
  version: 3,
  accountId: 'secret-account',
  accountName: 'Secret account',
  beneficiaryId: 'secret-beneficiary',
  payeeName: 'Secret Payee',
  payeeIban: 'FR7610278008281039295362036',
  amountCents: 123_450n,
  transferId: 'secret-transfer',
  payeeVerified: true,
  externalRefs: ['INV-1042'],
  createdAt: at(-1),
  updatedAt: at(-1),
});

function shown(status?: PaymentStatus, changes: Partial<IntentView['intent']> = {}) {
  return snapshotOf({
    intent: { ...INTENT, ...changes },
    payment: status && payment(status),
    attempt: status && {
      approvalMethod: 'passkey',
      challengedAt: at(-1),
      approvalExpiresAt: at(14),
    },
    now: NOW,
    isSignedOut: false,
  });
}

describe('the public snapshot', () => {
  it.each([undefined, ...PAYMENT_STATUSES])(
    'has exactly the fields of the contract (%s)',
    (status) => {
      expect(Object.keys(shown(status)).sort()).toEqual([
        'amount',
        'count',
        'currency',
        'expiresAt',
        'final',
        'id',
        'items',
        'kind',
        'nextAction',
        'pageSeenAt',
        'payable',
        'seq',
        'serverTime',
        'status',
        'why',
      ]);
      expect(Snapshot.parse(shown(status))).toEqual(shown(status));
    },
  );

  it.each(PAYMENT_STATUSES)('tells nothing of payer and payee (%s)', (status) => {
    const text = JSON.stringify(shown(status)).toLowerCase();
    for (const secret of ['secret', 'FR76', 'passkey', 'insufficient', 'enrolled', 'inv-1042']) {
      expect(text).not.toContain(secret.toLowerCase());
    }
  });

  it('of an intent that nobody has paid yet says so', () => {
    expect(shown()).toEqual({
      id: 'in_1',
      seq: 7,
      kind: 'transfer',
      status: 'open',
      final: false,
      payable: true,
      why: null,
      count: 1,
      amount: '1234.50',
      currency: 'EUR',
      items: [{ index: 0, status: 'open' }],
      nextAction: 'open',
      pageSeenAt: null,
      expiresAt: null,
      serverTime: '2026-11-20T10:00:00.000Z',
    });
  });

  it('counts down only while the phone is waited for', () => {
    expect(shown('approval_needed').expiresAt).toBe(at(14).toISOString());
    const others = PAYMENT_STATUSES.filter((status) => status !== 'approval_needed');
    for (const status of others) expect(shown(status).expiresAt).toBeNull();
  });

  it.each<[PaymentStatus, Partial<Snapshot>]>([
    ['confirmed', { why: 'in-progress', payable: false, nextAction: 'wait', final: false }],
    ['sending', { why: 'in-progress', payable: false, nextAction: 'wait', final: false }],
    ['approval_needed', { why: 'in-progress', payable: false, nextAction: 'phone', final: false }],
    ['approved', { status: 'approval_needed', why: 'in-progress', payable: false, final: false }],
    ['unknown', { why: 'in-progress', payable: false, nextAction: 'wait', final: false }],
    ['held', { why: 'in-progress', payable: false, nextAction: 'wait', final: false }],
    ['processing', { why: 'in-progress', payable: false, nextAction: 'wait', final: false }],
    ['settled', { why: 'paid', payable: false, nextAction: 'none', final: true }],
    ['sent_unconfirmed', { why: 'paid', payable: false, nextAction: 'none', final: true }],
    ['partially_settled', { why: 'paid', payable: false, nextAction: 'none', final: true }],
    ['declined', { why: null, payable: true, nextAction: 'open', final: true }],
    ['not_enrolled', { status: 'declined', why: null, nextAction: 'open', final: true }],
    ['denied', { why: null, payable: true, final: true }],
    ['expired', { why: null, payable: true, final: true }],
    ['canceled', { why: null, payable: true, final: true }],
    ['failed', { why: null, payable: true, final: true }],
  ])('of a payment that is %s', (status, expected) => {
    expect(shown(status)).toMatchObject(expected);
  });

  it('says the same of a declined payment and of a missing device', () => {
    expect(shown('not_enrolled')).toEqual(shown('declined'));
  });

  it('of a withdrawn or lapsed intent cannot be paid, unless a payment says more', () => {
    expect(shown(undefined, { withdrawnAt: at(-1) })).toMatchObject({
      payable: false,
      why: 'withdrawn',
      nextAction: 'none',
    });
    expect(shown(undefined, { expiresAt: NOW })).toMatchObject({ payable: false, why: 'lapsed' });
    expect(shown('denied', { withdrawnAt: at(-1) })).toMatchObject({ why: 'withdrawn' });
    expect(shown('settled', { expiresAt: at(-1) })).toMatchObject({ why: 'paid' });
    expect(shown('unknown', { expiresAt: at(-1) })).toMatchObject({ why: 'in-progress' });
  });
});
