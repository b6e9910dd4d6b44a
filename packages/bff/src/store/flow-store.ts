import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.js';

/** Which intent a window opened in advance is for; answered once, by the widget that opened it. */
export interface FlowStore {
  /** `intentId` undefined: there is none, the window closes. @returns false when it was answered. */
  answer(flow: string, intentId: string | undefined): Promise<boolean>;
  find(flow: string): Promise<{ intentId: string | undefined } | undefined>;
}

/** A window waits 30 s for its answer; nobody asks later. */
const LIFE = '10 minutes';

export class PgFlowStore implements FlowStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async answer(flow: string, intentId: string | undefined): Promise<boolean> {
    const { rows } = await sql`
      with old as (delete from flows where created_at < clock_timestamp() - ${LIFE}::interval)
      insert into flows (id_hash, intent_id) values (${hash(flow)}, ${intentId ?? null})
      on conflict do nothing returning 1`.execute(this.#db);
    return rows.length === 1;
  }

  async find(flow: string): Promise<{ intentId: string | undefined } | undefined> {
    const row = await this.#db
      .selectFrom('flows')
      .select('intent_id')
      .where('id_hash', '=', hash(flow))
      .executeTakeFirst();
    return row && { intentId: row.intent_id ?? undefined };
  }
}

const hash = (flow: string) => createHash('sha256').update(flow).digest('base64url');
