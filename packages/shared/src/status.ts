/**
 * The statuses of a payment, closed: what each means stands in `docs/statuses.md`.
 * `open` belongs to the intent only: nobody has confirmed a payment of it yet.
 */
export const PAYMENT_STATUSES = [
  'confirmed',
  'sending',
  'approval_needed',
  'approved',
  'requested',
  'scheduled',
  'processing',
  'settled',
  'sent_unconfirmed',
  'partially_settled',
  'declined',
  'denied',
  'expired',
  'not_enrolled',
  'canceled',
  'failed',
  'unknown',
  'held',
] as const;

export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/**
 * What the public snapshot may show. `approved` is internal and reads `approval_needed`; that a
 * member has no paired device is nobody else's business, so `not_enrolled` reads `declined`.
 */
export type PublicStatus = 'open' | Exclude<PaymentStatus, 'approved' | 'not_enrolled'>;

const FINAL: ReadonlySet<PaymentStatus> = new Set([
  'settled',
  'sent_unconfirmed',
  'partially_settled',
  'declined',
  'denied',
  'expired',
  'not_enrolled',
  'canceled',
  'failed',
]);

const RELEASED: ReadonlySet<PaymentStatus> = new Set([
  'declined',
  'denied',
  'expired',
  'not_enrolled',
  'canceled',
  'failed',
]);

/** The payment will not change any more. */
export const isFinal = (status: PaymentStatus): boolean => FINAL.has(status);

/** The payment ended without money, so its `externalRef` may be paid anew (I-2). */
export const isReleased = (status: PaymentStatus): boolean => RELEASED.has(status);

export function publicStatus(status: PaymentStatus): Exclude<PublicStatus, 'open'> {
  if (status === 'approved') return 'approval_needed';
  return status === 'not_enrolled' ? 'declined' : status;
}

/** Why a payment was declined or failed, closed: the pay page has a sentence for each. */
export const PAYMENT_REASONS = [
  // The bank declined.
  'insufficient-funds',
  'needs-approver',
  'approver-missing',
  'account-not-found',
  'not-allowed',
  'payee-account-invalid',
  'payee-not-usable',
  'payee-not-reachable',
  'compliance',
  'bank-processing-failed',
  'bank-refused',
  // 403 to a bulk: this member or this plan pays one invoice at a time.
  'bulk-not-allowed',
  'document-missing',
  // A colleague refused the request, or it was withdrawn at the bank.
  'request-declined',
  'request-canceled',
  // Nothing reached the bank; it may be tried again.
  'payee-check-expired',
  'payee-became-trusted',
  'signed-out',
  'consent-needed',
  'too-late-to-send',
  'not-at-the-bank',
] as const;

export type PaymentReason = (typeof PAYMENT_REASONS)[number];

/** The statuses of a payment link, closed. `open`: it may be paid, or there is none yet. */
export const LINK_STATUSES = ['open', 'processing', 'paid', 'expired', 'canceled'] as const;
export type LinkStatus = (typeof LINK_STATUSES)[number];

/** How a client may pay a link (facts 4.10). */
export const LINK_METHODS = ['credit_card', 'apple_pay', 'paypal', 'ideal'] as const;
export type LinkMethod = (typeof LINK_METHODS)[number];

/** Why no link came of a request, closed: the pay page has a sentence for each. */
export const LINK_REASONS = [
  // The connection to the provider is gone, or Qonto no longer offers links to this organisation.
  'provider-not-connected',
  'not-allowed',
  'method-not-enabled',
  'bank-refused',
  // The bank's total was not ours; that link was withdrawn before anybody saw it.
  'amount-differs',
  // Another link of the invoice was paid, so this one was withdrawn.
  'paid-otherwise',
  // Nothing reached the bank; it may be tried again.
  'signed-out',
  'consent-needed',
  'not-at-the-bank',
] as const;
export type LinkReason = (typeof LINK_REASONS)[number];
