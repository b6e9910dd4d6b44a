import { isDeepStrictEqual } from 'node:util';
import type { Snapshot } from '@qonto-pay/shared';
import { sql, type Transaction } from 'kysely';
import type { IntentView } from '../payments/records.js';
import { snapshotOf } from '../payments/snapshot.js';
import { readView } from './intent-view.js';
import type { Database } from './schema.js';

export type Trx = Transaction<Database>;

export async function lockIntent(trx: Trx, intentId: string): Promise<void> {
  await sql`select 1 from intents where id = ${intentId} for update`.execute(trx);
}

/** Whether the world has seen the intent as it is now. */
export const isPublished = (view: IntentView, published: Snapshot | null): boolean =>
  isSameSnapshot(published, snapshotOf(view));

/** Apart from the time of day. */
export const isSameSnapshot = (published: Snapshot | null, snapshot: Snapshot): boolean =>
  isDeepStrictEqual({ ...published, serverTime: snapshot.serverTime }, snapshot);

/** The caller holds the intent's row, and tells the streams. */
export async function appendEvent(trx: Trx, snapshot: Snapshot): Promise<void> {
  const { id, seq } = snapshot;
  await sql`
    with counted as (update intents set seq = ${seq} where id = ${id})
    insert into intent_events (intent_id, seq, snapshot)
    values (${id}, ${seq}, ${JSON.stringify(snapshot)}::jsonb)`.execute(trx);
}

/**
 * Appends the next event of an intent: gapless, because the counter is taken in the transaction
 * that writes it. The caller holds the intent's row. Wakes the streams of this intent and of the
 * latest others that name one of its invoices. `seen`: the view, if it was read under that lock.
 */
export async function publish(trx: Trx, intentId: string, seen?: IntentView): Promise<IntentView> {
  const read = seen ?? (await readView(trx, intentId))?.view;
  if (!read) throw new Error('a published intent exists');
  const view = { ...read, intent: { ...read.intent, seq: read.intent.seq + 1 } };
  await sql`
    with counted as (update intents set seq = ${view.intent.seq} where id = ${intentId}),
    appended as (
      insert into intent_events (intent_id, seq, snapshot)
      values (${intentId}, ${view.intent.seq}, ${JSON.stringify(snapshotOf(view))}::jsonb))
    select pg_notify('intents', s.intent_id) from (
      select other.intent_id from intent_items own
        join intent_items other
          on other.partner_id = own.partner_id and other.external_ref = own.external_ref
      where own.intent_id = ${intentId}
      group by other.intent_id order by (other.intent_id = ${intentId}) desc limit 50) s
  `.execute(trx);
  return view;
}
