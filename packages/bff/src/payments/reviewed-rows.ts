import { reviewChanged, withoutReview } from './confirmation-rules.js';
import { bankDay } from './days.js';
import { PaymentError } from './errors.js';
import type { Intent, IntentView, Member } from './records.js';
import type { ReadReview, ReviewService, RowDocuments } from './review-service.js';
import { assertFree, isSameRows } from './selection.js';
import { isFree } from './snapshot.js';
import type { ReviewStore } from './store-port.js';

/** What the member saw, if it still is so. @throws PaymentError `review-changed`, `invalid-date`. */
export async function reviewedAs(
  version: number,
  reviews: Pick<ReviewService, 'read'>,
  view: IntentView,
  member: Member,
): Promise<ReadReview> {
  const outcome = await reviews.read(view, member);
  if (outcome.kind !== 'review') throw withoutReview(outcome.kind);
  const { record } = outcome;
  if (record.version !== version) throw reviewChanged();
  // The day was chosen before midnight, and has passed.
  if (/^\d/.test(record.payOn) && record.payOn < bankDay(view.now)) {
    throw new PaymentError('invalid-date', 'The day has passed. Choose another one.', {
      field: 'payOn',
    });
  }
  return outcome;
}

/**
 * A row that the member saw in this version and that another payment holds by now is told by name.
 * @throws PaymentError `already-paid`, `payment-in-progress`.
 */
export async function assertNoneTaken(
  version: number,
  reviews: Pick<ReviewStore, 'find'>,
  { intent, items }: IntentView,
  { connectionId }: Member,
): Promise<void> {
  if (items.every(isFree)) return;
  const seen = await reviews.find(intent.id, connectionId);
  if (seen?.version !== version || !seen.check) return;
  const { check, selection = check.rows } = seen;
  if (isSameRows(check.rows, selection)) assertFree(items, selection);
}

/** The bank's ids of the documents that the rows need. @throws PaymentError `document-missing`. */
export async function documentIdsOf(
  documents: RowDocuments,
  intent: Intent,
  member: Member,
  rows: readonly number[],
): Promise<ReadonlyMap<number, string[]>> {
  const states = await documents.states(intent, rows, member);
  for (const [row, { state }] of states) {
    if (state === 'ready' || state === 'not-needed') continue;
    throw new PaymentError(
      'document-missing',
      `Add a document to row ${row + 1}: Qonto asks for one above 30,000 EUR.`,
      { field: `items[${row}]` },
    );
  }
  return new Map([...states].map(([row, { attachmentIds }]) => [row, attachmentIds]));
}
