import type { LinkProblem } from '@qonto-pay/shared/link-words/link-words';
import type { ProviderProblem } from '@qonto-pay/shared/link-words/provider-words';

/** Sentences about what just happened, shown above the step. */
export type Notice =
  | 'changed'
  | 'check-pending'
  | 'decide'
  | 'account'
  | 'too-many'
  | 'paused'
  | 'bank'
  | 'refused'
  | 'checking'
  | 'not-arrived'
  | 'try-again'
  | 'reloaded'
  | 'not-cancelable'
  | 'not-replaceable';

/** Their words come with the part of the page that they concern. */
export type LaterNotice = 'documents' | 'date' | 'gone' | 'consent-refused';

/** Their words come with the part for payment links; most are the problem's own code. */
export type CollectNotice =
  | LinkProblem
  | 'link-lost'
  | 'not-the-payee'
  | 'not-allowed'
  | 'bank-unavailable'
  | 'bank-refused'
  | 'partner-paused';

export type ProviderNotice = ProviderProblem | 'account-not-usable';

const BY_CODE: Readonly<Record<string, Notice | LaterNotice>> = {
  'review-changed': 'changed',
  'idempotency-key-reused': 'changed',
  'payee-check-pending': 'check-pending',
  'payee-not-accepted': 'decide',
  'account-not-usable': 'account',
  'too-many-approvals': 'too-many',
  'too-many-payee-checks': 'too-many',
  'too-many-requests': 'too-many',
  'partner-paused': 'paused',
  'bank-unavailable': 'bank',
  'bank-refused': 'refused',
  'not-cancelable': 'not-cancelable',
  'approval-not-replaceable': 'not-replaceable',
  'document-missing': 'documents',
  'invalid-date': 'date',
  'invalid-selection': 'changed',
  'request-not-pending': 'gone',
};

/** These need no sentence of their own: the state that is read next shows its own step. */
const SHOWN_BY_STATE: ReadonlySet<string> = new Set([
  'not-signed-in',
  'consent-required',
  'not-allowed',
  'fresh-sign-in-required',
  'payment-in-progress',
  'already-paid',
  'intent-withdrawn',
  'intent-lapsed',
  'intent-not-found',
  'payment-not-found',
]);

/** `unclear`: a refusal that is not listed may have come after the work was done. */
export function noticeOf(code: string): Notice | LaterNotice | 'shown-by-state' | 'unclear' {
  return SHOWN_BY_STATE.has(code) ? 'shown-by-state' : (BY_CODE[code] ?? 'unclear');
}

/** Only a new page brings a new token. */
export const needsNewPage = (code: string): boolean =>
  code === 'page-token-invalid' || code === 'page-token-too-young';
