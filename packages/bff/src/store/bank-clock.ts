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
  readonly #localNow: () => number;
  #told: number | undefined;

  constructor(db: Kysely<Database>, localNow: () => number) {
    this.#db = db;
    this.#localNow = localNow;
  }

  /** The bank said what time it is. Our own clock only decides whether that is news. */
  async tell(bankTime: Date): Promise<void> {
    const difference = bankTime.getTime() - this.#localNow();
    if (this.#told !== undefined && Math.abs(difference - this.#told) <= TOLERANCE_MS) return;
    await sql`
      update bank_clock set ahead = case
        when ${bankTime} - clock_timestamp() > ${`${TOLERANCE_MS} milliseconds`}::interval
        then ${bankTime} - clock_timestamp() else interval '0' end`.execute(this.#db);
    this.#told = difference;
  }
}
