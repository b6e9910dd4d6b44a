import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { constants, createGunzip } from 'node:zlib';

/** As much of the pay page's state as a benchmark looks at. */
export interface PayState {
  review: {
    version: number;
    accountId: string;
    check: string;
    decisionNeeded: boolean;
  } | null;
  items: { status: string }[];
}

const GIVE_UP_AFTER_MS = 120_000;

/** The pay page's stream, compressed as a browser asks for it; each event is the whole state. */
export class PayStates {
  events = 0;
  /** As they came over the network. */
  bytes = 0;
  readonly #request: ClientRequest;
  #latest: PayState | undefined;
  #ended: Error | undefined;
  #wake: () => void = () => {};

  private constructor(request: ClientRequest) {
    this.#request = request;
  }

  static async open(url: string, headers: Record<string, string>): Promise<PayStates> {
    const request = get(url, { agent: false, headers: { ...headers, 'Accept-Encoding': 'gzip' } });
    const states = new PayStates(request);
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    if (answer.statusCode !== 200) throw new Error(`the page's stream got ${answer.statusCode}`);
    request.on('error', () => {});
    answer.on('data', (chunk: Buffer) => {
      states.bytes += chunk.length;
    });
    const isZipped = answer.headers['content-encoding'] === 'gzip';
    const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
    states.#follow(isZipped ? answer.pipe(gunzip) : answer).catch((error: unknown) => {
      states.#end(error);
    });
    return states;
  }

  /** The first state from now on for which this is true. */
  async until(isWanted: (state: PayState) => boolean): Promise<PayState> {
    const giveUp = setTimeout(() => this.#end(new Error('waited in vain')), GIVE_UP_AFTER_MS);
    try {
      for (;;) {
        if (this.#latest && isWanted(this.#latest)) return this.#latest;
        if (this.#ended) throw new Error("the page's stream", { cause: this.#ended });
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
      const frames = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) this.#take(frame);
      this.#wake();
    }
    this.#end(new Error('the service ended it'));
  }

  #take(frame: string): void {
    const [, json] = /^event: state$[\s\S]*^data: (.*)$/m.exec(frame) ?? [];
    if (json === undefined) return;
    this.events += 1;
    this.#latest = JSON.parse(json) as PayState;
  }

  #end(why: unknown): void {
    this.#ended = why instanceof Error ? why : new Error('unreadable');
    this.#wake();
  }
}
