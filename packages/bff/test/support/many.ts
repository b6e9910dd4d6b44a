import { randomUUID } from 'node:crypto';
import type { PayState, Review } from '@qonto-pay/shared';
import type { Payer } from './payer.js';
import { type IntentChanges, intentBody, until, type World } from './world.js';

export type RowChanges = IntentChanges & { dueDate?: string };

/** One intent of many rows, each with a reference and a payee of its own but for what is given. */
export async function createMany(world: World, rows: readonly RowChanges[]): Promise<string> {
  const items = rows.map(({ dueDate, ...changes }) => ({
    ...intentBody(changes).items[0],
    ...(dueDate && { dueDate }),
  }));
  const body = { ...intentBody(), items };
  const answer = await world.partner('POST', '/partner/v1/intents', { body });
  if (answer.status !== 201) throw new Error(await answer.text());
  return ((await answer.json()) as { id: string }).id;
}

/** The state, once it is so. */
export const stateWhen = (payer: Payer, intent: string, isSo: (state: PayState) => boolean) =>
  until(() => payer.state(intent), isSo);

/** The review, once the bank has checked exactly the selected payees. */
export async function checkedReview(payer: Payer, intent: string): Promise<Review> {
  const { review } = await stateWhen(payer, intent, (state) => state.review?.check === 'done');
  if (!review) throw new Error('there is a review');
  return review;
}

/** The fields of a confirmation of all that is selected; every decision is made. */
export async function manyConfirmation(payer: Payer, intent: string) {
  const [pageToken, review] = await Promise.all([
    payer.openPage(intent),
    checkedReview(payer, intent),
  ]);
  const accept = review.items.filter(({ decisionNeeded }) => decisionNeeded);
  return {
    idempotencyKey: randomUUID(),
    pageToken,
    reviewVersion: String(review.version),
    account: review.accountId,
    accept: accept.map(({ index }) => index).join(','),
  };
}
