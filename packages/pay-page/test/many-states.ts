import type { PayItem, PayState, Review, ReviewItem } from '@qonto-pay/shared';
// By its path, as the tests' configuration reads this file too and takes no package written in TypeScript.
import { totalOf } from '../../widget/src/views/item-table/total.js';
import { allOf, changed, check, manyItems, manyKnown, SPECIAL } from './many-rows.js';
import { paying, review, type Snapshot, state } from './states.js';

interface Many {
  count: number;
  review?: Partial<Review>;
  result?: ReviewItem['payeeCheck']['result'];
  items?: Partial<PayItem>;
  /** Changes of single rows. */
  rows?: Record<number, Partial<PayItem>>;
  known?: Record<number, Partial<ReviewItem>>;
}

/** A review of many rows; what it says of the selection agrees with its rows. */
export function manyReview({ count, ...given }: Many): PayState {
  const items = changed(manyItems(count, given.items), given.rows);
  const known = changed(manyKnown(count, given.result), given.known);
  const selected =
    given.review?.selected ?? items.filter(({ payable }) => payable).map(({ index }) => index);
  const state = review();
  return {
    ...state,
    items,
    snapshot: state.snapshot && {
      ...state.snapshot,
      count,
      amount: totalOf(items, new Set(items.map(({ index }) => index))),
      items: items.map(({ index }) => ({ index, status: 'open' as const })),
    },
    review: {
      ...state.review,
      items: known,
      selected,
      selectable: 'many',
      count: selected.length,
      amount: totalOf(items, new Set(selected)),
      decisionNeeded: known.some((row) => row.decisionNeeded && selected.includes(row.index)),
      accounts: state.review.accounts.map((account, at) =>
        at === 0 ? { ...account, balance: '250000.50' } : account,
      ),
      ...given.review,
    },
  };
}

/** All rows are checked, and some ask for a decision. */
export const manyChecked = (count: number): PayState => manyReview({ count });

export const manyChecking = (count: number): PayState =>
  manyReview({ count, result: 'pending', review: { check: 'pending' } });

type Status = PayItem['status'];

/** A bulk payment whose rows ended as told; the rest is as the payment. */
export function manyPaying(
  status: Exclude<Status, 'open'>,
  count: number,
  rows: Record<number, Partial<PayItem>> = {},
  changes: Partial<NonNullable<PayState['payment']>> = {},
  snapshotChanges: Partial<Snapshot> = {},
): PayState {
  const items = changed(manyItems(count, { status, payable: false }), rows);
  const amount = totalOf(items, new Set(allOf(count)));
  const state = paying(
    status,
    { kind: 'bulk', items: allOf(count), amount, ...changes },
    { count, amount, ...snapshotChanges },
  );
  return { ...state, items };
}

const failedRow = (reason: PayItem['reason']): Partial<PayItem> => ({
  status: 'declined',
  reason,
  payable: true,
});

/** 37 settled, 3 failed and may be paid again. */
export const manyPartly = (): PayState =>
  manyPaying(
    'partially_settled',
    40,
    {
      ...Object.fromEntries(
        allOf(40).map((at) => [at, { status: 'settled' as const, hasProof: true }]),
      ),
      4: failedRow('payee-account-invalid'),
      11: failedRow('insufficient-funds'),
      23: failedRow('compliance'),
    },
    { cancelable: false },
    { payable: true },
  );

const bigRow = { 5: { amount: '41200.00' } };

/** A row above 30,000 EUR whose document is where `document` says. */
export const manyWithDocument = (document: ReviewItem['document']): PayState => ({
  ...manyReview({ count: 40, rows: bigRow, known: { 5: { document } } }),
  consents: {
    ...state().consents,
    documents: document === 'consent' ? '/pay/in_test/sign-in?reason=consent&for=documents' : null,
  },
});

/** The second check says otherwise than the first, and two names share an IBAN. */
const manyDiffering = (): PayState =>
  manyReview({
    count: 12,
    known: {
      0: { warnings: ['shared-iban'], decisionNeeded: true },
      8: { warnings: ['shared-iban'], decisionNeeded: true },
      2: {
        payeeCheck: { result: 'no_match', bankName: null, was: 'match' },
        decisionNeeded: true,
      },
    },
  });

const ON = '2026-12-01';

/** Colleagues were asked: `reviewable` is what an owner of the same company sees. */
export function manyRequested(reviewable: boolean): PayState {
  const changes = { kind: 'request' as const, cancelable: false, reviewable, mine: !reviewable };
  return manyPaying('requested', 8, {}, changes);
}

export const askingOne = (): PayState => ({
  ...review(),
  review: null,
  notAllowed: true,
  canAsk: true,
});

const asked = { kind: 'request' as const, approval: null, cancelable: false };

/** A colleague's phone is asked; this is what the member sees who prepared it. */
export const manyBeingApproved = (): PayState =>
  manyPaying('approval_needed', 8, {}, asked, { seq: 6 });

export const oneBeingApproved = (): PayState => paying('approval_needed', asked);

/** The owner's own approval ended without success. */
export function manyToApproveAgain(): PayState {
  const state = manyRequested(true);
  const { payment } = state;
  return { ...state, payment: payment && { ...payment, mine: true, reason: 'signed-out' } };
}

/** One invoice, to be sent on a later day. */
export const oneLater = (changes: Partial<Review> = {}): PayState => ({
  ...review(
    { version: 2, payOn: '2098-12-04', ...changes },
    { speed: 'scheduled', executesOn: '2098-12-04' },
    { dueDate: '2098-12-15' },
  ),
  serverTime: '2098-11-20T10:00:00.000Z',
});

export const MANY_STATES: Record<string, PayState> = {
  'many checking': manyChecking(40),
  'many checked': manyChecked(40),
  'fr many checked': manyChecked(40),
  'many all match': manyReview({
    count: 37,
    known: Object.fromEntries(
      Object.keys(SPECIAL).map((at) => [
        at,
        { payeeCheck: check('match'), warnings: [], decisionNeeded: false },
      ]),
    ),
  }),
  'many to check': manyReview({
    count: 40,
    review: { selected: allOf(40).slice(4), check: 'needed', balanceTooLow: true },
  }),
  'many differing': manyDiffering(),
  'many document missing': manyWithDocument('missing'),
  'many document consent': manyWithDocument('consent'),
  'many on due dates': manyReview({
    count: 12,
    review: { payOn: 'due' },
    known: Object.fromEntries(
      allOf(12).map((at) => [at, at % 2 ? { speed: 'scheduled' as const, executesOn: ON } : {}]),
    ),
  }),
  'many one by one': manyReview({ count: 9, review: { selectable: 'one', selected: [0] } }),
  'many 400': manyChecked(400),
  'many approval': manyPaying('approval_needed', 37),
  'many processing': manyPaying(
    'processing',
    40,
    Object.fromEntries(allOf(22).map((at) => [at, { status: 'settled' as const, hasProof: true }])),
    { cancelable: false },
  ),
  'many partly settled': manyPartly(),
  'fr many partly settled': manyPartly(),
  'many scheduled': manyPaying(
    'scheduled',
    8,
    Object.fromEntries(allOf(8).map((at) => [at, { scheduledOn: ON, cancelable: true }])),
    { cancelable: false },
  ),
  'many may not pay': { ...manyReview({ count: 8 }), review: null, notAllowed: true, canAsk: true },
  'ask one': askingOne(),
  'many may not pay, and choose': {
    ...manyReview({ count: 8, result: 'unchecked', review: { check: 'needed' } }),
    notAllowed: true,
    canAsk: true,
  },
  'many requested': manyRequested(false),
  'many to approve': manyRequested(true),
  'approve needs consent': {
    ...manyRequested(true),
    consents: { ...state().consents, review: '/pay/in_test/sign-in?reason=consent&for=review' },
  },
  'one document missing': review(
    { amount: '41200.00' },
    { document: 'missing' },
    { amount: '41200.00' },
  ),
  'one on a day': oneLater(),
  'fr one on a day': oneLater(),
  'one on a day, trusted': oneLater({ approval: 'none' }),
  'many being approved': manyBeingApproved(),
  'one being approved': oneBeingApproved(),
  'many to approve again': manyToApproveAgain(),
  'one scheduled': paying(
    'scheduled',
    { cancelable: false },
    {},
    { scheduledOn: ON, cancelable: true },
  ),
  'one settled with proof': paying('settled', { cancelable: false }, {}, { hasProof: true }),
};
