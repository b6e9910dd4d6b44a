import { z } from 'zod';
import { PaymentError } from '../payments/errors.js';
import { SubscriptionRefusedError } from '../webhooks/errors.js';
import type {
  BankSubscription,
  SubscriptionBank,
  SubscriptionWish,
  Topic,
  WebhookEvent,
} from '../webhooks/ports.js';
import { readAllPages } from './paging.js';
import { failureOf, isRefusal, type QontoReads, type Read, readAnswer } from './reads.js';
import type { QontoTimeouts } from './timeouts.js';
import { Meta } from './wire.js';

const PATH = '/v2/webhook_subscriptions';
const PER_PAGE = 100;

/** Facts § 4.13. */
const TYPES = {
  transfers: 'v1/transfers',
  'payment-links': 'v1/payment-links',
  'payment-provider': 'v1/payment-links-connections',
  'consent-revocations': 'v1/consent-revocations',
} as const satisfies Record<Topic, string>;
const TOPICS = Object.keys(TYPES) as Topic[];

const topicOf = (type: string): Topic | undefined => TOPICS.find((topic) => TYPES[topic] === type);

/** Not wrapped. */
const WireSubscription = z.looseObject({
  id: z.string().min(1),
  callback_url: z.string(),
  types: z.array(z.string()),
});
const SubscriptionsAnswer = z.looseObject({
  subscriptions: z.array(WireSubscription),
  meta: Meta.nullish(),
});
const CreatedAnswer = z.looseObject({ id: z.string().min(1) });

/** The subscriptions of a member's organisation, as Qonto keeps them. */
export class QontoWebhooks implements SubscriptionBank {
  readonly #reads: QontoReads;
  readonly #timeouts: QontoTimeouts;

  constructor(reads: QontoReads, timeouts: QontoTimeouts) {
    this.#reads = reads;
    this.#timeouts = timeouts;
  }

  async list(connectionId: string): Promise<BankSubscription[]> {
    const { items } = await readAllPages({
      name: 'webhook subscriptions',
      perPage: PER_PAGE,
      ask: (query) => this.#call(connectionId, { method: 'GET', path: PATH, query }),
      read: (answer) => {
        const { subscriptions, meta } = readAnswer(SubscriptionsAnswer, answer);
        return { items: subscriptions, meta };
      },
    });
    return items.map(({ id, callback_url, types }) => ({
      id,
      callbackUrl: callback_url,
      topics: types.map((type) => topicOf(type) ?? 'other'),
    }));
  }

  async create(connectionId: string, wish: SubscriptionWish): Promise<string> {
    const call = { method: 'POST', path: PATH, body: bodyOf(wish) } as const;
    return readAnswer(CreatedAnswer, await this.#wish(connectionId, call)).id;
  }

  async replace(connectionId: string, id: string, wish: SubscriptionWish): Promise<void> {
    const call = { method: 'PUT', path: pathOf(id), body: bodyOf(wish) } as const;
    readAnswer(z.unknown(), await this.#wish(connectionId, call));
  }

  async remove(connectionId: string, id: string): Promise<void> {
    const answer = await this.#call(connectionId, { method: 'DELETE', path: pathOf(id) });
    // Gone is gone.
    if (answer.status >= 300 && answer.status !== 404) throw failureOf(answer);
  }

  async #wish(connectionId: string, call: Pick<Read, 'method' | 'path' | 'body'>) {
    const answer = await this.#call(connectionId, call);
    if (isRefusal(answer)) throw new SubscriptionRefusedError('Qonto refused the subscription');
    return answer;
  }

  #call(connectionId: string, call: Pick<Read, 'method' | 'path' | 'query' | 'body'>) {
    const read: Read = { ...call, timeoutMs: this.#timeouts.readMs, priority: 'poll' };
    return this.#reads.answer(connectionId, read);
  }
}

const pathOf = (id: string): string => `${PATH}/${encodeURIComponent(id)}`;

/** All of it at each change: what a replacement leaves out is gone. */
function bodyOf({ callbackUrl, topics, secret }: SubscriptionWish): Buffer {
  const types = topics.map((topic) => TYPES[topic]);
  const description = 'Qonto Pay: what became of payments';
  return Buffer.from(JSON.stringify({ callback_url: callbackUrl, types, secret, description }));
}

const id = z.string().min(1).max(200);
const Envelope = z.looseObject({
  id,
  type: z.string(),
  data: z
    .looseObject({ id: id.nullish().catch(null), payment_link_id: id.nullish().catch(null) })
    .nullish()
    .catch(null),
});

/** What an event is about; undefined: a type that we did not ask for. @throws PaymentError */
export function readWebhookEvent(body: Buffer): WebhookEvent | undefined {
  const envelope = Envelope.safeParse(jsonOf(body));
  if (!envelope.success) {
    throw new PaymentError('invalid-request', 'An event has an id and a type.');
  }
  const { type, data } = envelope.data;
  const topic = topicOf(type);
  if (!topic) return undefined;
  const objectIds = {
    transfers: data?.id,
    'payment-links': data?.payment_link_id,
    'payment-provider': undefined,
    'consent-revocations': undefined,
  } satisfies Record<Topic, unknown>;
  return { id: envelope.data.id, topic, objectId: objectIds[topic] ?? undefined };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new PaymentError('malformed-json', 'Send JSON.', { cause });
  }
}
