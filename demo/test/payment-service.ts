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
  items: { externalRef: string; amount: string; payee: { name: string; iban: string } }[];
  returnUrl: string;
}

const MAGIC = {
  payees: [
    { effect: 'match', name: 'Atelier & Fils', iban: 'FR7610278008281039295362036' },
    { effect: 'match', name: 'Another Match', iban: 'FR7616958000014849440866435' },
    { effect: 'no-match', name: 'Global Trade', iban: 'FR7620041060011040879228209' },
  ],
  amounts: [{ effect: 'insufficient-funds', amount: '666.21' }],
};

/** As much of the payment service and of the sandbox as a partner's server meets. */
export class PaymentService {
  readonly asked: Asked[] = [];
  /** What an intent answers, by its invoice. */
  readonly whyByRef = new Map<string, string>();
  isDown = false;
  readonly #server: Server;
  #refByIntent = new Map<string, string>();

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
    this.#refByIntent = new Map();
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
    const ref = asked.body
      ? this.#create(asked.body)
      : this.#refByIntent.get(path.split('/')[4] ?? '');
    if (!ref) return send(response, 404, { code: 'not-found' });
    const id = `in_${ref}`;
    const why = this.whyByRef.get(ref) ?? null;
    send(response, asked.body ? 201 : 200, { id, url: `http://pay.test/pay/${id}`, why });
  }

  #create({ items }: CreateIntent): string {
    const ref = items[0]?.externalRef ?? '';
    this.#refByIntent.set(`in_${ref}`, ref);
    return ref;
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
    body: text ? (JSON.parse(text) as CreateIntent) : undefined,
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
