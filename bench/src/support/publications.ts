import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Traffic } from './statements.js';
import type { World } from './world.js';

/** What had gone to the database when an event became visible. */
export interface Publication {
  at: number;
  traffic: Traffic;
}

const LOOK_EVERY_MS = 20;
const GIVE_UP_AFTER_MS = 20_000;

/** When the service's events became visible to everybody: PostgreSQL notifies at the commit. */
export class Publications {
  readonly #database: pg.Pool;
  readonly #seen = new Map<string, Publication[]>();

  private constructor({ database, statements }: World, listener: pg.PoolClient) {
    this.#database = database;
    listener.on('notification', ({ payload }) => {
      const { traffic } = statements;
      this.#seen.get(payload ?? '')?.push({ at: performance.now(), traffic });
    });
  }

  static async listen(world: World): Promise<Publications> {
    const { database, later } = world;
    const listener = await database.connect();
    // Not given back to the pool: it listens.
    later(() => listener.release(true));
    await listener.query('listen intents');
    return new Publications(world, listener);
  }

  /** Begins to watch an intent. @returns the number of its last event. */
  async watch(intent: string): Promise<number> {
    const { rows } = await this.#database.query<{ seq: number }>(
      'select seq from intents where id = $1',
      [intent],
    );
    this.#seen.set(intent, []);
    return rows[0]?.seq ?? 0;
  }

  /** All since `watch`, in the order of the events. */
  of(intent: string): readonly Publication[] {
    return this.#seen.get(intent) ?? [];
  }

  /** When an event of this status was published, of those after `since`, and its number. */
  async until(
    intent: string,
    { since, status }: { since: number; status: string },
  ): Promise<Publication & { seq: number }> {
    const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
    for (;;) {
      const { rows } = await this.#database.query<{ seq: number; status: string }>(
        `select seq, snapshot->>'status' as status from intent_events
         where intent_id = $1 and seq > $2 order by seq`,
        [intent, since],
      );
      // Each commit that publishes is one event and one notification, in the same order.
      const index = rows.findIndex((row) => row.status === status);
      const seen = this.of(intent)[index];
      if (seen) return { ...seen, seq: since + index + 1 };
      if (performance.now() > giveUpAt) {
        throw new Error(`never ${status}: ${rows.map((row) => row.status).join(', ')}`);
      }
      await sleep(LOOK_EVERY_MS);
    }
  }
}
