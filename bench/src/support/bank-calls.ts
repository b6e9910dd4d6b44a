import type { Span } from './numbers.js';

/** As Node has it: for the benchmark's own requests, which are nobody's bank calls. */
export const plainFetch = globalThis.fetch;

export interface BankCall extends Span {
  method: string;
  path: string;
  headers: RequestInit['headers'];
  /** The answer's text. */
  text: string;
}

/** Every call that this process makes to the bank's API, from the request to the answer's last byte. */
export class BankCalls {
  readonly #origin: string;
  readonly #calls: BankCall[] = [];

  constructor(bankUrl: string) {
    this.#origin = new URL(bankUrl).origin;
  }

  /** Before the service starts, because it keeps the `fetch` that it finds. */
  install(): void {
    globalThis.fetch = async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.origin !== this.#origin || !url.pathname.startsWith('/v2/')) {
        return plainFetch(input, init);
      }
      return this.#measure({ input, init, url });
    };
  }

  uninstall(): void {
    globalThis.fetch = plainFetch;
  }

  since(time: number): BankCall[] {
    return this.#calls.filter(({ startedAt }) => startedAt >= time);
  }

  async #measure(request: {
    input: Parameters<typeof fetch>[0];
    init: Parameters<typeof fetch>[1];
    url: URL;
  }): Promise<Response> {
    const { input, init, url } = request;
    const startedAt = performance.now();
    const answer = await plainFetch(input, init);
    // Read here, so that waiting for the body is the bank's time as well.
    const bytes = await answer.arrayBuffer();
    const endedAt = performance.now();
    const { method = 'GET', headers: sent } = init ?? {};
    const text = Buffer.from(bytes).toString('utf8');
    this.#calls.push({ method, path: url.pathname, headers: sent, startedAt, endedAt, text });
    const { status, statusText, headers } = answer;
    return new Response(bytes.byteLength > 0 ? bytes : null, { status, statusText, headers });
  }
}
