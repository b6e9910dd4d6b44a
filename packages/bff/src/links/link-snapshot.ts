import { formatAmount, type LinkSnapshot, type LinkStatus } from '@qonto-pay/shared';
import { holdsInvoice, isUnborn } from './link-state-machine.js';
import type { Link, LinkView } from './records.js';

/** The public snapshot of an intent to collect: nothing of the client, nor of how they paid. */
export function linkSnapshotOf(view: LinkView): LinkSnapshot {
  const { intent, link, now } = view;
  const status = publicStatusOf(link);
  const why = reasonAgainstLink(view);
  return {
    id: intent.id,
    seq: intent.seq,
    kind: 'link',
    status,
    final: ['paid', 'expired', 'canceled'].includes(status),
    payable: why === null,
    why,
    count: 1,
    amount: formatAmount(intent.order.amountCents),
    currency: 'EUR',
    items: [],
    nextAction: nextAction(view, why === null),
    pageSeenAt: intent.pageSeenAt?.toISOString() ?? null,
    expiresAt: isShared(link) ? (link.bankExpiresAt?.toISOString() ?? null) : null,
    serverTime: now.toISOString(),
    link: isShared(link)
      ? { url: link.url, reusable: link.reusable, paidCount: paidCount(link) }
      : null,
  };
}

/** Why no link can be made now; `null` when one can. */
export function reasonAgainstLink({ intent, link, now }: LinkView): LinkSnapshot['why'] {
  if (link && holdsInvoice(link.status)) return link.status === 'paid' ? 'paid' : 'in-progress';
  if (intent.withdrawnAt) return 'withdrawn';
  return intent.expiresAt <= now ? 'lapsed' : null;
}

/** There is a link, and it may be shown. */
export const isShared = (link: Link | undefined): link is Link & { url: string } =>
  link !== undefined && !isUnborn(link.status) && link.url !== undefined;

export const publicStatusOf = (link: Link | undefined): LinkStatus =>
  link === undefined || isUnborn(link.status) ? 'open' : link.status;

export const paidCount = ({ payments }: Pick<Link, 'payments'>): number =>
  payments.filter(({ status }) => status === 'paid').length;

function nextAction({ link }: LinkView, payable: boolean): LinkSnapshot['nextAction'] {
  // Two links may be ours: the member says which one is to be shared.
  if (link?.status === 'unknown' && link.candidates.length > 0) return 'open';
  if (payable) return 'open';
  return link && link.status !== 'paid' && holdsInvoice(link.status) ? 'wait' : 'none';
}
