import type { PayState } from '@qonto-pay/shared';
import { readPayState } from './pay-state.js';

/** What an answer may be. `lost`: none of ours came, so nobody knows whether the request arrived. */
export type Answer =
  | { kind: 'state'; state: PayState }
  | { kind: 'problem'; code: string; httpStatus: number }
  | { kind: 'lost' };

const READ_TIMEOUT_MS = 10_000;
/** Longer than the BFF waits for the bank, so that it is the BFF that answers. */
const POST_TIMEOUT_MS = 45_000;

/** The BFF refuses a page token that is younger than 700 ms; ours was made before this line ran. */
const TOKEN_AGE_MS = 750;
const LOADED_AT_MS = performance.now();

async function read(response: Response): Promise<Answer> {
  const body: unknown = await response.json();
  if (!response.ok) {
    const code = (body as { code?: unknown } | null)?.code;
    const known = typeof code === 'string' ? code : 'internal';
    return { kind: 'problem', code: known, httpStatus: response.status };
  }
  const state = readPayState(body);
  return state ? { kind: 'state', state } : { kind: 'lost' };
}

async function ask(url: string, init: RequestInit): Promise<Answer> {
  try {
    return await read(await fetch(url, { ...init, cache: 'no-store', redirect: 'error' }));
  } catch {
    // Offline, timed out, or not JSON (a proxy's page): the same to the payer.
    return { kind: 'lost' };
  }
}

/** The pay page's own API of one intent: same-origin, with the session's cookie. */
export class PayClient {
  readonly #base: string;
  readonly #pageToken: string;
  readonly #intent: string;

  constructor(options: { intent: string; pageToken: string }) {
    this.#intent = options.intent;
    this.#pageToken = options.pageToken;
    this.#base = `/pay/api/intents/${encodeURIComponent(options.intent)}`;
  }

  readState(): Promise<Answer> {
    return ask(this.#base, {
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(READ_TIMEOUT_MS),
    });
  }

  /** Posts to a part of the intent, such as `review`. */
  post(part: string, fields: Record<string, string> = {}): Promise<Answer> {
    return this.send(part, this.#fields(fields));
  }

  /** Posts a form exactly as it is; it has the page's token already. */
  send(part: string, form: URLSearchParams | FormData): Promise<Answer> {
    return this.#post(this.urlOf(part), form);
  }

  /** Where something of the intent is downloaded from. */
  urlOf(part: string): string {
    return `${this.#base}/${part}`;
  }

  signOut(): Promise<Answer> {
    return this.#post('/pay/api/sign-out', this.#fields({ intent: this.#intent }));
  }

  #fields(fields: Record<string, string>): URLSearchParams {
    return new URLSearchParams({ pageToken: this.#pageToken, ...fields });
  }

  async #post(url: string, body: URLSearchParams | FormData): Promise<Answer> {
    const youngMs = TOKEN_AGE_MS - (performance.now() - LOADED_AT_MS);
    if (youngMs > 0) await new Promise((resolve) => setTimeout(resolve, youngMs));
    return ask(url, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body,
      signal: AbortSignal.timeout(POST_TIMEOUT_MS),
    });
  }
}
