import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { addressConfig, type DatabaseAddress } from './database.js';

export type NotificationHandler = (payload: string) => void;

export interface NotificationsOptions {
  /** Called after every new connection but the first: what was notified meanwhile is lost, so look. */
  onReconnect?: () => void;
  onError?: (error: Error) => void;
}

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 2_000;

/** PostgreSQL's LISTEN on a connection of its own, which is made anew whenever it is lost. */
export class Notifications {
  readonly #address: DatabaseAddress;
  readonly #options: NotificationsOptions;
  readonly #handlers = new Map<string, Set<NotificationHandler>>();
  readonly #closing = new AbortController();
  #client: pg.Client | undefined;
  #connecting: Promise<void> | undefined;

  constructor(address: DatabaseAddress, options: NotificationsOptions = {}) {
    this.#address = address;
    this.#options = options;
  }

  /** Resolves when notifications arrive; the first call connects, and fails if it cannot. */
  async listen(channel: string, handler: NotificationHandler): Promise<void> {
    const handlers = this.#handlers.get(channel);
    if (handlers) handlers.add(handler);
    else this.#handlers.set(channel, new Set([handler]));
    if (this.#client) await this.#subscribe(this.#client, channel);
    else {
      // One connection for calls made together; it listens to the channels of all of them.
      this.#connecting ??= this.#connect().finally(() => {
        this.#connecting = undefined;
      });
      await this.#connecting;
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#connecting?.catch(() => {});
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => {});
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ keepAlive: true, ...addressConfig(this.#address) });
    let isLost = false;
    const lost = (): void => {
      isLost = true;
      this.#lost(client);
    };
    // 'error' and 'end' may both come, in either order; whichever is first counts.
    client.on('error', (error) => {
      this.#options.onError?.(error);
      lost();
    });
    client.on('end', lost);
    client.on('notification', ({ channel, payload }) => this.#hand(channel, payload ?? ''));
    try {
      await client.connect();
      // A channel added while this loop waits is visited too.
      for (const channel of this.#handlers.keys()) await this.#subscribe(client, channel);
      if (isLost || this.#closing.signal.aborted) throw new Error('the connection was closed');
      this.#client = client;
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
  }

  /** A handler that throws must take neither the others nor the process down. */
  #hand(channel: string, payload: string): void {
    for (const handler of this.#handlers.get(channel) ?? []) {
      try {
        handler(payload);
      } catch (error) {
        this.#options.onError?.(error instanceof Error ? error : new Error('a handler failed'));
      }
    }
  }

  async #subscribe(client: pg.Client, channel: string): Promise<void> {
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    if (this.#closing.signal.aborted) return;
    this.#connecting = this.#reconnect().finally(() => {
      this.#connecting = undefined;
    });
  }

  async #reconnect(): Promise<void> {
    const { signal } = this.#closing;
    for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)) {
      // Unreferenced: a process that is done must not be kept alive by a dead database.
      await sleep(delayMs, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
      const error = await this.#connect().catch((cause: Error) => cause);
      if (!error) break;
      this.#options.onError?.(error);
    }
    this.#options.onReconnect?.();
  }
}
