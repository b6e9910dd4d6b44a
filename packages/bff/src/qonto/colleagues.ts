import { z } from 'zod';
import { PaymentError } from '../payments/errors.js';
import type { BankTransferRequest, RequestType } from '../payments/ports.js';
import { requestPath } from './colleague-request.js';
import { readAllPages } from './paging.js';
import { isRefusal, type QontoReads, type Read, readAnswer } from './reads.js';
import { RequestsAnswer, requestFromWire } from './request-wire.js';
import type { QontoTimeouts } from './timeouts.js';

// A request may list 400 payments: a hundred of such would be over the limit of an answer.
const PER_PAGE = 20;
const TYPES = { transfers: 'transfer', multi_transfers: 'multi_transfer' } as const;

const OLDEST_FIRST = ['sort_by', 'created_at:asc'] as const;

type Query = NonNullable<Read['query']>;

/** Requests to colleagues: found again, followed and declined. */
export class QontoColleagues {
  readonly #reads: QontoReads;
  readonly #timeouts: QontoTimeouts;

  constructor(reads: QontoReads, timeouts: QontoTimeouts) {
    this.#reads = reads;
    this.#timeouts = timeouts;
  }

  /** Looks it up in the list: the bank has no address of a single request. */
  async byId(
    connectionId: string,
    { id, type, since }: { id: string; type: RequestType; since: Date },
  ) {
    const isIt = (request: BankTransferRequest): boolean => request.id === id;
    const ofType = ['request_type[]', TYPES[type]] as const;
    // Read from its time on it stands at the beginning: one page, however many there are.
    const near = [ofType, ['created_at_from', since.toISOString()], OLDEST_FIRST] as const;
    const all = [ofType, ['sort_by', 'created_at:desc']] as const;
    for (const filters of [near, all]) {
      const { items, at } = await this.#list(connectionId, filters, isIt);
      const found = items.find(isIt);
      if (found) return { ...found, at, traceId: undefined };
    }
    return undefined;
  }

  async since(
    connectionId: string,
    since: Date,
  ): Promise<{ requests: BankTransferRequest[]; at: Date }> {
    const filters = [
      ['created_at_from', since.toISOString()],
      ...Object.values(TYPES).map((type) => ['request_type[]', type] as const),
      OLDEST_FIRST,
    ] as const;
    const { items, at } = await this.#list(connectionId, filters);
    return { requests: items, at };
  }

  async decline(
    connectionId: string,
    { note, ...request }: { id: string; type: RequestType; note: string },
  ): Promise<void> {
    const answer = await this.#reads.answer(connectionId, {
      method: 'POST',
      path: `${requestPath(request)}/decline`,
      // A no without a reason is no request to the bank: it wants a text.
      body: Buffer.from(JSON.stringify({ declined_note: note.trim() || 'Declined' })),
      timeoutMs: this.#timeouts.readMs,
      priority: 'read',
    });
    if (isRefusal(answer)) {
      throw new PaymentError('request-not-pending', 'Somebody has decided on the request already');
    }
    readAnswer(z.unknown(), answer);
  }

  #list(connectionId: string, filters: Query, isEnough?: (item: BankTransferRequest) => boolean) {
    return readAllPages({
      name: 'requests',
      perPage: PER_PAGE,
      ...(isEnough && { isEnough }),
      ask: (page) =>
        this.#reads.answer(connectionId, {
          method: 'GET',
          path: '/v2/requests',
          query: [...filters, ...page],
          timeoutMs: this.#timeouts.readMs,
          priority: 'poll',
        }),
      read: (answer) => {
        const { requests, meta } = readAnswer(RequestsAnswer, answer);
        return { items: requests.map(requestFromWire), meta };
      },
    });
  }
}
