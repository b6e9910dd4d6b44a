import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { World } from './world.js';

const LOOK_EVERY_MS = 20;
const GIVE_UP_AFTER_MS = 20_000;

/** When the service's events became visible to everybody: PostgreSQL notifies at the commit. */
export class Publications {
  readonly #database: pg.Pool;
  readonly #times = new Map<string, number[]>();

  private constructor(database: pg.Pool, listener: pg.PoolClient) {
    this.#database = database;
    listener.on('notification', ({ payload }) => {
      this.#times.get(payload ?? '')?.push(performance.now());
    });
  }

  static async listen({ database, later }: World): Promise<Publications> {
    const listener = await database.connect();
    // Not given back to the pool: it listens.
    later(() => listener.release(true));
    await listener.query('listen intents');
    return new Publications(database, listener);
  }

  /** Begins to watch an intent. @returns the number of its last event. */
  async watch(intent: string): Promise<number> {
    const { rows } = await this.#database.query<{ seq: number }>(
      'select seq from intents where id = $1',
      [intent],
    );
    this.#times.set(intent, []);
    return rows[0]?.seq ?? 0;
  }

  /** When an event of this status was published, of those after `since`, and its number. */
  async until(
    intent: string,
    { since, status }: { since: number; status: string },
  ): Promise<{ at: number; seq: number }> {
    const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
    for (;;) {
      const { rows } = await this.#database.query<{ seq: number; status: string }>(
        `select seq, snapshot->>'status' as status from intent_events
         where intent_id = $1 and seq > $2 order by seq`,
        [intent, since],
      );
      // Each commit that publishes is one event and one notification, in the same order.
      const index = rows.findIndex((row) => row.status === status);
      const at = this.#times.get(intent)?.[index];
      if (at !== undefined) return { at, seq: since + index + 1 };
      if (performance.now() > giveUpAt) {
        throw new Error(`never ${status}: ${rows.map((row) => row.status).join(', ')}`);
      }
      await sleep(LOOK_EVERY_MS);
    }
  }
}
