import {
  formatAmount,
  isReleased,
  type PayItem,
  type PayPayment,
  publicStatus,
} from '@qonto-pay/shared';
import type { IntentItem, IntentView, ItemState, Member, Payment } from './records.js';
import { mayReview } from './request-rules.js';
import { isFree } from './snapshot.js';

const OPEN: Omit<ItemState, 'index'> = {
  status: 'open',
  reason: undefined,
  scheduledOn: undefined,
  transferId: undefined,
  paymentId: undefined,
  connectionId: undefined,
};

/** A row for its payer; to anybody else its status is what the world sees, without a reason. */
export function payItem(
  item: IntentItem,
  state: ItemState = { ...OPEN, index: item.index },
  { member, payable }: { member: Member; payable: boolean },
): PayItem {
  const mine = state.connectionId === member.connectionId;
  const isAtBank = mine && state.transferId !== undefined;
  return {
    index: item.index,
    externalRef: item.externalRef,
    payee: { name: item.payeeName, iban: item.payeeIban },
    amount: formatAmount(item.amountCents),
    reference: item.remittance,
    referenceSimplified: item.remittance !== item.reference.trim(),
    dueDate: item.dueDate ?? null,
    status: mine || state.status === 'open' ? state.status : publicStatus(state.status),
    reason: mine ? (state.reason ?? null) : null,
    scheduledOn: mine ? (state.scheduledOn ?? null) : null,
    payable: payable && isFree(state),
    cancelable: isAtBank && state.status === 'scheduled',
    hasProof: isAtBank && state.status === 'settled',
  };
}

/** Colleagues see the status as the world does; only the member who confirmed sees why. */
export function payPayment(
  { attempt }: Pick<IntentView, 'attempt'>,
  payment: Payment,
  member: Member,
): PayPayment {
  const mine = payment.connectionId === member.connectionId;
  // A colleague's request is approved by somebody else: then that member's phone is asked.
  const asked = attempt?.connectionId === member.connectionId;
  const isAsked = asked && payment.status !== 'requested' && !isReleased(payment.status);
  const isWaiting = payment.status === 'confirmed' || payment.status === 'approval_needed';
  return {
    kind: payment.kind,
    status: mine || asked ? payment.status : publicStatus(payment.status),
    reason: mine || asked ? (payment.reason ?? null) : null,
    items: payment.items.map(({ index }) => index),
    amount: formatAmount(payment.amountCents),
    account: mine ? payment.accountName || null : null,
    mine: mine || asked,
    approval: isAsked ? approvalOf(attempt) : null,
    cancelable: asked && isWaiting,
    reviewable: mayReview(payment, member),
  };
}

function approvalOf({
  challengedAt,
  approvalExpiresAt,
  approvalMethod,
}: NonNullable<IntentView['attempt']>): PayPayment['approval'] {
  if (!challengedAt || !approvalExpiresAt) return null;
  return {
    method: approvalMethod,
    startedAt: challengedAt.toISOString(),
    expiresAt: approvalExpiresAt.toISOString(),
  };
}
