import { type Invoice, totalsOf } from './invoice.js';

/** What this site reads of an intent. */
export interface Intent {
  id: string;
  url: string;
  why: string | null;
}

/** The payment service did not answer, or not as agreed. */
export class PaymentServiceError extends Error {
  /** The HTTP status, if there was an answer. */
  readonly status: number | undefined;

  constructor(message: string, { status, cause }: { status?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'PaymentServiceError';
    this.status = status;
  }
}

export interface PartnerApiOptions {
  baseUrl: string;
  secret: string;
  timeoutMs?: number;
}

/** What a partner's server asks of the payment service, with the secret that no browser ever sees. */
export class PartnerApi {
  readonly #baseUrl: string;
  readonly #secret: string;
  readonly #timeoutMs: number;

  constructor({ baseUrl, secret, timeoutMs = 10_000 }: PartnerApiOptions) {
    this.#baseUrl = baseUrl;
    this.#secret = secret;
    this.#timeoutMs = timeoutMs;
  }

  /** Says what is to be paid. The same invoice and count give the same intent, however often this is called. */
  async createIntent(invoice: Invoice, returnUrl: string): Promise<Intent> {
    const body = {
      kind: 'transfer',
      items: [
        {
          externalRef: invoice.number,
          amount: totalsOf(invoice.lines).gross,
          currency: 'EUR',
          payee: invoice.supplier,
          reference: `Invoice ${invoice.number}`,
          dueDate: invoice.dueOn,
        },
      ],
      returnUrl,
    };
    return this.#ask('/partner/v1/intents', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': `${invoice.number}-${invoice.intentCount + 1}`,
      },
      body: JSON.stringify(body),
    });
  }

  readIntent(id: string): Promise<Intent> {
    return this.#ask(`/partner/v1/intents/${encodeURIComponent(id)}`, {});
  }

  async #ask(path: string, request: RequestInit): Promise<Intent> {
    const headers = { ...request.headers, Authorization: `Bearer ${this.#secret}` };
    const signal = AbortSignal.timeout(this.#timeoutMs);
    try {
      const answer = await fetch(this.#baseUrl + path, { ...request, headers, signal });
      const body: unknown = await answer.json();
      if (!answer.ok) throw refusal(answer.status, body);
      return parseIntent(body);
    } catch (cause) {
      if (cause instanceof PaymentServiceError) throw cause;
      throw new PaymentServiceError('The payment service does not answer.', { cause });
    }
  }
}

function refusal(status: number, body: unknown): PaymentServiceError {
  const { code } = (body ?? {}) as { code?: unknown };
  const detail = typeof code === 'string' ? `${status} ${code}` : String(status);
  return new PaymentServiceError(`The payment service answered ${detail}.`, { status });
}

function parseIntent(body: unknown): Intent {
  const { id, url, why } = (body ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || typeof url !== 'string') {
    throw new PaymentServiceError('The payment service sent no intent.');
  }
  return { id, url, why: typeof why === 'string' ? why : null };
}
