import type { Consent, PaymentReason, PayState } from '@qonto-pay/shared';
import type { IntentView, ItemState, Member, Payment } from './records.js';
import { reasonAgainstPaying } from './snapshot.js';

/** What Qonto has to be asked for, when it is first needed (facts § 2.3). */
export const CONSENT_SCOPES = {
  documents: 'attachment.write',
  ask: 'request_transfers.write',
  review: 'request_review.write',
  collect: 'payment_link.read payment_link.write',
} as const satisfies Record<Consent, string>;

export function hasConsent({ scopes }: Pick<Member, 'scopes'>, what: Consent): boolean {
  const given = scopes.split(' ');
  return CONSENT_SCOPES[what].split(' ').every((scope) => given.includes(scope));
}

/** Where the member allows what is not allowed yet. */
export function consentsOf(intentId: string, member: Member): PayState['consents'] {
  const urlOf = (what: Consent) =>
    hasConsent(member, what) ? null : `/pay/${intentId}/sign-in?reason=consent&for=${what}`;
  return {
    documents: urlOf('documents'),
    ask: urlOf('ask'),
    review: urlOf('review'),
    collect: urlOf('collect'),
  };
}

/** After these a colleague may still be able to pay (facts §§ 2.4, 4.4). */
const ASK_AFTER: ReadonlySet<PaymentReason> = new Set([
  'needs-approver',
  'approver-missing',
  'not-allowed',
  'bulk-not-allowed',
]);

/** "Prepare and ask": for a member who may not pay, or whose payment wants a second pair of eyes. */
export function canAsk(view: IntentView, member: Member, notAllowed: boolean): boolean {
  if (reasonAgainstPaying(view) !== null) return false;
  const isRefused = ({ connectionId, reason }: Pick<ItemState, 'connectionId' | 'reason'>) =>
    connectionId === member.connectionId && reason !== undefined && ASK_AFTER.has(reason);
  const shown = view.payment ? [view.payment] : [];
  return notAllowed || [...shown, ...view.items].some(isRefused);
}

const REVIEWERS: ReadonlySet<string> = new Set(['owner', 'admin', 'manager']);

/**
 * A request that waits for somebody of this organisation who may decide: on the page of its own
 * intent, where all its rows are shown. Another intent may name but one of them.
 */
export const mayReview = (
  { intent }: Pick<IntentView, 'intent'>,
  payment: Payment,
  member: Member,
): boolean =>
  payment.kind === 'request' &&
  payment.intentId === intent.id &&
  payment.status === 'requested' &&
  payment.organizationId === member.organizationId &&
  payment.connectionId !== member.connectionId &&
  REVIEWERS.has(member.role);
