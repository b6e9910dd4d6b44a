import { plainFetch } from './bank-calls.js';

export interface Snapshot {
  seq: number;
  status: string;
  final: boolean;
}

export interface Arrival {
  at: number;
  snapshot: Snapshot;
}

const GIVE_UP_AFTER_MS = 40_000;

/** The public stream of an intent, read as the widget's `EventSource` gets it. */
export class Snapshots {
  readonly #stop = new AbortController();
  readonly #arrivals: Arrival[] = [];
  readonly #intent: string;
  #read = 0;
  #wake: () => void = () => {};
  #ended: Error | undefined;

  private constructor(intent: string) {
    this.#intent = intent;
  }

  /** Resolves when the stream is open; its first event is the current snapshot. */
  static async open(url: string, intent: string): Promise<Snapshots> {
    const snapshots = new Snapshots(intent);
    const answer = await plainFetch(`${url}/v1/intents/${intent}/events`, {
      headers: { Accept: 'text/event-stream' },
      signal: snapshots.#stop.signal,
    });
    if (answer.status !== 200 || !answer.body) throw new Error(`a stream got ${answer.status}`);
    snapshots.#follow(answer.body).catch((error: unknown) => snapshots.#end(error));
    return snapshots;
  }

  /** The next event for which this is true; those before it are passed over. */
  async until(isWanted: (snapshot: Snapshot) => boolean): Promise<Arrival> {
    const giveUp = setTimeout(() => {
      this.#end(new Error(`waited in vain, last seen: ${this.#last()?.status}`));
    }, GIVE_UP_AFTER_MS);
    try {
      for (;;) {
        const arrival = this.#arrivals[this.#read];
        if (arrival) {
          this.#read += 1;
          if (isWanted(arrival.snapshot)) return arrival;
          continue;
        }
        if (this.#ended) throw new Error(`stream of ${this.#intent}`, { cause: this.#ended });
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      clearTimeout(giveUp);
    }
  }

  close(): void {
    this.#stop.abort();
  }

  async #follow(body: AsyncIterable<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of body) {
      const at = performance.now();
      const frames = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) this.#take(frame, at);
      this.#wake();
    }
    this.#end(new Error('the service ended it'));
  }

  #take(frame: string, at: number): void {
    const [, json] = /^event: snapshot$[\s\S]*^data: (.*)$/m.exec(frame) ?? [];
    if (json === undefined) return;
    const snapshot = JSON.parse(json) as Snapshot;
    const last = this.#last();
    if (last && snapshot.seq !== last.seq + 1) {
      throw new Error(`event ${snapshot.seq} came after ${last.seq}`);
    }
    this.#arrivals.push({ at, snapshot });
  }

  #last(): Snapshot | undefined {
    return this.#arrivals.at(-1)?.snapshot;
  }

  #end(why: unknown): void {
    this.#ended = why instanceof Error ? why : new Error('unreadable');
    this.#wake();
  }
}
