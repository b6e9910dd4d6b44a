import { PAYMENT_STATUSES, type PaymentStatus, Snapshot } from '@qonto-pay/shared';
import { describe, expect, it } from 'vitest';
import type { IntentView, ItemState, Payment } from './records.js';
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
      attachments: [],
    },
  ],
};

const payment = (status: PaymentStatus): Payment => ({
  id: 'pay_secret',
  partnerId: 'secret-partner',
  intentId: 'in_1',
  connectionId: 'secret-connection',
  organizationId: 'secret-organisation',
  kind: 'transfer',
  status,
  reason: 'insufficient-funds',
  version: 3,
  accountId: 'secret-account',
  accountName: 'Secret account',
  accountIban: 'FR7610278008281039295362036',
  amountCents: 123_450n,
  bankId: 'secret-bulk',
  items: [],
  createdAt: at(-1),
  updatedAt: at(-1),
});

const state = (index: number, status: ItemState['status']): ItemState => ({
  index,
  status,
  reason: 'insufficient-funds',
  scheduledOn: undefined,
  transferId: 'secret-transfer',
  paymentId: 'pay_secret',
  connectionId: 'secret-connection',
});

function view(status?: PaymentStatus, changes: Partial<IntentView['intent']> = {}): IntentView {
  return {
    intent: { ...INTENT, ...changes },
    items: [state(0, status ?? 'open')],
    payment: status && payment(status),
    attempt: status && {
      kind: 'transfer',
      connectionId: 'secret-connection',
      tag: 'QP-SECRETXX',
      approvalMethod: 'passkey',
      challengedAt: at(-1),
      approvalExpiresAt: at(14),
    },
    now: NOW,
    isSignedOut: false,
  };
}

const shown = (...given: Parameters<typeof view>) => snapshotOf(view(...given));

/** An intent of several rows, whose own payment has this status. */
function many(statuses: ItemState['status'][], own?: PaymentStatus) {
  const items = statuses.map((status, index) => state(index, status));
  return snapshotOf({ ...view(own), items });
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

describe('the public snapshot of many rows', () => {
  it('shares the status of its own payment until the bank has accepted it', () => {
    expect(many(['approval_needed', 'approval_needed', 'open'], 'approval_needed')).toMatchObject({
      status: 'approval_needed',
      why: 'in-progress',
      nextAction: 'phone',
      final: false,
      items: [{ status: 'approval_needed' }, { status: 'approval_needed' }, { status: 'open' }],
    });
  });

  it('tells each row by itself afterwards, and lets the failed ones be paid anew', () => {
    expect(many(['processing', 'settled', 'declined'], 'processing')).toMatchObject({
      status: 'processing',
      payable: true,
      final: false,
      nextAction: 'wait',
    });
    expect(many(['settled', 'settled', 'declined'], 'partially_settled')).toMatchObject({
      status: 'partially_settled',
      payable: true,
      final: true,
      nextAction: 'open',
    });
  });

  it('is settled only when every row is, whoever paid it', () => {
    expect(many(['settled', 'settled'], 'settled')).toMatchObject({
      status: 'settled',
      why: 'paid',
      final: true,
    });
    expect(many(['settled', 'open'])).toMatchObject({ status: 'partially_settled', payable: true });
  });

  it('is locked while another payment holds every row', () => {
    expect(many(['processing', 'settled'])).toMatchObject({ why: 'in-progress', payable: false });
  });

  it('goes on with the rows that are free while one row waits for a person', () => {
    expect(many(['held', 'settled', 'open'], 'held')).toMatchObject({
      status: 'held',
      payable: true,
      final: false,
    });
  });

  it('ends as its tried rows have ended, the others staying open', () => {
    expect(many(['denied', 'denied', 'open'], 'denied')).toMatchObject({
      status: 'denied',
      final: true,
      payable: true,
    });
  });
});
