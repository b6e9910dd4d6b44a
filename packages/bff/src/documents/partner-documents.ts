import type { DocumentRefusal, PartnerDocuments } from '../payments/document-ports.js';
import { MAX_DOCUMENT_BYTES } from '../payments/document-rules.js';

export interface PartnerDocumentsOptions {
  /** What the partner's entry says now: an intent may be older than its last change. */
  hostsOf: (partnerId: string) => readonly string[];
  fetch?: typeof fetch;
  timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/** Reads documents from the hosts that partners registered, over HTTP, from nowhere else. */
export class HttpPartnerDocuments implements PartnerDocuments {
  readonly #options: PartnerDocumentsOptions;
  readonly #fetch: typeof fetch;

  constructor(options: PartnerDocumentsOptions) {
    this.#options = options;
    this.#fetch = options.fetch ?? globalThis.fetch;
  }

  async fetch(partnerId: string, url: string) {
    try {
      const content = await this.#read(partnerId, url);
      return typeof content === 'string'
        ? { kind: 'refused' as const, cause: content }
        : { kind: 'fetched' as const, content };
    } catch (error) {
      return { kind: 'refused' as const, cause: causeOf(error) };
    }
  }

  async #read(partnerId: string, url: string): Promise<Buffer | DocumentRefusal> {
    const { origin, username, password } = new URL(url);
    const isRegistered = this.#options.hostsOf(partnerId).includes(origin);
    if (!isRegistered || username || password) return 'host-not-registered';
    const answer = await this.#fetch(url, {
      headers: { accept: 'application/pdf, image/jpeg, image/png', 'accept-encoding': 'identity' },
      credentials: 'omit',
      // Followed, it could lead into our own network.
      redirect: 'manual',
      signal: AbortSignal.timeout(this.#options.timeoutMs ?? TIMEOUT_MS),
    });
    if (answer.status === 200) return readBody(answer);
    await answer.body?.cancel();
    return answer.status >= 300 && answer.status < 400 ? 'redirected' : 'not-there';
  }
}

/** Counted while it arrives: a length header may be missing or lie. */
async function readBody(answer: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_DOCUMENT_BYTES) throw new TooLargeError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function causeOf(error: unknown): DocumentRefusal {
  if (error instanceof TooLargeError) return 'too-large';
  const name = error instanceof Error ? error.name : '';
  return name === 'TimeoutError' || name === 'AbortError' ? 'too-late' : 'unreachable';
}
