import type { Payee } from './invoice.js';

/** One of up to 400 that an intent says is to be paid. */
export interface IntentItem {
  externalRef: string;
  amount: string;
  currency: 'EUR';
  payee: Payee;
  reference: string;
  dueDate: string;
  /** Where the payment service finds the invoice, and the hash of its bytes. */
  attachments?: { url: string; sha256: string }[];
}

/** A row of what a client is to pay. Without VAT; a decimal string each. */
export interface BasketRow {
  title: string;
  quantity: string;
  unitPrice: string;
  vatRate: string;
  type: 'good' | 'service';
}

/** What an intent is for: invoices to pay, or a payment link for a client. */
type What =
  | { kind: 'transfer'; items: IntentItem[] }
  | {
      kind: 'link';
      externalRef: string;
      currency: 'EUR';
      methods: string[];
      reusable: boolean;
      /** One of the two. */
      basket?: { items: BasketRow[] };
      invoice?: { id: string; number: string; debtor: string; amount: string };
      /** Who is paid by bank transfer instead. */
      payee: Payee;
      reference: string;
    };

interface ItemStatus {
  externalRef: string;
  status: string;
}

/** What this site reads of an intent. */
export interface Intent {
  id: string;
  url: string;
  status: string;
  why: string | null;
  items: ItemStatus[];
  /** There is a payment link. */
  hasLink: boolean;
  /** How often it was paid. */
  paidTimes: number;
}

/** What this site reads of an item of a payment. */
export interface PaymentItem extends ItemStatus {
  reason: string | null;
  scheduledOn: string | null;
}

export interface IntentOrder {
  what: What;
  returnUrl: string;
  /** The same key gives the same intent, however often it is sent. */
  idempotencyKey: string;
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

  /** Says what is to be paid, or collected. */
  async createIntent({ what, returnUrl, idempotencyKey }: IntentOrder): Promise<Intent> {
    const answer = await this.#ask('/partner/v1/intents', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
      body: JSON.stringify({ ...what, returnUrl }),
    });
    return parseIntent(answer);
  }

  async readIntent(id: string): Promise<Intent> {
    return parseIntent(await this.#ask(`/partner/v1/intents/${encodeURIComponent(id)}`, {}));
  }

  /** The items of every payment that holds this one, whatever became of it. */
  async readPaymentItems(externalRef: string): Promise<PaymentItem[]> {
    const query = new URLSearchParams({ externalRef });
    return parsePayments(await this.#ask(`/partner/v1/payments?${query}`, {}));
  }

  async #ask(path: string, request: RequestInit): Promise<unknown> {
    const headers = { ...request.headers, Authorization: `Bearer ${this.#secret}` };
    const signal = AbortSignal.timeout(this.#timeoutMs);
    try {
      const answer = await fetch(this.#baseUrl + path, { ...request, headers, signal });
      const body: unknown = await answer.json();
      if (!answer.ok) throw refusal(answer.status, body);
      return body;
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
  const { id, url, status, why, items, link } = (body ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || typeof url !== 'string') {
    throw new PaymentServiceError('The payment service sent no intent.');
  }
  return {
    id,
    url,
    status: String(status),
    why: typeof why === 'string' ? why : null,
    items: Array.isArray(items) ? (items as ItemStatus[]) : [],
    ...linkFacts(link),
  };
}

function linkFacts(link: unknown): Pick<Intent, 'hasLink' | 'paidTimes'> {
  const { payments } = (link ?? {}) as { payments?: { status?: unknown }[] };
  if (!Array.isArray(payments)) return { hasLink: false, paidTimes: 0 };
  return { hasLink: true, paidTimes: payments.filter(({ status }) => status === 'paid').length };
}

function parsePayments(body: unknown): PaymentItem[] {
  const { payments } = (body ?? {}) as { payments?: { items: PaymentItem[] }[] };
  if (!Array.isArray(payments)) {
    throw new PaymentServiceError('The payment service sent no payments.');
  }
  return payments.flatMap(({ items }) => items);
}
