import type { KnownPayee, PayeeCheckAnswer } from '../payments/ports.js';
import type { Stored } from './columns.js';
import type { ReviewsTable } from './review-schema.js';

export type StoredResults = Stored<ReviewsTable['results']>;
export type StoredPayees = Stored<ReviewsTable['known']>;

/**
 * What the bank said last of each row; `was` keeps what it said before, where that differs.
 * @throws Error when it did not answer row by row.
 */
export function mergeResults(
  before: StoredResults,
  rows: readonly number[],
  answered: PayeeCheckAnswer['results'],
): StoredResults {
  if (answered.length !== rows.length) throw new Error('a payee check answers each of its rows');
  const merged = { ...before };
  for (const [position, { result, bankName = null }] of answered.entries()) {
    const row = String(rows[position]);
    const earlier = before[row];
    const isSame = earlier?.result === result && earlier.bankName === bankName;
    merged[row] = { result, bankName, was: (isSame ? earlier.was : earlier?.result) ?? null };
  }
  return merged;
}

/** What the payer's organisation has under IBANs that were looked up; an absent one it has not. */
export interface LookedUp {
  ibans: readonly string[];
  known: ReadonlyMap<string, KnownPayee>;
}

export function mergeKnown(before: StoredPayees, { ibans, known }: LookedUp): StoredPayees {
  const asked = new Set(ibans);
  const others = Object.entries(before).filter(([iban]) => !asked.has(iban));
  const found = [...known].filter(([iban]) => asked.has(iban));
  return Object.fromEntries([...others, ...found]);
}

/** IBANs whose payee the bank pays without asking now, and did not before. */
export const newlyTrusted = (before: StoredPayees, { ibans, known }: LookedUp): string[] =>
  ibans.filter((iban) => known.get(iban)?.trusted && !before[iban]?.trusted);
