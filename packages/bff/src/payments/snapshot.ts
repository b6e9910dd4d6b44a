import {
  formatAmount,
  isFinal,
  isReleased,
  type PaymentStatus,
  publicStatus,
  type Snapshot,
} from '@qonto-pay/shared';
import type { IntentView } from './records.js';

/** The public snapshot of an intent: the fields of the contract, and nothing of the payer. */
export function snapshotOf({ intent, payment, attempt, now }: IntentView): Snapshot {
  const status = payment ? publicStatus(payment.status) : 'open';
  const why = reasonAgainstPaying({ intent, payment, now });
  const expiresAt =
    payment?.status === 'approval_needed' ? attempt?.approvalExpiresAt?.toISOString() : undefined;
  return {
    id: intent.id,
    seq: intent.seq,
    kind: 'transfer',
    status,
    final: payment !== undefined && isFinal(payment.status),
    payable: why === null,
    why,
    count: intent.items.length,
    amount: formatAmount(intent.amountCents),
    currency: 'EUR',
    items: intent.items.map(({ index }) => ({ index, status })),
    nextAction: nextAction(payment?.status, why === null),
    pageSeenAt: intent.pageSeenAt?.toISOString() ?? null,
    expiresAt: expiresAt ?? null,
    serverTime: now.toISOString(),
  };
}

/** Why the intent cannot be paid now; `null` when it can (I-2). */
export function reasonAgainstPaying({
  intent,
  payment,
  now,
}: Pick<IntentView, 'intent' | 'payment' | 'now'>): Snapshot['why'] {
  if (payment && !isReleased(payment.status)) {
    return isFinal(payment.status) ? 'paid' : 'in-progress';
  }
  if (intent.withdrawnAt) return 'withdrawn';
  return intent.expiresAt <= now ? 'lapsed' : null;
}

function nextAction(status: PaymentStatus | undefined, payable: boolean): Snapshot['nextAction'] {
  switch (status) {
    case undefined:
      return payable ? 'open' : 'none';
    case 'approval_needed':
      return 'phone';
    case 'declined':
    case 'not_enrolled':
      return 'open';
    default:
      return isFinal(status) ? 'none' : 'wait';
  }
}
