import { isReleased } from '@qonto-pay/shared';
import { PaymentError } from './errors.js';
import { FRESH_SIGN_IN_MS, plus } from './pace.js';
import type {
  CheckFailure,
  IntentView,
  Member,
  PayeeCheckRecord,
  ReviewRecord,
} from './records.js';
import type { ReadReview } from './review-service.js';
import { isSameRows } from './selection.js';
import { isFree, isLive, reasonAgainstPaying } from './snapshot.js';

/** The sign-in is recent enough to pay a payee for whom the bank asks no approval. */
export function isFresh(
  { signedInAt }: Pick<Member, 'signedInAt'>,
  { freshAfter }: Pick<ReviewRecord, 'freshAfter'>,
  now: Date,
): boolean {
  return signedInAt >= plus(now, -FRESH_SIGN_IN_MS) && (!freshAfter || signedInAt >= freshAfter);
}

/** A payment of this member that runs or has paid it all: a second click is the same payment. */
export const joins = (view: IntentView, member: Member): boolean =>
  view.payment?.connectionId === member.connectionId &&
  !isReleased(view.payment.status) &&
  ['in-progress', 'paid'].includes(reasonAgainstPaying(view) ?? '');

/** @throws PaymentError that says what is so, without a word about who paid. */
export function assertPayable(view: IntentView): void {
  switch (reasonAgainstPaying(view)) {
    case 'paid':
      throw new PaymentError('already-paid', 'This invoice is paid. Nothing is left to do.');
    case 'in-progress':
      throw new PaymentError('payment-in-progress', 'Somebody is paying this invoice now.');
    case 'withdrawn':
      throw new PaymentError('intent-withdrawn', 'Ask the sender for a new payment link.');
    case 'lapsed':
      throw new PaymentError('intent-lapsed', 'Ask the sender for a new payment link.');
    case null:
  }
}

/** @throws PaymentError while any of it may move money, and once all of it is paid. */
export function assertWithdrawable(view: IntentView): void {
  if (isLive(view)) {
    throw new PaymentError('payment-in-progress', 'Somebody is paying this invoice now.');
  }
  if (!view.items.some(isFree)) {
    throw new PaymentError('already-paid', 'This invoice is paid. Nothing is left to do.');
  }
}

/** The rows whose decision the payer has made; `only-row`: that of an invoice alone. */
export type Accepted = ReadonlySet<number> | 'only-row';

/**
 * The check of exactly the rows to be paid. Whatever is not a plain match, or carries a warning,
 * needs the payer's own decision, row by row; nothing is decided while a check runs.
 * @throws PaymentError that names the first row without a decision.
 */
export function decided(
  { review, record, rows }: ReadReview,
  accepted: Accepted,
): PayeeCheckRecord {
  const { check } = record;
  if (!check || !isSameRows(check.rows, rows)) throw reviewChanged();
  if (check.status !== 'done') {
    throw new PaymentError('payee-check-pending', 'Wait until the bank has checked the payees.');
  }
  const isAccepted = (row: number) =>
    accepted === 'only-row' ? rows.length === 1 : accepted.has(row);
  const missing = review.items.find(
    ({ index, decisionNeeded }) => decisionNeeded && rows.includes(index) && !isAccepted(index),
  );
  if (!missing) return check;
  throw new PaymentError(
    'payee-not-accepted',
    `Decide about the payee of row ${missing.index + 1}, then confirm again.`,
    { field: `items[${missing.index}]` },
  );
}

export const reviewChanged = () =>
  new PaymentError('review-changed', 'Please look at the payment again, then confirm.');

export function withoutReview(why: CheckFailure): PaymentError {
  switch (why) {
    case 'signed-out':
      return new PaymentError('not-signed-in', 'Sign in with Qonto again.');
    case 'consent':
      return new PaymentError('consent-required', 'Sign in again and allow the permission.');
    case 'not-allowed':
      return new PaymentError('not-allowed', 'Ask an owner or admin of your company to pay.');
    case 'too-many':
      return new PaymentError(
        'too-many-payee-checks',
        'Many payees were checked without a payment. Try again in an hour.',
      );
    case 'unavailable':
      return new PaymentError('bank-unavailable', 'Qonto does not answer. Try again in a moment.');
  }
}
