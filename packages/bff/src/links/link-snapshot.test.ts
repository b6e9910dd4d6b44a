import { LINK_STATES, LinkSnapshot } from '@qonto-pay/shared';
import { describe, expect, it } from 'vitest';
import { at, bankLinkOf, paymentOf, viewOf } from '../../test/support/link-samples.js';
import { linkSnapshotOf } from './link-snapshot.js';

/** status, why, nextAction, final, has a link. */
const EXPECTED: Record<(typeof LINK_STATES)[number], string> = {
  making: 'open in-progress wait',
  unknown: 'open in-progress wait',
  withdrawing: 'open in-progress wait',
  open: 'open in-progress wait link',
  processing: 'processing in-progress wait link',
  paid: 'paid paid none final link',
  expired: 'expired payable open final link',
  canceled: 'canceled payable open final link',
  refused: 'open payable open',
  failed: 'open payable open',
};

const told = (view: ReturnType<typeof viewOf>): string => {
  const { status, payable, why, nextAction, final, link } = linkSnapshotOf(view);
  const marks = [final && 'final', link && 'link'].filter(Boolean);
  return [status, payable ? 'payable' : why, nextAction, ...marks].join(' ');
};

describe('the public snapshot of an intent to collect', () => {
  it.each(LINK_STATES)('says of a link that is %s what the world may know', (status) => {
    const view = viewOf({ status });
    expect(told(view)).toBe(EXPECTED[status]);
    expect(LinkSnapshot.safeParse(linkSnapshotOf(view)).error).toBeUndefined();
  });

  it.each([
    ['without a link', viewOf(), 'open payable open'],
    ['that was withdrawn', viewOf(undefined, { withdrawnAt: at(-1) }), 'open withdrawn none'],
    ['that has lapsed', viewOf(undefined, { expiresAt: at(0) }), 'open lapsed none'],
    [
      'withdrawn after its link was canceled',
      viewOf({ status: 'canceled' }, { withdrawnAt: at(-1) }),
      'canceled withdrawn none final link',
    ],
    [
      'that has lapsed with an open link',
      viewOf({}, { expiresAt: at(-1) }),
      'open in-progress wait link',
    ],
    [
      'whose member has to choose',
      viewOf({ status: 'unknown', candidates: [bankLinkOf(), bankLinkOf({ id: 'bank-2' })] }),
      'open in-progress open',
    ],
  ])('%s: %s', (_what, view, expected) => {
    expect(told(view)).toBe(expected);
  });

  it('tells how often it was paid, and nothing of who, how, or where to', () => {
    const payments = [paymentOf(), paymentOf({ status: 'pending' }), paymentOf()];
    const snapshot = linkSnapshotOf(viewOf({ payments, reusable: true }));
    expect(snapshot.link).toEqual({
      ...{ url: 'https://pay.example.com/l/1', reusable: true, paidCount: 2 },
    });
    expect(JSON.stringify(snapshot)).not.toMatch(/secret|INV-77|ideal|FR76/i);
  });

  it('never shows a link that the bank made for another sum', () => {
    expect(linkSnapshotOf(viewOf({ status: 'withdrawing' })).link).toBeNull();
    expect(linkSnapshotOf(viewOf({ status: 'refused' })).link).toBeNull();
  });
});
