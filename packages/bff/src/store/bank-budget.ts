import type pg from 'pg';
import type { BankBudget, BudgetPriority } from '../qonto/ports.js';

export type BudgetLimits = Record<BudgetPriority, { in10s: number; in10min: number }>;

/** Qonto allows 1,000 in 10 s and 10,000 in 10 min; the rest is room for OAuth and for clocks that differ. */
const LIMITS: BudgetLimits = {
  create: { in10s: 950, in10min: 9_500 },
  replay: { in10s: 950, in10min: 9_500 },
  read: { in10s: 800, in10min: 8_000 },
  poll: { in10s: 600, in10min: 6_000 },
};
const LOCK = 7_166_002;

/** One count for all instances behind one address: a row per second, one round trip per call. */
export class PgBankBudget implements BankBudget {
  readonly #pool: pg.Pool;
  readonly #limits: BudgetLimits;

  constructor(pool: pg.Pool, limits: BudgetLimits = LIMITS) {
    this.#pool = pool;
    this.#limits = limits;
  }

  async take(priority: BudgetPriority): Promise<boolean> {
    const { in10s, in10min } = this.#limits[priority];
    // Statements sent together are one transaction, and the second sees what was committed before
    // the lock was given: with the lock inside the same statement it would count too little.
    // A lost second after a crash does no harm, so no commit waits for the disk.
    const results = (await this.#pool.query(`
      select pg_advisory_xact_lock(${LOCK}), set_config('synchronous_commit', 'off', true);
      delete from bank_calls where second < clock_timestamp() - interval '11 minutes';
      with used as (
        select
          coalesce(sum(calls) filter (where second >= clock_timestamp() - interval '11 s'), 0) as in10s,
          coalesce(sum(calls) filter (where second >= clock_timestamp() - interval '601 s'), 0) as in10min
        from bank_calls
      )
      insert into bank_calls (second, calls)
        select date_trunc('second', clock_timestamp()), 1 from used
        where in10s < ${in10s} and in10min < ${in10min}
      on conflict (second) do update set calls = bank_calls.calls + 1
      returning calls;
    `)) as unknown as pg.QueryResult[];
    return (results.at(-1)?.rowCount ?? 0) > 0;
  }
}
