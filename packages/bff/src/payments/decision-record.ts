import { payeeSentence } from '@qonto-pay/shared/payee-sentences';
import type { Intent } from './records.js';
import { itemsOf } from './review-rules.js';
import type { ReadReview } from './review-service.js';

/**
 * What the payer saw and decided, for the audit log: for each row that was not a plain match the
 * result, the sentence that was shown, and in which language. The time is the log entry's.
 */
export function decisionRecord(
  intent: Intent,
  { review, rows }: ReadReview,
  { reviewVersion, lang }: { reviewVersion: number; lang: string },
): Record<string, unknown> {
  const references = new Map(
    itemsOf(intent, rows).map(({ index, externalRef }) => [index, externalRef]),
  );
  // The page speaks English where it does not know the language.
  const shownIn = lang === 'fr' ? 'fr' : 'en';
  const decisions = review.items
    .filter(({ index, decisionNeeded }) => decisionNeeded && references.has(index))
    .map(({ index, payeeCheck: { result, bankName, was }, warnings, lastIban }) => ({
      row: index,
      externalRef: references.get(index),
      payeeCheck: result,
      bankName,
      warnings,
      shown: payeeSentence({ result, bankName, was, warnings, lastIban, lang: shownIn }),
      accepted: true,
    }));
  return {
    ...{ reviewVersion, lang },
    count: rows.length,
    amount: review.amount,
    payOn: review.payOn,
    trusted: review.approval === 'none',
    matches: rows.length - decisions.length,
    decisions,
  };
}
