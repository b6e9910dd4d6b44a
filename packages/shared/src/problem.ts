/**
 * Every problem the BFF can answer with (RFC 9457, `application/problem+json`), by its stable
 * `code`: the HTTP status and the human title. The `detail` of an answer says what to do.
 */
export const PROBLEMS = {
  // What was sent cannot be read.
  'invalid-request': [400, 'The request is not as documented'],
  'malformed-json': [400, 'The body is not JSON'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'The body has a type that is not accepted here'],
  'invalid-amount': [400, 'The amount is not valid'],
  'invalid-currency': [400, 'The currency is not supported'],
  'invalid-iban': [400, 'The IBAN is not valid'],
  'invalid-payee-name': [400, 'The payee name is not valid'],
  'invalid-reference': [400, 'The reference is not valid'],
  'invalid-external-ref': [400, 'The external reference is not valid'],
  'invalid-due-date': [400, 'The due date is not valid'],
  'invalid-return-url': [400, 'The return URL is not registered'],
  'too-many-items': [400, 'The intent has too many items'],
  'total-over-limit': [400, 'The total is over the limit'],
  'invalid-attachment': [400, 'The attachment is not valid'],
  'invalid-date': [400, 'The date is not valid'],
  'invalid-selection': [400, 'The selection is not valid'],
  'document-not-accepted': [415, 'The document is not a PDF, JPEG or PNG'],
  'document-too-large': [413, 'The document is too large'],
  'invalid-basket': [400, 'The basket is not valid'],
  'invalid-quantity': [400, 'The quantity is not valid'],
  'invalid-vat-rate': [400, 'The VAT rate is not valid'],
  'invalid-measure-unit': [400, 'The measure unit is not known'],
  'invalid-methods': [400, 'The payment methods are not valid'],
  'invalid-invoice': [400, 'The invoice is not valid'],
  'invalid-phone-number': [400, 'The phone number is not valid'],
  'invalid-description': [400, 'The description is not valid'],
  'invalid-website': [400, 'The web address is not valid'],
  'duplicate-external-ref': [400, 'Two items have the same external reference'],
  'kind-not-supported': [400, 'This kind of intent is not supported here'],
  'idempotency-key-missing': [400, 'The idempotency key is missing'],
  'idempotency-key-reused': [422, 'The idempotency key was used for another request'],
  'idempotency-in-progress': [409, 'The same request is still being worked on'],
  // Who is asking.
  'partner-unauthorized': [401, 'The partner secret is missing or wrong'],
  'partner-paused': [403, 'Payments of this partner are paused'],
  'origin-not-allowed': [403, 'The page is not on a registered origin'],
  'not-same-origin': [403, 'The request does not come from our own page'],
  'page-token-invalid': [403, 'The page is too old or not ours'],
  'page-token-too-young': [403, 'The page was not visible long enough'],
  'not-signed-in': [401, 'Nobody is signed in'],
  'fresh-sign-in-required': [403, 'A fresh sign-in is required'],
  'consent-required': [403, 'Qonto asks for another permission'],
  'not-allowed': [403, 'Qonto does not let this member pay'],
  'webhook-signature-invalid': [401, 'The signature is missing or wrong'],
  'webhook-stale': [401, 'The signature is too old'],
  'sign-in-failed': [400, 'The sign-in did not succeed'],
  // What is asked for.
  'not-found': [404, 'There is nothing here'],
  'intent-not-found': [404, 'There is no such intent'],
  'payment-not-found': [404, 'There is no such payment'],
  'method-not-allowed': [405, 'This method is not offered here'],
  'intent-withdrawn': [409, 'The invoice was withdrawn'],
  'intent-lapsed': [409, 'The invoice can no longer be paid here'],
  'payment-in-progress': [409, 'A payment of this invoice is in progress'],
  'already-paid': [409, 'The invoice is already paid'],
  'review-changed': [409, 'What you reviewed has changed'],
  'payee-check-pending': [409, 'The payee is still being checked'],
  'payee-not-accepted': [409, 'The payee needs your decision'],
  'link-in-progress': [409, 'There is a payment link for this invoice already'],
  'other-links-open': [409, 'Another payment link of this invoice is open'],
  'link-not-open': [409, 'The payment link is not open'],
  'link-not-ours': [409, 'The payment link was not made here for certain'],
  'candidate-not-found': [409, 'The payment link is not among those found'],
  'method-not-enabled': [409, 'The payment method is not enabled'],
  'not-the-payee': [409, 'Another company is to be paid'],
  'provider-not-connected': [409, 'Qonto is not connected to the payment provider'],
  'provider-unavailable': [409, 'Qonto offers no payment links to this organisation'],
  'document-missing': [409, 'A payment above 30,000 EUR needs a document'],
  'request-not-pending': [409, 'The request is no longer waiting for a decision'],
  'proof-not-ready': [409, 'There is no proof of the transfer yet'],
  'account-not-usable': [409, 'The account cannot be used'],
  'not-cancelable': [409, 'The payment can no longer be canceled'],
  'approval-not-replaceable': [409, 'The approval can no longer be replaced'],
  'flow-already-used': [409, 'The flow was already answered'],
  'too-many-approvals': [429, 'Too many approvals were asked for'],
  'too-many-payee-checks': [429, 'Too many payee checks were made'],
  'too-many-requests': [429, 'Too many requests'],
  // The bank, and ourselves.
  'bank-unavailable': [503, 'The bank does not answer'],
  'bank-refused': [409, 'The bank refused'],
  internal: [500, 'Something went wrong on our side'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** The wire form. `field` is a path such as `items[3].payee.iban`. */
export interface Problem {
  type: string;
  code: ProblemCode;
  status: number;
  title: string;
  detail: string;
  requestId: string;
  field?: string;
  /** Qonto's trace id, where the bank answered one. */
  bankTraceId?: string;
}
