import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Asked {
  method: string;
  path: string;
  authorization: string | undefined;
  idempotencyKey: string | undefined;
  body: CreateIntent | undefined;
}

interface CreateIntent {
  /** Of a link, which has no items. */
  externalRef?: string;
  items: {
    externalRef: string;
    amount: string;
    payee: { name: string; iban: string };
    attachments?: { url: string; sha256: string }[];
  }[];
  returnUrl: string;
}

interface ItemStatus {
  status: string;
  reason?: string;
  scheduledOn?: string;
}

const MAGIC = {
  payees: [
    { effect: 'match', name: 'Atelier & Fils', iban: 'FR7610278008281039295362036' },
    { effect: 'match', name: 'Another Match', iban: 'FR7616958000014849440866435' },
    { effect: 'no-match', name: 'Global Trade', iban: 'FR7620041060011040879228209' },
    { effect: 'close-match', name: 'Jean Dupond', iban: 'FR7614508012341040087295167' },
  ],
  amounts: [
    { effect: 'insufficient-funds', amount: '666.21' },
    { effect: 'declined:qonto_processing_failed', amount: '666.07' },
  ],
};

/** As much of the payment service and of the sandbox as a partner's server meets. */
export class PaymentService {
  readonly asked: Asked[] = [];
  /** What an intent answers, by its invoice. */
  readonly whyByRef = new Map<string, string>();
  /** What became of an item, wherever it is. */
  readonly statusByRef = new Map<string, ItemStatus>();
  /** The link of an intent to collect, by its invoice. */
  readonly linkByRef = new Map<string, { status: string; payments: { status: string }[] }>();
  isDown = false;
  readonly #server: Server;
  #refsByIntent = new Map<string, string[]>();

  constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  forgetAll(): void {
    this.#refsByIntent = new Map();
  }

  get created(): Asked[] {
    return this.asked.filter(({ method }) => method === 'POST');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (path === '/_control/magic') return send(response, 200, MAGIC);
    const asked = await readRequest(request);
    this.asked.push(asked);
    if (this.isDown) return send(response, 503, { code: 'unavailable' });
    if (path.startsWith('/partner/v1/payments?')) return this.#tellPayments(path, response);
    const refs = asked.body
      ? this.#create(asked.body)
      : this.#refsByIntent.get(path.split('/')[4] ?? '');
    const [ref] = refs ?? [];
    if (!refs || !ref) return send(response, 404, { code: 'not-found' });
    const id = `in_${ref}`;
    const why = this.whyByRef.get(ref) ?? null;
    const items = refs.map((externalRef, index) => ({ index, ...this.#item(externalRef) }));
    const isTouched = items.some(({ status }) => status !== 'open');
    const link = this.linkByRef.get(ref) ?? null;
    const status = link?.status ?? (isTouched ? 'processing' : 'open');
    const url = `http://pay.test/pay/${id}`;
    send(response, asked.body ? 201 : 200, { id, url, status, why, items, link });
  }

  #item(externalRef: string): ItemStatus & { externalRef: string } {
    return { externalRef, ...(this.statusByRef.get(externalRef) ?? { status: 'open' }) };
  }

  /** One payment of all items of the intents that hold the one asked for. */
  #tellPayments(path: string, response: ServerResponse): void {
    const ref = new URL(path, 'http://bff.test').searchParams.get('externalRef') ?? '';
    const holding = [...this.#refsByIntent.values()].filter((refs) => refs.includes(ref));
    const payments = holding.map((refs) => ({ items: refs.map((each) => this.#item(each)) }));
    send(response, 200, { payments });
  }

  #create({ externalRef, items }: CreateIntent): string[] {
    const refs = externalRef ? [externalRef] : items.map((item) => item.externalRef);
    this.#refsByIntent.set(`in_${refs[0]}`, refs);
    return refs;
  }
}

async function readRequest(request: IncomingMessage): Promise<Asked> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    authorization: request.headers.authorization,
    idempotencyKey: request.headers['idempotency-key'] as string | undefined,
    body: text
      ? { items: [], ...(JSON.parse(text) as Partial<CreateIntent> & { returnUrl: string }) }
      : undefined,
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
