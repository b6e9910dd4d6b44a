import { LINK_STATES, LINK_STATUSES, type LinkState } from '@qonto-pay/shared';
import { describe, expect, it } from 'vitest';
import { IllegalTransitionError } from '../payments/errors.js';
import {
  assertLinkTransition,
  holdsInvoice,
  isUnborn,
  LINK_TRANSITIONS,
  statusOfLink,
} from './link-state-machine.js';
import type { BankLinkPayment } from './records.js';

/** Written down a second time: who may follow whom. */
const EXPECTED: Record<LinkState, string> = {
  making: 'open processing paid expired canceled unknown withdrawing refused failed',
  unknown: 'open processing paid expired canceled failed',
  withdrawing: 'processing paid refused',
  open: 'processing paid expired canceled withdrawing',
  processing: 'open paid expired canceled',
  expired: 'processing paid',
  canceled: 'processing paid',
  paid: '',
  refused: '',
  failed: '',
};
const PAIRS = LINK_STATES.flatMap((from) =>
  LINK_STATES.map((to) => ({ from, to, allowed: EXPECTED[from].split(' ').includes(to) })),
);
const ENDS: readonly LinkState[] = ['paid', 'refused', 'failed'];

const payment = (status: BankLinkPayment['status']): BankLinkPayment => ({
  ...{ id: 'p', amountCents: 100n, status, method: 'ideal' },
  ...{ createdAt: new Date(0), paidAt: undefined },
});

describe('the table of transitions', () => {
  it.each(PAIRS.filter(({ allowed }) => allowed))('lets $from become $to', ({ from, to }) => {
    expect(() => assertLinkTransition(from, to)).not.toThrow();
  });

  it.each(PAIRS.filter(({ allowed }) => !allowed))('keeps $from from $to', ({ from, to }) => {
    expect(() => assertLinkTransition(from, to)).toThrow(IllegalTransitionError);
  });

  it.each(LINK_STATES)('leads from %s to an end', (state) => {
    const seen = new Set<LinkState>([state]);
    for (const one of seen) for (const next of LINK_TRANSITIONS[one]) seen.add(next);
    expect([...seen].some((one) => ENDS.includes(one))).toBe(true);
  });

  it('says no with nothing at the bank only before a send, or with absence proved', () => {
    const into = (to: LinkState) =>
      LINK_STATES.filter((from) => LINK_TRANSITIONS[from].includes(to));
    expect(into('failed')).toEqual(['making', 'unknown']);
    expect(into('unknown')).toEqual(['making']);
  });
});

describe('a state', () => {
  it('holds its invoice while a client may pay, or has paid', () => {
    expect(LINK_STATES.filter(holdsInvoice).sort()).toEqual(
      ['making', 'open', 'paid', 'processing', 'unknown', 'withdrawing'].sort(),
    );
  });

  it('is either one that everybody may see, or of a link that is not to be seen', () => {
    const seen = LINK_STATES.filter((state) => !isUnborn(state));
    expect(seen).toEqual([...LINK_STATUSES]);
  });
});

describe('the status of a link', () => {
  it.each([
    ['open', [], 'open'],
    ['open', ['failed'], 'open'],
    ['open', ['pending'], 'processing'],
    ['open', ['paid'], 'paid'],
    ['processing', [], 'processing'],
    ['processing', ['failed'], 'processing'],
    ['paid', [], 'paid'],
    ['canceled', [], 'canceled'],
    ['canceled', ['failed'], 'canceled'],
    ['canceled', ['pending'], 'processing'],
    ['canceled', ['failed', 'paid'], 'paid'],
    ['expired', ['pending'], 'processing'],
    ['expired', ['paid', 'pending'], 'paid'],
    ['expired', ['unrecognized'], 'processing'],
  ] as const)('that the bank calls %s, with payments %j, is %s', (bank, statuses, expected) => {
    const payments = statuses.map(payment);
    expect(statusOfLink(bank, { reusable: false, payments })).toBe(expected);
  });

  it.each(LINK_STATUSES)("that is paid more than once is the bank's: %s", (bank) => {
    const payments = [payment('paid'), payment('pending')];
    expect(statusOfLink(bank, { reusable: true, payments })).toBe(bank);
  });
});
