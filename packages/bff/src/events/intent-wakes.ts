import type { Log } from '../payments/ports.js';

/** Behind a lost notification no reader stays for longer than this. */
const SWEEP_MS = 2000;
/** Every fifth time everybody looks: payee checks, other intents' payments, the passing of time. */
const DEEP_SWEEP_EVERY = 5;

export interface IntentReader {
  intentId: string;
  /** The number of the last event that it has seen. */
  seq: () => number;
  wake: () => void;
  /** Whose session shows it; none where nobody is signed in. */
  connectionId?: () => string | undefined;
}

/**
 * Tells the open streams of this instance that their intent has changed: at once by a database
 * notification, and by a sweep where one was lost.
 */
export class IntentWakes {
  readonly #readers = new Map<string, Set<IntentReader>>();
  readonly #currentSeqs: (intentIds: string[]) => Promise<Map<string, number>>;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #sweeps = 0;

  constructor(options: {
    currentSeqs: (intentIds: string[]) => Promise<Map<string, number>>;
    log: Log;
  }) {
    this.#currentSeqs = options.currentSeqs;
    this.#log = options.log;
  }

  start(): void {
    this.#timer = setInterval(() => void this.sweep(), SWEEP_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** @returns a function that ends the subscription. */
  subscribe(reader: IntentReader): () => void {
    const readers = this.#readers.get(reader.intentId) ?? new Set();
    this.#readers.set(reader.intentId, readers.add(reader));
    return () => {
      readers.delete(reader);
      if (readers.size === 0 && this.#readers.get(reader.intentId) === readers) {
        this.#readers.delete(reader.intentId);
      }
    };
  }

  notify(intentId: string): void {
    for (const reader of this.#readers.get(intentId) ?? []) reader.wake();
  }

  /** News of a member's connection, or of the provider's: what shows it looks again. */
  notifyConnection(connectionId: string): void {
    for (const readers of this.#readers.values()) {
      for (const reader of readers) if (reader.connectionId?.() === connectionId) reader.wake();
    }
  }

  /** Wakes who has missed something; after a lost connection, everybody is asked. */
  async sweep(): Promise<void> {
    if (this.#readers.size === 0) return;
    try {
      const isDeep = ++this.#sweeps % DEEP_SWEEP_EVERY === 0;
      const seqs = await this.#currentSeqs([...this.#readers.keys()]);
      for (const readers of this.#readers.values()) {
        for (const reader of readers) {
          const isBehind = reader.seq() < (seqs.get(reader.intentId) ?? 0);
          if (isDeep || isBehind) reader.wake();
        }
      }
    } catch (error) {
      this.#log.warn({ event: 'sweep-failed', error });
    }
  }
}
