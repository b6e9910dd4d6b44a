import type { Snapshot } from '@qonto-pay/shared';
import type { IntentService } from '../payments/intent-service.js';
import type { Log } from '../payments/ports.js';
import { coalesced } from './event-stream.js';

/** Published snapshots, in order, and the time that counts. */
export interface PublishedEvents {
  after(intentId: string, seq: number): Promise<{ snapshots: Snapshot[]; now: Date }>;
}

/** Says when an intent has changed. `seq`: the number of the event that the reader has seen. */
export interface IntentWakes {
  subscribe(reader: {
    intentId: string;
    seq: () => number;
    wake: () => void;
    /** Whose session shows it. */
    connectionId?: () => string | undefined;
  }): () => void;
}

interface Reader {
  seq: number;
  deliver: (snapshot: Snapshot) => void;
}

interface Feed {
  readers: Set<Reader>;
  wake: () => void;
  leave: () => void;
}

interface FeedsDeps {
  intents: IntentService;
  events: PublishedEvents;
  wakes: IntentWakes;
  log: Log;
}

/** Hands published snapshots to the readers of this process: one look per intent serves them all. */
export class SnapshotFeeds {
  readonly #deps: FeedsDeps;
  readonly #feeds = new Map<string, Feed>();

  constructor(deps: FeedsDeps) {
    this.#deps = deps;
  }

  /** Delivers each snapshot after `seq`, once and in order. @returns a function that ends it. */
  follow(intentId: string, seq: number, deliver: Reader['deliver']): () => void {
    const feed = this.#feeds.get(intentId) ?? this.#open(intentId);
    const reader = { seq, deliver };
    feed.readers.add(reader);
    feed.wake();
    return () => {
      feed.readers.delete(reader);
      if (feed.readers.size > 0 || this.#feeds.get(intentId) !== feed) return;
      feed.leave();
      this.#feeds.delete(intentId);
    };
  }

  #open(intentId: string): Feed {
    const readers = new Set<Reader>();
    const wake = coalesced(
      () => this.#look(intentId, readers),
      (error) => this.#deps.log.warn({ event: 'stream-failed', intentId, error }),
    );
    const leave = this.#deps.wakes.subscribe({
      intentId,
      seq: () => furthestBehind(readers),
      wake,
    });
    const feed = { readers, wake, leave };
    this.#feeds.set(intentId, feed);
    return feed;
  }

  async #look(intentId: string, readers: Set<Reader>): Promise<void> {
    // Publishes what changed unseen: another intent's payment, the passing of time.
    await this.#deps.intents.snapshot(intentId);
    if (readers.size === 0) return;
    const from = furthestBehind(readers);
    const { snapshots, now } = await this.#deps.events.after(intentId, from);
    const serverTime = now.toISOString();
    for (const reader of readers) {
      // Joined meanwhile, and further behind: the look that its own wake-up has asked for is next.
      if (reader.seq < from) continue;
      for (const snapshot of snapshots) {
        if (snapshot.seq <= reader.seq) continue;
        reader.seq = snapshot.seq;
        reader.deliver({ ...snapshot, serverTime });
      }
    }
  }
}

function furthestBehind(readers: Set<Reader>): number {
  let least = Number.MAX_SAFE_INTEGER;
  for (const { seq } of readers) least = Math.min(least, seq);
  return least;
}
