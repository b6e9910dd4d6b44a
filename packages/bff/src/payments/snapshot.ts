import {
  formatAmount,
  isFinal,
  isReleased,
  type PublicStatus,
  publicStatus,
  type Snapshot,
  type TransferSnapshot,
} from '@qonto-pay/shared';
import { isUnaccepted, statusOfItems } from './payment-items.js';
import type { IntentView, ItemState, Payment } from './records.js';

/** The public snapshot of an intent: the fields of the contract, and nothing of the payer. */
export function snapshotOf(view: IntentView): TransferSnapshot {
  const { intent, items, payment, attempt, now } = view;
  const status = intentStatus(view);
  const why = reasonAgainstPaying(view);
  const expiresAt =
    payment?.status === 'approval_needed' ? attempt?.approvalExpiresAt?.toISOString() : undefined;
  return {
    id: intent.id,
    seq: intent.seq,
    kind: 'transfer',
    status,
    final: status !== 'open' && !isLive(view),
    payable: why === null,
    why,
    count: intent.items.length,
    amount: formatAmount(intent.amountCents),
    currency: 'EUR',
    items: items.map((item) => ({ index: item.index, status: publicStatusOf(item.status) })),
    nextAction: nextAction(status, why === null),
    pageSeenAt: intent.pageSeenAt?.toISOString() ?? null,
    expiresAt: expiresAt ?? null,
    serverTime: now.toISOString(),
  };
}

/** Never paid, or ended without money: the row may be paid anew (I-2). */
export const isFree = ({ status }: Pick<ItemState, 'status'>): boolean =>
  status === 'open' || isReleased(status);

/** This intent's own payment while the bank has not accepted it: nothing else may begin. */
export function ownUnaccepted({
  intent,
  payment,
}: Pick<IntentView, 'intent' | 'payment'>): Payment | undefined {
  return payment?.intentId === intent.id && isUnaccepted(payment.status) ? payment : undefined;
}

/** Something of it may still move money. */
export const isLive = (view: Pick<IntentView, 'intent' | 'items' | 'payment'>): boolean =>
  ownUnaccepted(view) !== undefined ||
  view.items.some(({ status }) => status !== 'open' && !isFinal(status));

/** Why nothing of the intent can be paid now; `null` when something can (I-2). */
export function reasonAgainstPaying(
  view: Pick<IntentView, 'intent' | 'items' | 'payment' | 'now'>,
): Snapshot['why'] {
  const { intent, items, now } = view;
  if (ownUnaccepted(view)) return 'in-progress';
  if (!items.some(isFree)) return isLive(view) ? 'in-progress' : 'paid';
  if (intent.withdrawnAt) return 'withdrawn';
  return intent.expiresAt <= now ? 'lapsed' : null;
}

/** Rows that were never tried count as not settled. */
function intentStatus(view: IntentView): PublicStatus {
  const own = ownUnaccepted(view);
  if (own) return publicStatus(own.status);
  const tried = view.items.flatMap(({ status }) =>
    status === 'open' ? [] : [publicStatus(status)],
  );
  if (tried.length === 0) return 'open';
  const status = publicStatus(statusOfItems(tried));
  return status === 'settled' && tried.length < view.items.length ? 'partially_settled' : status;
}

const publicStatusOf = (status: ItemState['status']): PublicStatus =>
  status === 'open' ? 'open' : publicStatus(status);

function nextAction(status: PublicStatus, payable: boolean): Snapshot['nextAction'] {
  switch (status) {
    case 'open':
    case 'partially_settled':
      return payable ? 'open' : 'none';
    case 'approval_needed':
      return 'phone';
    case 'declined':
      return 'open';
    default:
      return isFinal(status) ? 'none' : 'wait';
  }
}
