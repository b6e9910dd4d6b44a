import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.js';

/** `Date` headers have whole seconds and travel: less than this is no difference. */
const TOLERANCE_MS = 2_500;

/**
 * Keeps how far the bank's clock is ahead of the database's, so that `money_now()` is the later of
 * both. Writes only when the difference has changed.
 */
export class BankClock {
  readonly #db: Kysely<Database>;
  #ahead: { ms: number } | undefined;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** The bank said what time it is. */
  async tell(bankTime: Date, localNow: number): Promise<void> {
    const ms = Math.max(0, bankTime.getTime() - localNow);
    const known = this.#ahead?.ms ?? (await this.#read());
    if (Math.abs(ms - known) <= TOLERANCE_MS) return;
    const ahead = ms <= TOLERANCE_MS ? 0 : ms;
    this.#ahead = { ms: ahead };
    await sql`update bank_clock set ahead = ${`${ahead} milliseconds`}::interval`.execute(this.#db);
  }

  async #read(): Promise<number> {
    const { rows } = await sql<{ ms: number }>`
      select extract(epoch from ahead)::float8 * 1000 as ms from bank_clock`.execute(this.#db);
    this.#ahead = { ms: rows[0]?.ms ?? 0 };
    return this.#ahead.ms;
  }
}
