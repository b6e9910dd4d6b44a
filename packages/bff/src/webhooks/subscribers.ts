import { createHash } from 'node:crypto';
import type { Subscriber, SubscriberStore } from './ports.js';

/** 128 random bits in base64url. */
const TOKEN = /^[\w-]{22}$/;
const KEPT_MS = 600_000;
const MOST_KEPT = 10_000;

export const tokenHash = (token: string): string =>
  createHash('sha256').update(token).digest('hex');

/**
 * Whose address this is. Kept in memory for a while, so that an event costs one statement: what an
 * address was given for never changes.
 */
export class Subscribers {
  readonly #store: SubscriberStore;
  readonly #now: () => number;
  readonly #kept = new Map<string, { until: number; found: Promise<Subscriber | undefined> }>();

  constructor(store: SubscriberStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  async byToken(token: string): Promise<Subscriber | undefined> {
    if (!TOKEN.test(token)) return undefined;
    const hash = tokenHash(token);
    const kept = this.#kept.get(hash);
    if (kept && kept.until > this.#now()) return kept.found;
    return this.#look(hash);
  }

  async #look(hash: string): Promise<Subscriber | undefined> {
    const found = this.#store.byTokenHash(hash);
    this.#keep(hash, found);
    try {
      const subscriber = await found;
      // Whoever guesses must not fill the memory.
      if (!subscriber) this.#kept.delete(hash);
      return subscriber;
    } catch (error) {
      this.#kept.delete(hash);
      throw error;
    }
  }

  #keep(hash: string, found: Promise<Subscriber | undefined>): void {
    this.#kept.delete(hash);
    this.#kept.set(hash, { until: this.#now() + KEPT_MS, found });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}
