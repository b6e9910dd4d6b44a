/** One call as Qonto's gateway gets it. */
export interface BankCall {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: ReadonlyArray<readonly [name: string, value: string]>;
  accessToken: string;
  headers?: Record<string, string>;
  body?: Buffer;
  timeoutMs: number;
}

/** Whatever came back complete. `json` is undefined when it was not JSON (a login page, a gateway text). */
export interface BankAnswer {
  status: number;
  json: unknown;
  /** Set when it came as a PDF. */
  pdf?: Buffer;
  /** The bank's clock, or ours where the answer has no `Date`. */
  at: Date;
  traceId: string | undefined;
}

/** No complete answer: what became of the call is not known. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly reason: 'timeout' | 'unreachable' | 'reset' | 'too-large';

  constructor(reason: NoAnswerError['reason'], options?: ErrorOptions) {
    super(`The bank gave no answer (${reason})`, options);
    this.reason = reason;
  }
}

export interface QontoClientOptions {
  /** Such as `https://thirdparty.qonto.com`. */
  baseUrl: string;
  /** Qonto's sandbox only: without it every answer is a login page. */
  stagingToken?: string | undefined;
  fetch?: typeof fetch;
  now?: () => Date;
  /** Hears the bank's clock with every answer. */
  onBankTime?: (at: Date) => void;
}

const MAX_BODY_BYTES = 5_000_000;
const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** The one place that speaks HTTP with Qonto. It never sends anything twice. */
export class QontoClient {
  readonly #options: QontoClientOptions;
  readonly #fetch: typeof fetch;
  readonly #now: () => Date;

  constructor(options: QontoClientOptions) {
    this.#options = options;
    this.#fetch = options.fetch ?? globalThis.fetch;
    this.#now = options.now ?? (() => new Date());
  }

  async call(call: BankCall): Promise<BankAnswer> {
    try {
      const response = await this.#fetch(this.#url(call), {
        method: call.method,
        headers: this.#headers(call),
        ...(call.body && { body: onceOnly(call.body), duplex: 'half' as const }),
        // The sandbox's login page is a 302: followed, it would look like a 200.
        redirect: 'manual',
        signal: AbortSignal.timeout(call.timeoutMs),
      });
      return this.#answer(response, await readBody(response));
    } catch (cause) {
      if (cause instanceof NoAnswerError) throw cause;
      throw new NoAnswerError(reasonOf(cause), { cause });
    }
  }

  #url({ path, query = [] }: BankCall): string {
    const search = new URLSearchParams();
    for (const [name, value] of query) search.append(name, value);
    return `${this.#options.baseUrl.replace(/\/$/, '')}${path}${search.size ? `?${search}` : ''}`;
  }

  #headers({ accessToken, headers, body }: BankCall): Record<string, string> {
    const { stagingToken } = this.#options;
    return {
      accept: 'application/json',
      authorization: `Bearer ${accessToken}`,
      ...(body && {
        'content-type': 'application/json',
        'content-length': String(body.byteLength),
      }),
      ...(stagingToken && { 'X-Qonto-Staging-Token': stagingToken }),
      ...headers,
    };
  }

  #answer(response: Response, body: Buffer): BankAnswer {
    const sentAt = new Date(response.headers.get('date') ?? Number.NaN);
    const isDated = !Number.isNaN(sentAt.getTime());
    const type = mediaType(response);
    const json = isJson(type) ? parse(body) : undefined;
    // A login page or a proxy's error tells its own time, not the bank's.
    if (isDated && json !== undefined) this.#options.onBankTime?.(sentAt);
    return {
      status: response.status,
      json,
      ...(type === 'application/pdf' && { pdf: body }),
      at: isDated ? sentAt : this.#now(),
      traceId: response.headers.get('x-tyk-trace-id') ?? traceIdOf(json),
    };
  }
}

/** A stream can be read once: given the bytes, Node's fetch would send them again after a 421. */
function onceOnly(bytes: Buffer): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes));
      controller.close();
    },
  });
}

function mediaType(response: Response): string {
  return response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
}

function isJson(type: string): boolean {
  return type === 'application/json' || /^application\/[\w.-]+\+json$/.test(type);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function traceIdOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || !('trace_id' in json)) return undefined;
  return typeof json.trace_id === 'string' ? json.trace_id.slice(0, 100) : undefined;
}

async function readBody(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Counted while it arrives: a length header may be missing or lie.
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new NoAnswerError('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function reasonOf(error: unknown): NoAnswerError['reason'] {
  if (!(error instanceof Error)) return 'reset';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && UNREACHABLE.has(code) ? 'unreachable' : 'reset';
}
