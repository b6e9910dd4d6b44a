import type { LinkPaymentStatus } from './payment-link.js';

export interface TestCard {
  readonly number: string;
  readonly status: LinkPaymentStatus;
  readonly endsAs: 'paid' | 'failed';
  readonly effect: string;
}

/** The cards that the public page takes. */
export const TEST_CARDS: readonly TestCard[] = [
  { number: '4242424242424242', status: 'paid', endsAs: 'paid', effect: 'paid at once' },
  { number: '4000000000000002', status: 'failed', endsAs: 'failed', effect: 'declined' },
  {
    ...{ number: '4000000000003220', status: 'pending', endsAs: 'paid' },
    effect: 'pending, and paid after a minute of bank time',
  },
  {
    ...{ number: '4000000000000341', status: 'pending', endsAs: 'failed' },
    effect: 'pending, and declined after a minute of bank time',
  },
];

export function testCardOf(typed: string): TestCard | undefined {
  const digits = typed.replace(/[\s-]/g, '');
  return TEST_CARDS.find(({ number }) => number === digits);
}
