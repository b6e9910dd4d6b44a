import { createHmac, randomUUID } from 'node:crypto';
import { until, type World } from './world.js';

/** A subscription as the bank holds it; its secret is told for the tests. */
export interface Subscription {
  id: string;
  callback_url: string;
  types: string[];
  secret: string;
}

export interface StoredEvent {
  id: string;
  topic: string;
  object_id: string | null;
  done_at: Date | null;
  tries: number;
  lease_owner: string | null;
}

/** A world whose bank tells our service what has changed. */
export const TOLD = { env: { QONTO_WEBHOOKS: 'on' } };

export const SUBSCRIPTIONS = '/v2/webhook_subscriptions';

const ALICE = { member: 'alice', scope: 'webhook organization.read' };

/** What the bank would be told at one of our addresses. */
export class Hooks {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** All that the bank has for ACME SAS. */
  async subscriptions(): Promise<Subscription[]> {
    await this.#world.bank.switches({ webhook_secret_shown: true });
    const answer = await this.#world.bank.as(ALICE, SUBSCRIPTIONS);
    return ((await answer.json()) as { subscriptions: Subscription[] }).subscriptions;
  }

  /** Waits until the bank has so many. */
  async has(count: number): Promise<Subscription[]> {
    return until(
      () => this.subscriptions(),
      ({ length }) => length === count,
    );
  }

  /** The bank loses one, or somebody deletes it there. */
  async lose({ id }: Subscription): Promise<void> {
    await this.#world.bank.as(ALICE, `${SUBSCRIPTIONS}/${id}`, { method: 'DELETE' });
  }

  /** Sends an event as the bank would, with whatever is said otherwise. */
  send(subscription: Subscription, event: object | string, changes: Changes = {}) {
    const body = typeof event === 'string' ? event : JSON.stringify(event);
    const { secret = subscription.secret, atSeconds = Math.floor(Date.now() / 1000) } = changes;
    const v1 = createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest('hex');
    return fetch(changes.url ?? subscription.callback_url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Qonto-Signature': `t=${atSeconds},v1=${v1}`,
        ...changes.headers,
      },
      body: changes.body ?? body,
    });
  }

  async stored(): Promise<StoredEvent[]> {
    const { rows } = await this.#world.database.query<StoredEvent>(
      'select * from webhook_events order by received_at',
    );
    return rows;
  }

  /** Waits until something was worked on that is to be worked on again, later. */
  async putOff(): Promise<void> {
    await until(
      () => this.stored(),
      (events) =>
        events.some((one) => one.tries > 0 && one.done_at === null && one.lease_owner === null),
    );
  }

  /** Waits until everything that was told has been worked on. */
  async worked(): Promise<StoredEvent[]> {
    return until(
      () => this.stored(),
      (events) => events.every(({ done_at }) => done_at !== null),
    );
  }
}

interface Changes {
  secret?: string;
  atSeconds?: number;
  headers?: Record<string, string>;
  /** Other bytes than were signed. */
  body?: string;
  url?: string;
}

export const transferEvent = (transferId: string, changes: object = {}) => ({
  id: randomUUID(),
  type: 'v1/transfers',
  created_at: new Date().toISOString(),
  data: { event: 'settled', id: transferId, status: 'settled' },
  ...changes,
});
