import type { Snapshot } from '@qonto-pay/shared';
import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.js';

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
      left join intent_events e on e.intent_id = ${intentId} and e.seq > ${seq}
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
