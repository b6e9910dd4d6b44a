import { z } from 'zod';
import { isIban } from '../iban.js';

/** Without spaces, upper case, of a SEPA country, valid check digits (facts 5.5). */
export const ibanField = z.string().refine(isIban, {
  error: 'is not a valid IBAN',
  params: { code: 'invalid_iban' },
});

export const text = (most: number) =>
  z.string().min(1, 'must not be empty').max(most, `must have at most ${most} characters`);
