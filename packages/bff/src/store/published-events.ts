import type { Snapshot } from '@qonto-pay/shared';
import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.js';

/** Each event is a whole snapshot: who has missed more than this needs the latest only. */
const MOST_MISSED = 200;

/** The public snapshots as they were published, for streams. */
export class PgPublishedEvents {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Every event after this one, in order, and the time that counts. */
  async after(intentId: string, seq: number): Promise<{ snapshots: Snapshot[]; now: Date }> {
    const { rows } = await sql<{ now: Date; snapshot: Snapshot | null }>`
      select money_now() as now, e.snapshot from (values (1)) as one
      left join (
        select seq, snapshot from intent_events where intent_id = ${intentId} and seq > ${seq}
        order by seq desc limit ${MOST_MISSED}) e on true
      order by e.seq`.execute(this.#db);
    return {
      now: rows[0]?.now ?? new Date(Number.NaN),
      snapshots: rows.flatMap(({ snapshot }) => (snapshot ? [snapshot] : [])),
    };
  }

  async currentSeqs(intentIds: string[]): Promise<Map<string, number>> {
    const { rows } = await sql<{ id: string; seq: number }>`
      select id, seq from intents where id = any(${intentIds})`.execute(this.#db);
    return new Map(rows.map(({ id, seq }) => [id, seq]));
  }
}
