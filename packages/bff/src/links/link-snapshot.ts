import { formatAmount, type LinkSnapshot, type LinkStatus } from '@qonto-pay/shared';
import { holdsInvoice, isUnborn } from './link-state-machine.js';
import type { Link, LinkView } from './records.js';

/** The public snapshot of an intent to collect: nothing of the client, nor of how they paid. */
export function linkSnapshotOf(view: LinkView): LinkSnapshot {
  const { intent, link, now } = view;
  const shared = sharedLink(view);
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
    expiresAt: shared?.bankExpiresAt?.toISOString() ?? null,
    serverTime: now.toISOString(),
    link: shared
      ? { url: shared.url, reusable: shared.reusable, paidCount: paidCount(shared) }
      : null,
  };
}

/** Why no link can be made now; `null` when one can. */
export function reasonAgainstLink({ intent, link, now }: LinkView): LinkSnapshot['why'] {
  if (link && holdsInvoice(link.status)) return link.status === 'paid' ? 'paid' : 'in-progress';
  if (intent.withdrawnAt) return 'withdrawn';
  return intent.expiresAt <= now ? 'lapsed' : null;
}

/**
 * The link, if it may be shown. Another intent of the invoice may have made it: then only if it is
 * what this one would collect.
 */
export function sharedLink({ intent, link }: Pick<LinkView, 'intent' | 'link'>) {
  if (!link || isUnborn(link.status) || link.url === undefined) return undefined;
  const { order, id } = intent;
  const isAlike = link.amountCents === order.amountCents && link.reusable === order.reusable;
  return link.intentId === id || isAlike ? { ...link, url: link.url } : undefined;
}

const publicStatusOf = (link: Link | undefined): LinkStatus =>
  link === undefined || isUnborn(link.status) ? 'open' : link.status;

export const paidCount = ({ payments }: Pick<Link, 'payments'>): number =>
  payments.filter(({ status }) => status === 'paid').length;

function nextAction({ link }: LinkView, payable: boolean): LinkSnapshot['nextAction'] {
  // Two links may be ours: the member says which one is to be shared.
  if (link?.status === 'unknown' && link.candidates.length > 0) return 'open';
  if (payable) return 'open';
  return link && link.status !== 'paid' && holdsInvoice(link.status) ? 'wait' : 'none';
}
