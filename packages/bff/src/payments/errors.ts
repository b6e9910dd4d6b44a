import type { ProblemCode } from '@qonto-pay/shared';

/**
 * A refusal that the caller can act upon. `detail` is a plain sentence that says what to do;
 * it never holds a token, an IBAN, a name or a reference.
 */
export class PaymentError extends Error {
  override readonly name = 'PaymentError';
  readonly code: ProblemCode;
  /** The path of the field at fault, such as `items[3].payee.iban`. */
  readonly field: string | undefined;

  constructor(code: ProblemCode, detail: string, options: ErrorOptions & { field?: string } = {}) {
    super(detail, options);
    this.code = code;
    this.field = options.field;
  }
}

/** The bank did not answer, or not as documented; nothing is known to have happened. */
export class BankUnavailableError extends Error {
  override readonly name = 'BankUnavailableError';
  readonly traceId: string | undefined;

  constructor(message: string, options: ErrorOptions & { traceId?: string | undefined } = {}) {
    super(message, options);
    this.traceId = options.traceId;
  }
}

/** The connection's tokens are gone or refused: the member has to sign in again. */
export class SignedOutError extends Error {
  override readonly name = 'SignedOutError';
}

/** The member has not given a permission that the call needs. */
export class ConsentNeededError extends Error {
  override readonly name = 'ConsentNeededError';
}

/** The bank says no to this member: their role or plan does not allow it. Asking again is no use. */
export class NotAllowedError extends Error {
  override readonly name = 'NotAllowedError';
}

/** The member has no connection to the payment provider that works: the bank hides its links from them. */
export class NotConnectedError extends Error {
  override readonly name = 'NotConnectedError';
}

/** The bank could not be asked, for a reason that may pass: nothing is wrong with us. */
export const isBankSilence = (error: unknown): boolean =>
  error instanceof BankUnavailableError ||
  error instanceof SignedOutError ||
  error instanceof ConsentNeededError ||
  error instanceof NotAllowedError ||
  error instanceof NotConnectedError;

/** A change of status that the table does not know: a defect, never a user's fault. */
export class IllegalTransitionError extends Error {
  override readonly name = 'IllegalTransitionError';
}
