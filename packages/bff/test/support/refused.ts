import { PaymentError } from '../../src/payments/errors.js';

/** Which rule refuses this, and at which field; `undefined`: none. */
export function refused(act: () => unknown): [code: string, field: string | undefined] | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof PaymentError) return [error.code, error.field];
    throw error;
  }
  return undefined;
}
