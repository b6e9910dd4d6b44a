import { sql } from 'kysely';
import type { Trx } from './publish.js';

/** What becomes of an intent, whatever its kind. The caller publishes it. */
export async function writeWithdrawn(trx: Trx, intentId: string): Promise<void> {
  await sql`
    with withdrawn as (
      update intents set withdrawn_at = money_now() where id = ${intentId} returning partner_id)
    insert into audit_log (partner_id, intent_id, actor, action)
    select partner_id, ${intentId}, 'partner', 'intent-withdrawn' from withdrawn`.execute(trx);
}

/**
 * `false`: written a moment ago. A page that is loaded over and over is seen once a second, as each
 * event is kept for ever.
 */
export async function writePageSeen(trx: Trx, intentId: string): Promise<boolean> {
  const { rows } = await sql`update intents set page_seen_at = money_now()
    where id = ${intentId} and (page_seen_at is null
      or page_seen_at not between money_now() - interval '1 second' and money_now())
    returning 1`.execute(trx);
  return rows.length > 0;
}
