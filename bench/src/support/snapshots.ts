import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage } from 'node:http';

export interface Snapshot {
  seq: number;
  status: string;
  final: boolean;
  /** Of an intent to collect, once it is there. */
  link?: { url: string } | null;
}

export interface Arrival {
  at: number;
  snapshot: Snapshot;
}

const GIVE_UP_AFTER_MS = 40_000;

/** The public stream of an intent, read as the widget's `EventSource` gets it. */
export class Snapshots {
  readonly #request: ClientRequest;
  readonly #arrivals: Arrival[] = [];
  readonly #intent: string;
  #read = 0;
  #wake: () => void = () => {};
  #ended: Error | undefined;

  private constructor(intent: string, request: ClientRequest) {
    this.#intent = intent;
    this.#request = request;
  }

  /** Resolves when the stream is open; its first event is the current snapshot. */
  static async open(url: string, intent: string): Promise<Snapshots> {
    // A connection for each stream, as a browser has it; `fetch` would keep spare ones open.
    const request = get(`${url}/v1/intents/${intent}/events`, { agent: false });
    const snapshots = new Snapshots(intent, request);
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    if (answer.statusCode !== 200) throw new Error(`a stream got ${answer.statusCode}`);
    request.on('error', () => {});
    snapshots.#follow(answer).catch((error: unknown) => snapshots.#end(error));
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
    this.#request.destroy();
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
