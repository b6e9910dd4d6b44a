import { PaymentError } from '../payments/errors.js';
import { reasonAgainstLink } from './link-snapshot.js';
import type { LinkView } from './records.js';

/** @throws PaymentError that says why no link can be made of the intent now. */
export function assertCreatable(view: LinkView): void {
  switch (reasonAgainstLink(view)) {
    case 'paid':
      throw alreadyPaid();
    case 'in-progress':
      throw inProgress();
    case 'withdrawn':
      throw new PaymentError('intent-withdrawn', 'The invoice was withdrawn by its sender.');
    case 'lapsed':
      throw new PaymentError('intent-lapsed', 'Ask for the invoice anew.');
    case null:
  }
}

/** @throws PaymentError `link-in-progress`, `already-paid`: a client may pay, or has paid. */
export function assertWithdrawable(view: LinkView): void {
  const why = reasonAgainstLink(view);
  if (why === 'paid') throw alreadyPaid();
  if (why === 'in-progress') throw inProgress();
}

export const alreadyPaid = () =>
  new PaymentError('already-paid', 'The invoice has been paid by a link.');

export const inProgress = () =>
  new PaymentError('link-in-progress', 'Share the link that there is, or deactivate it first.');
