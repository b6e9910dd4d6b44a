import { isFinal, PAYMENT_STATUSES, type PaymentStatus } from '@qonto-pay/shared';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IllegalTransitionError } from './errors.js';
import { afterChange, isAllAtRest, openItems, statusOfItems } from './payment-items.js';
import { canTransition } from './payment-state-machine.js';
import type { Payment, PaymentItem } from './records.js';

const AT = new Date('2026-11-20T10:00:00Z');

const item = (index: number, status: PaymentStatus): PaymentItem => ({
  index,
  externalRef: `INV-${index}`,
  amountCents: 100n,
  payeeName: 'Atelier',
  payeeIban: 'FR7610278008281039295362036',
  beneficiaryId: undefined,
  remittance: 'Invoice',
  scheduledOn: undefined,
  clientTransferId: `client-${index}`,
  status,
  reason: undefined,
  transferId: undefined,
  payeeVerified: false,
});

const payment = (statuses: PaymentStatus[], status = statusOfItems(statuses)): Payment => ({
  id: 'pay_1',
  partnerId: 'ledgerly',
  intentId: 'in_1',
  connectionId: 'c',
  organizationId: 'o',
  kind: 'bulk',
  status,
  reason: undefined,
  version: 1,
  accountId: 'a',
  accountName: 'Main',
  accountIban: 'FR76',
  amountCents: 100n * BigInt(statuses.length),
  bankId: undefined,
  items: statuses.map((one, index) => item(index, one)),
  createdAt: AT,
  updatedAt: AT,
});

const anyStatus = fc.constantFrom(...PAYMENT_STATUSES);
const anyStatuses = fc.array(anyStatus, { minLength: 1, maxLength: 400 });

describe('the status of a payment', () => {
  it.each<[PaymentStatus[], PaymentStatus]>([
    [['settled', 'settled'], 'settled'],
    [['settled', 'declined'], 'partially_settled'],
    [['settled', 'canceled', 'failed'], 'partially_settled'],
    [['declined', 'canceled'], 'declined'],
    [['canceled', 'canceled'], 'canceled'],
    [['scheduled', 'scheduled'], 'scheduled'],
    [['scheduled', 'settled'], 'processing'],
    [['processing', 'declined'], 'processing'],
    [['unknown', 'settled'], 'unknown'],
    [['held', 'unknown', 'settled'], 'held'],
  ])('of rows that are %j is %s', (rows, expected) => {
    expect(statusOfItems(rows)).toBe(expected);
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(anyStatuses, (rows) => {
        expect(statusOfItems([...rows].reverse())).toBe(statusOfItems(rows));
      }),
    );
  });

  it('is final exactly when every row is, and says settled only when every row is', () => {
    fc.assert(
      fc.property(anyStatuses, (rows) => {
        const status = statusOfItems(rows);
        expect(isFinal(status)).toBe(rows.every(isFinal));
        expect(status === 'settled').toBe(rows.every((row) => row === 'settled'));
      }),
    );
  });
});

describe('a change', () => {
  it('of the whole reaches every row that has not ended by itself', () => {
    const given = payment(['approval_needed', 'approval_needed']);
    const { status, items, changed } = afterChange(given, {
      to: 'canceled',
      cause: 'canceled-by-payer',
      note: { reason: 'bank-refused' },
    });
    expect(status).toBe('canceled');
    expect(items.map((one) => [one.status, one.reason])).toEqual([
      ['canceled', 'bank-refused'],
      ['canceled', 'bank-refused'],
    ]);
    expect(changed.map(({ index }) => index)).toEqual([0, 1]);
  });

  it('of rows leaves the others, and the payment follows', () => {
    const { status, items, changed } = afterChange(payment(['processing', 'processing']), {
      items: [{ index: 1, to: 'settled', payeeVerified: true }],
      cause: 'bank-reports',
    });
    expect(status).toBe('processing');
    expect(items[0]).toEqual(item(0, 'processing'));
    expect(items[1]).toMatchObject({ status: 'settled', payeeVerified: true });
    expect(changed).toEqual([{ index: 1, from: 'processing', to: 'settled' }]);
  });

  it('that learns something of a row changes no status', () => {
    const { status, changed, items } = afterChange(payment(['processing', 'settled']), {
      items: [{ index: 0, transferId: 't' }],
      cause: 'bank-reports',
    });
    expect({ status, changed }).toEqual({ status: 'processing', changed: [] });
    expect(items[0]?.transferId).toBe('t');
  });

  it('that the table forbids for any row is refused as a whole', () => {
    const given = payment(['processing', 'settled']);
    const change = { items: [{ index: 1, to: 'declined' as const }], cause: 'x' };
    expect(() => afterChange(given, change)).toThrow(IllegalTransitionError);
  });

  it('never revives a row that has ended', () => {
    fc.assert(
      fc.property(anyStatuses, anyStatus, (rows, to) => {
        const given = payment(rows);
        fc.pre(canTransition(given.status, to));
        let result: ReturnType<typeof afterChange>;
        try {
          result = afterChange(given, { to, cause: 'x' });
        } catch (error) {
          expect(error).toBeInstanceOf(IllegalTransitionError);
          return;
        }
        for (const [index, before] of rows.entries()) {
          if (isFinal(before)) expect(result.items[index]?.status).toBe(before);
        }
      }),
    );
  });
});

describe('what is left to follow', () => {
  it('are the rows that neither ended nor wait for a person', () => {
    const given = payment(['settled', 'held', 'processing', 'scheduled']);
    expect(openItems(given).map(({ index }) => index)).toEqual([2, 3]);
    expect(isAllAtRest(given.items)).toBe(false);
    expect(isAllAtRest(payment(['settled', 'held']).items)).toBe(true);
  });
});
