import type { BeneficiaryBook } from './beneficiary-book.js';
import { type CheckError, magicPayeeOf } from './data/magic.js';
import { compareNames } from './payee-name.js';

export type PayeeCheckResult =
  | { readonly kind: 'match' | 'no-match' | 'not-possible' }
  | { readonly kind: 'close-match'; readonly holder: string }
  | { readonly kind: 'error'; readonly code: CheckError };

/** What the payee's bank would say of a name and an IBAN. Nobody known at an IBAN: the name is right. */
export function checkPayee(
  book: BeneficiaryBook,
  payee: { readonly organizationId: string; readonly name: string; readonly iban: string },
): PayeeCheckResult {
  const magic = magicPayeeOf(payee.iban);
  if (magic?.answers === 'not-possible') return { kind: 'not-possible' };
  if (magic?.answers) return { kind: 'error', code: magic.answers };
  const holder =
    magic?.holder ??
    magic?.name ??
    book.findByIban(payee.organizationId, payee.iban)?.name ??
    payee.name;
  const likeness = compareNames(payee.name, holder);
  if (likeness === 'close') return { kind: 'close-match', holder };
  return { kind: likeness === 'match' ? 'match' : 'no-match' };
}
