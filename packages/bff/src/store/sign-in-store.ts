import { type Kysely, sql } from 'kysely';
import type { SignInStore, StartedSignIn } from '../auth/ports.js';
import type { Database } from './schema.js';

export class PgSignInStore implements SignInStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async start({ stateHash, cookieHash, partnerId, intentId, verifier, scopes }: StartedSignIn) {
    // Anybody may begin a sign-in: old ones must not pile up.
    await this.#db
      .deleteFrom('sign_ins')
      .where('created_at', '<', sql<Date>`clock_timestamp() - interval '1 day'`)
      .execute();
    await this.#db
      .insertInto('sign_ins')
      .values({
        state_hash: stateHash,
        cookie_hash: cookieHash,
        partner_id: partnerId,
        intent_id: intentId,
        verifier,
        scopes,
      })
      .execute();
  }

  async find(stateHash: string) {
    const row = await this.#db
      .selectFrom('sign_ins')
      .selectAll()
      .select(ageMs().as('age_ms'))
      .where('state_hash', '=', stateHash)
      .executeTakeFirst();
    return (
      row && {
        stateHash: row.state_hash,
        cookieHash: row.cookie_hash,
        partnerId: row.partner_id,
        intentId: row.intent_id,
        verifier: row.verifier,
        scopes: row.scopes,
        isUsed: row.used_at !== null,
        ageMs: row.age_ms,
      }
    );
  }

  async use(stateHash: string, maxAgeMs: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('sign_ins')
      .set({ used_at: sql`clock_timestamp()` })
      .where('state_hash', '=', stateHash)
      .where('used_at', 'is', null)
      .where(ageMs(), '<=', maxAgeMs)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }
}

function ageMs() {
  return sql<number>`(extract(epoch from clock_timestamp() - created_at) * 1000)::float8`;
}
