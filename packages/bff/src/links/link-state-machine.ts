import type { LinkState, LinkStatus } from '@qonto-pay/shared';
import { IllegalTransitionError } from '../payments/errors.js';
import type { BankLink, BankLinkPayment, Link } from './records.js';

/**
 * Which state of a link may follow which, as data. A create whose answer was lost leaves `unknown`
 * only by a link found in the bank's list, by absence proved, or by a person who has looked (I-5).
 */
export const LINK_TRANSITIONS: Readonly<Record<LinkState, readonly LinkState[]>> = {
  making: [
    ...(['open', 'processing', 'paid', 'expired', 'canceled'] as const),
    ...(['unknown', 'withdrawing', 'refused', 'failed'] as const),
  ],
  unknown: ['open', 'processing', 'paid', 'expired', 'canceled', 'failed'],
  // Paid all the same: a client had begun before it was withdrawn.
  withdrawing: ['processing', 'paid', 'refused'],
  // `withdrawing`: another link of the invoice was paid meanwhile.
  open: ['processing', 'paid', 'expired', 'canceled', 'withdrawing'],
  // Back to `open`: the client's payment failed.
  processing: ['open', 'paid', 'expired', 'canceled'],
  // A payment that was begun before may still arrive.
  expired: ['processing', 'paid'],
  canceled: ['processing', 'paid'],
  paid: [],
  refused: [],
  failed: [],
};

export const canLinkBecome = (from: LinkState, to: LinkState): boolean =>
  LINK_TRANSITIONS[from].includes(to);

/** @throws IllegalTransitionError where the table has no such step. */
export function assertLinkTransition(from: LinkState, to: LinkState): void {
  if (canLinkBecome(from, to)) return;
  throw new IllegalTransitionError(`a link does not go from ${from} to ${to}`);
}

const HOLDING: ReadonlySet<LinkState> = new Set([
  ...(['making', 'unknown', 'withdrawing', 'open', 'processing', 'paid'] as const),
]);

/** While it is so, no other link of the invoice is made (I-2). */
export const holdsInvoice = (state: LinkState): boolean => HOLDING.has(state);

/** No link has come of the request, or none that may be seen yet. */
export const isUnborn = (state: LinkState): state is Exclude<LinkState, LinkStatus> =>
  ['making', 'unknown', 'withdrawing', 'refused', 'failed'].includes(state);

/** A word that we do not know never reads as the end of it. */
export const mayBringMoney = ({ status }: Pick<BankLinkPayment, 'status'>): boolean =>
  status === 'pending' || status === 'unrecognized';

/** I-7: money of another amount is not what was to be collected. */
export function isOurMoney(
  { amountCents: ours }: Pick<Link, 'amountCents'>,
  bank: Pick<BankLink, 'amountCents'>,
  payments: readonly BankLinkPayment[],
): boolean {
  const paid = payments.filter(({ status }) => status === 'paid');
  return [bank, ...paid].every(({ amountCents }) => amountCents === ours);
}

/**
 * What is so of a link, by the bank's word and its payments. A link that is paid once is paid by its
 * first payment, whatever became of the link itself meanwhile: money that was begun before a link
 * was withdrawn or had expired comes all the same.
 */
export function statusOfLink(
  bank: LinkStatus,
  { reusable, payments }: Pick<Link, 'reusable' | 'payments'>,
): LinkStatus {
  if (reusable) return bank;
  if (bank === 'paid' || payments.some(({ status }) => status === 'paid')) return 'paid';
  return bank === 'processing' || payments.some(mayBringMoney) ? 'processing' : bank;
}
