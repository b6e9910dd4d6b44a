import { LINK_METHODS, type LinkMethod } from '@qonto-pay/shared';
import type {
  ConnectAnswer,
  LinkAnswer,
  LinkBank,
  Provider,
  ProviderWish,
  ReadyLinkBank,
} from '../links/ports.js';
import type { BankLink, LinkListing, LinkOrder, OddLink } from '../links/records.js';
import { BankUnavailableError, NotConnectedError } from '../payments/errors.js';
import type { BankRequest } from '../payments/ports.js';
import { type BankAnswer, NoAnswerError, type QontoClient } from './client.js';
import { linkAnswer } from './link-answer.js';
import { linkRequest } from './link-request.js';
import {
  ConnectionAnswer,
  LinkPaymentsAnswer,
  LinksAnswer,
  LinkAnswer as LinkWire,
  MethodsAnswer,
} from './link-wire.js';
import { readAllPages } from './paging.js';
import type { AccessTokenSource, BankBudget } from './ports.js';
import { isRefusal, type QontoReads, type Read, readAnswer } from './reads.js';
import type { QontoTimeouts } from './timeouts.js';
import { readProblem } from './wire.js';

const PER_PAGE = 100;
const CONNECTIONS = '/v2/payment_links/connections';
const LOOPBACK = /^(localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/;

interface Parts {
  client: QontoClient;
  reads: QontoReads;
  tokens: AccessTokenSource;
  budget: BankBudget;
  timeouts: QontoTimeouts;
  now: () => Date;
}

/** Qonto's payment links (facts 4.10), and the provider behind them. */
export class QontoLinks implements LinkBank {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async provider(connectionId: string): Promise<Provider> {
    const answer = await this.#parts.reads.answer(connectionId, this.#get(CONNECTIONS));
    if (isMissing(answer)) return { status: 'not_connected', location: undefined };
    return providerFromWire(answer);
  }

  async connect(connectionId: string, wish: ProviderWish): Promise<ConnectAnswer> {
    const answer = await this.#parts.reads.answer(connectionId, {
      ...{ method: 'POST', path: CONNECTIONS, body: connectionBody(wish) },
      ...{ timeoutMs: this.#parts.timeouts.createMs, priority: 'read' },
    });
    const field = isRefusal(answer) ? fieldOf(answer) : undefined;
    if (isMissing(answer) && !field) return { kind: 'unavailable' };
    if (isRefusal(answer)) return { kind: 'refused', field };
    return { kind: 'connected', provider: providerFromWire(answer) };
  }

  async enabledMethods(connectionId: string): Promise<LinkMethod[] | undefined> {
    const read = this.#get('/v2/payment_links/payment_methods');
    const answer = await this.#parts.reads.answer(connectionId, read);
    if (isMissing(answer)) return undefined;
    const { payment_link_payment_methods: methods } = readAnswer(MethodsAnswer, answer);
    return LINK_METHODS.filter((method) =>
      methods.some(({ name, enabled }) => enabled && name === method),
    );
  }

  linkRequest(order: LinkOrder, methods: readonly LinkMethod[]): BankRequest {
    return linkRequest(order, methods);
  }

  async ready(connectionId: string): Promise<ReadyLinkBank> {
    const { tokens, budget } = this.#parts;
    const accessToken = await tokens.forConnection(connectionId);
    if (!(await budget.take('create'))) throw new BankUnavailableError('busy');
    return { create: (request) => this.#create(accessToken, request) };
  }

  async link(connectionId: string, bankId: string): Promise<BankLink | undefined> {
    const answer = await this.#parts.reads.answer(connectionId, this.#poll(linkPath(bankId)));
    if (!isMissing(answer)) return readAnswer(LinkWire, answer);
    await this.#assertConnected(connectionId);
    return undefined;
  }

  async links(connectionId: string): Promise<LinkListing> {
    const { items, ...listing } = await readAllPages<BankLink | OddLink>({
      ...{ name: 'payment links', perPage: PER_PAGE, mayMiss: true },
      ask: (page) =>
        this.#parts.reads.answer(connectionId, {
          ...this.#poll('/v2/payment_links'),
          query: [...page],
        }),
      read: (answer) => {
        const { payment_links: links, meta } = readAnswer(LinksAnswer, answer);
        return { items: links, meta };
      },
    });
    const isRead = (item: BankLink | OddLink): item is BankLink => 'url' in item;
    const odd = items.filter((item) => !isRead(item));
    return { links: items.filter(isRead), odd, ...listing };
  }

  async payments(connectionId: string, bankId: string) {
    const { items } = await readAllPages({
      ...{ name: 'payments of a link', perPage: PER_PAGE },
      ask: (page) =>
        this.#parts.reads.answer(connectionId, {
          ...this.#poll(`${linkPath(bankId)}/payments`),
          query: [...page],
        }),
      read: (answer) => {
        const { payments, meta } = readAnswer(LinkPaymentsAnswer, answer);
        return { items: payments, meta };
      },
    });
    return items;
  }

  async deactivate(connectionId: string, bankId: string): Promise<BankLink | 'refused'> {
    const answer = await this.#parts.reads.answer(connectionId, {
      ...this.#get(`${linkPath(bankId)}/deactivate`),
      ...{ method: 'PATCH', timeoutMs: this.#parts.timeouts.createMs },
    });
    if (!isRefusal(answer)) return readAnswer(LinkWire, answer);
    if (isMissing(answer)) await this.#assertConnected(connectionId);
    return 'refused';
  }

  /** Whoever is not connected gets a 404 for every link, be it there or not (facts 4.10). */
  async #assertConnected(connectionId: string): Promise<void> {
    const { status } = await this.provider(connectionId);
    if (status !== 'enabled') throw new NotConnectedError('The provider is not connected');
  }

  /** Once: no key is taken, so a second one would make a second link. */
  async #create(accessToken: string, request: BankRequest): Promise<LinkAnswer> {
    const { client, timeouts, now } = this.#parts;
    try {
      const answer = await client.call({
        ...{ method: 'POST', path: request.path, body: request.body },
        ...{ accessToken, timeoutMs: timeouts.createMs },
      });
      return linkAnswer(answer);
    } catch (error) {
      // Bytes may have left whatever went wrong, so a send always answers.
      const cause = error instanceof NoAnswerError ? error.reason : 'reset';
      return { kind: 'no_answer', cause, at: now(), traceId: undefined };
    }
  }

  #get(path: string): Read {
    return { method: 'GET', path, timeoutMs: this.#parts.timeouts.readMs, priority: 'read' };
  }

  #poll(path: string): Read {
    return { ...this.#get(path), timeoutMs: this.#parts.timeouts.pollMs, priority: 'poll' };
  }
}

const linkPath = (bankId: string) => `/v2/payment_links/${encodeURIComponent(bankId)}`;

/** The bank's own 404, and not a gateway's. */
const isMissing = ({ status, json }: BankAnswer): boolean =>
  status === 404 && readProblem(json) !== undefined;

function providerFromWire(answer: BankAnswer): Provider {
  const { status, connection_location: location } = readAnswer(ConnectionAnswer, answer);
  const known = (['enabled', 'pending', 'disabled', 'not_connected'] as const).find(
    (one) => one === status,
  );
  return {
    // A new word is no permission to make links.
    status: known ?? 'pending',
    location: location && mayBeOpened(location) ? location : undefined,
  };
}

/** Where a member is led on to by our page: https, or a provider on this computer. */
function mayBeOpened(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}

const connectionBody = (wish: ProviderWish): Buffer =>
  Buffer.from(
    JSON.stringify({
      partner_callback_url: wish.callbackUrl,
      user_bank_account_id: wish.accountId,
      user_phone_number: wish.phone,
      business_description: wish.description ?? null,
      ...(wish.website && { user_website_url: wish.website }),
    }),
  );

const FIELDS = {
  user_bank_account_id: 'account',
  user_phone_number: 'phone',
  business_description: 'description',
  user_website_url: 'website',
} as const;

function fieldOf({ json }: BankAnswer) {
  const name = readProblem(json)?.pointer.split('/').at(-1) ?? '';
  return Object.hasOwn(FIELDS, name) ? FIELDS[name as keyof typeof FIELDS] : undefined;
}
