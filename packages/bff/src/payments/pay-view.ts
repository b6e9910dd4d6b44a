import {
  formatAmount,
  isFinal,
  isReleased,
  type PayItem,
  type PayPayment,
  publicStatus,
} from '@qonto-pay/shared';
import type { IntentItem, IntentView, ItemState, Member, Payment } from './records.js';
import { mayReview } from './request-rules.js';
import { isFree } from './snapshot.js';

const openRow = ({ index }: IntentItem): ItemState => ({
  index,
  status: 'open',
  reason: undefined,
  scheduledOn: undefined,
  transferId: undefined,
  paymentId: undefined,
  connectionId: undefined,
});

const paidItem = (payment: Payment | undefined, { externalRef }: IntentItem) =>
  payment?.items.find((item) => item.externalRef === externalRef);

/** A row for its payer; to anybody else its status is what the world sees, without a reason. */
export function payItem(
  item: IntentItem,
  view: Pick<IntentView, 'items' | 'payment'>,
  { member, payable }: { member: Member; payable: boolean },
): PayItem {
  const state = view.items.find(({ index }) => index === item.index) ?? openRow(item);
  const mine = state.connectionId === member.connectionId;
  // Another intent may name the same invoice: to its payer the row shows what is really paid.
  const paid = mine ? paidItem(view.payment, item) : undefined;
  const { amountCents, payeeName: name, payeeIban: iban, remittance } = paid ?? item;
  const isAtBank = mine && state.transferId !== undefined;
  return {
    index: item.index,
    externalRef: item.externalRef,
    payee: { name, iban },
    amount: formatAmount(amountCents),
    reference: remittance,
    referenceSimplified: item.remittance !== item.reference.trim(),
    dueDate: item.dueDate ?? null,
    status: mine || state.status === 'open' ? state.status : publicStatus(state.status),
    reason: mine && isOver(state) ? (state.reason ?? null) : null,
    scheduledOn: mine ? (state.scheduledOn ?? null) : null,
    payable: payable && isFree(state),
    cancelable: isAtBank && state.status === 'scheduled',
    hasProof: isAtBank && state.status === 'settled',
  };
}

/** Colleagues see the status as the world does; only the member who confirmed sees why. */
export function payPayment(
  { attempt, intent }: Pick<IntentView, 'attempt' | 'intent'>,
  payment: Payment,
  member: Member,
): PayPayment {
  const mine = payment.connectionId === member.connectionId;
  // A colleague's request is approved by somebody else: then that member's phone is asked.
  const asked = attempt?.connectionId === member.connectionId;
  // Why an approval came to nothing concerns the colleague, not the member who asked.
  const isRefused = asked && payment.status === 'requested';
  const isAsked = asked && payment.status !== 'requested' && !isReleased(payment.status);
  // Named by another intent, its figures are nobody's but its payer's.
  const isKnown =
    mine ||
    asked ||
    (payment.intentId === intent.id && payment.organizationId === member.organizationId);
  const reviewable = mayReview({ intent }, payment, member);
  const refs = new Set(payment.items.map(({ externalRef }) => externalRef));
  const rows = intent.items.filter(({ externalRef }) => refs.has(externalRef));
  const isWaiting = payment.status === 'confirmed' || payment.status === 'approval_needed';
  return {
    id: payment.id,
    kind: isKnown ? payment.kind : 'transfer',
    status: mine || asked ? payment.status : publicStatus(payment.status),
    reason: (mine && isOver(payment)) || isRefused ? (payment.reason ?? null) : null,
    items: rows.map(({ index }) => index),
    amount: formatAmount(isKnown ? payment.amountCents : intent.amountCents),
    account: mine || reviewable ? payment.accountName || null : null,
    mine: mine || asked,
    approval: isAsked ? approvalOf(attempt) : null,
    cancelable: asked && isWaiting,
    reviewable,
  };
}

const isOver = ({ status }: Pick<ItemState, 'status'>): boolean =>
  status !== 'open' && isFinal(status);

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
