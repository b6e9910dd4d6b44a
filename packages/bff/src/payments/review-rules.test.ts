import { formatAmount } from '@qonto-pay/shared';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckResult, KnownPayee } from './ports.js';
import type { Intent, IntentItem, ReviewRecord } from './records.js';
import { type ReviewParts, reviewOf } from './review-rules.js';

const NOW = new Date('2026-11-20T10:00:00Z');
const IBAN = 'FR7610278008281039295362036';
const OTHER_IBAN = 'FR7614508012341040087295167';

const row = (index: number, changes: Partial<IntentItem> = {}): IntentItem => ({
  index,
  externalRef: `INV-${index}`,
  amountCents: 10_000n,
  payeeName: `Supplier ${index}`,
  payeeIban: index % 2 === 0 ? IBAN : OTHER_IBAN,
  reference: 'Invoice',
  remittance: 'Invoice',
  dueDate: undefined,
  attachments: [],
  ...changes,
});

const intentOf = (items: IntentItem[]): Intent => ({
  id: 'in_1',
  partnerId: 'ledgerly',
  amountCents: items.reduce((sum, { amountCents }) => sum + amountCents, 0n),
  returnUrl: 'https://app.partner.com/',
  seq: 1,
  pageSeenAt: undefined,
  withdrawnAt: undefined,
  createdAt: NOW,
  expiresAt: new Date('2026-12-20T10:00:00Z'),
  items,
});

const RECORD: ReviewRecord = {
  version: 3,
  accountId: undefined,
  selection: undefined,
  payOn: 'now',
  known: new Map(),
  results: new Map(),
  freshAfter: undefined,
  check: undefined,
};

const checked = (rows: number[], status: 'running' | 'done' = 'done'): ReviewRecord['check'] => ({
  ...{ id: 'check', rows, status, startedAt: NOW },
  ...{ proof: 'proof', failure: undefined },
});

const results = (found: Record<number, CheckResult>): ReviewRecord['results'] =>
  new Map(
    Object.entries(found).map(([index, result]) => [
      Number(index),
      { result, bankName: undefined, was: undefined },
    ]),
  );

const known = (...payees: Partial<KnownPayee>[]): ReviewRecord['known'] =>
  new Map(
    payees.map((payee) => {
      const whole = { id: 'b', name: 'Supplier 0', iban: IBAN, trusted: true, ...payee };
      return [whole.iban, whole];
    }),
  );

function review(items: IntentItem[], changes: Partial<ReviewParts> = {}) {
  const all = items.map(({ index }) => index);
  return reviewOf({
    intent: intentOf(items),
    now: NOW,
    record: RECORD,
    free: all,
    rows: all,
    selectable: 'many',
    accounts: [{ id: 'a', name: 'Main', iban: IBAN, balanceCents: 1_000_000n, main: true }],
    documents: new Map(),
    lastIbans: new Map(),
    ...changes,
  });
}

describe('the review of many rows', () => {
  it('sums up exactly the selected rows, in cents', () => {
    const rows = fc.array(fc.bigInt(1n, 99_999_999_999n), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.boolean()), (amounts, choice) => {
        const items = amounts.map((amountCents, index) => row(index, { amountCents }));
        const selected = items.filter(() => choice.next().value).map(({ index }) => index);
        const sum = selected.reduce((total, index) => total + (amounts[index] ?? 0n), 0n);
        const shown = review(items, { rows: selected });
        expect(shown.amount).toBe(formatAmount(sum));
        expect(shown.count).toBe(selected.length);
      }),
    );
  });

  it('has a check only of exactly the selected rows', () => {
    const items = [row(0), row(1), row(2)];
    const record = { ...RECORD, check: checked([0, 1]) };
    expect(review(items, { record, rows: [0, 1] }).check).toBe('done');
    expect(review(items, { record, rows: [0] }).check).toBe('needed');
    expect(review(items, { record, rows: [0, 1, 2] }).check).toBe('needed');
    expect(review(items, { rows: [0] }).check).toBe('needed');
    const running = { ...RECORD, check: checked([0, 1], 'running') };
    expect(review(items, { record: running, rows: [0, 1] }).check).toBe('pending');
  });

  it('asks for a decision wherever the bank did not say "match"', () => {
    const found = results({ 0: 'match', 1: 'close_match', 2: 'no_match', 3: 'not_possible' });
    const items = [row(0), row(1), row(2, { payeeIban: 'X' }), row(3, { payeeIban: 'Y' })];
    const shown = review(items, { record: { ...RECORD, results: found } });
    expect(shown.items.map(({ decisionNeeded }) => decisionNeeded)).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(shown.decisionNeeded).toBe(true);
    const only = review(items, { record: { ...RECORD, results: found }, rows: [0] });
    expect(only.decisionNeeded).toBe(false);
  });

  it('warns of two names on one IBAN, among the selected rows only', () => {
    const items = [row(0, { payeeName: 'Café Noir' }), row(2, { payeeName: 'Somebody else' })];
    expect(review(items).items.map(({ warnings }) => warnings)).toEqual([
      ['shared-iban'],
      ['shared-iban'],
    ]);
    expect(review(items, { rows: [0] }).items[0]?.warnings).toEqual([]);
    const same = [row(0, { payeeName: 'Café Noir' }), row(2, { payeeName: 'CAFE  NOIR' })];
    expect(review(same).items.map(({ warnings }) => warnings)).toEqual([[], []]);
  });

  it('warns of a supplier who was last paid elsewhere', () => {
    const lastIbans = new Map([
      ['Supplier 0', OTHER_IBAN],
      ['Supplier 1', OTHER_IBAN],
    ]);
    const shown = review([row(0), row(1)], { lastIbans });
    expect(shown.items[0]).toMatchObject({
      warnings: ['iban-changed'],
      lastIban: OTHER_IBAN,
      decisionNeeded: true,
    });
    expect(shown.items[1]).toMatchObject({ warnings: [], lastIban: null, decisionNeeded: false });
  });

  it('needs the phone unless every selected payee is trusted', () => {
    const record = { ...RECORD, known: known({}) };
    expect(review([row(0), row(2)], { record }).approval).toBe('none');
    expect(review([row(0), row(1)], { record }).approval).toBe('phone');
    expect(review([row(0)], { record, rows: [] }).approval).toBe('phone');
  });

  it('says instant up to the limits of the bank, and the day where there is one', () => {
    const limits = [row(0, { amountCents: 1_000_000n }), row(2, { amountCents: 1_000_001n })];
    const trusted = { ...RECORD, known: known({}) };
    expect(review(limits, { record: trusted }).items.map(({ speed }) => speed)).toEqual([
      'instant',
      'standard',
    ]);
    const untrusted = [row(1, { amountCents: 500_000n }), row(3, { amountCents: 500_001n })];
    expect(review(untrusted).items.map(({ speed }) => speed)).toEqual(['instant', 'standard']);
    const due = [row(0, { dueDate: '2026-12-01' }), row(1, { dueDate: '2026-11-20' }), row(2)];
    const shown = review(due, { record: { ...RECORD, payOn: 'due' } });
    expect(shown.items.map(({ speed, executesOn }) => [speed, executesOn])).toEqual([
      ['scheduled', '2026-12-01'],
      ['instant', null],
      ['instant', null],
    ]);
  });

  it('warns when the account holds less than the selected rows cost', () => {
    const items = [row(0, { amountCents: 900_000n }), row(1, { amountCents: 200_000n })];
    expect(review(items).balanceTooLow).toBe(true);
    expect(review(items, { rows: [0] }).balanceTooLow).toBe(false);
  });

  it('says that rows are being checked, whatever was known of them before', () => {
    const record = {
      ...RECORD,
      results: results({ 0: 'no_match' }),
      check: checked([0], 'running'),
    };
    expect(review([row(0)], { record }).items[0]?.payeeCheck).toEqual({
      result: 'pending',
      bankName: null,
      was: null,
    });
  });
});
