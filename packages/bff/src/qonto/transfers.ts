import { NotAllowedError } from '../payments/errors.js';
import type { BankTransfer } from '../payments/ports.js';
import { readAllPages } from './paging.js';
import { failureOf, isRefusal, type QontoReads, readAnswer } from './reads.js';
import { transferFromWire } from './status.js';
import type { QontoTimeouts } from './timeouts.js';
import { TransferAnswer, TransfersAnswer } from './wire.js';

const PER_PAGE = 100;

/** Transfers that the bank has: read, listed, canceled. */
export class QontoTransfers {
  readonly #reads: QontoReads;
  readonly #timeouts: QontoTimeouts;

  constructor(reads: QontoReads, timeouts: QontoTimeouts) {
    this.#reads = reads;
    this.#timeouts = timeouts;
  }

  async byId(connectionId: string, id: string) {
    const answer = await this.#reads.answer(connectionId, {
      method: 'GET',
      path: pathOf(id),
      timeoutMs: this.#timeouts.pollMs,
      priority: 'poll',
    });
    const { at, traceId } = answer;
    return { ...transferFromWire(readAnswer(TransferAnswer, answer).transfer, at), at, traceId };
  }

  async since(
    connectionId: string,
    since: Date,
    { mayMiss = false } = {},
  ): Promise<{ transfers: BankTransfer[]; at: Date; isWhole: boolean }> {
    const filters = [
      ['updated_at_from', since.toISOString()],
      ['sort_by', 'updated_at:asc'],
    ] as const;
    const { items, at, isWhole } = await readAllPages({
      name: 'transfers',
      mayMiss,
      perPage: PER_PAGE,
      ask: (page) =>
        this.#reads.answer(connectionId, {
          method: 'GET',
          path: '/v2/sepa/transfers',
          query: [...filters, ...page],
          timeoutMs: this.#timeouts.readMs,
          priority: 'poll',
        }),
      read: (answer) => {
        const { transfers, meta } = readAnswer(TransfersAnswer, answer);
        return { items: transfers.map((raw) => transferFromWire(raw, answer.at)), meta };
      },
    });
    return { transfers: items, at, isWhole };
  }

  async cancel(connectionId: string, id: string): Promise<'canceled' | 'refused'> {
    const answer = await this.#reads.answer(connectionId, {
      method: 'POST',
      path: `${pathOf(id)}/cancel`,
      timeoutMs: this.#timeouts.readMs,
      priority: 'read',
    });
    if (answer.status === 204) return 'canceled';
    if (answer.status === 428) {
      // Approvals are followed for payments only; the challenge that this made lapses by itself.
      throw new NotAllowedError('Qonto wants this to be canceled in its own app');
    }
    if (isRefusal(answer)) return 'refused';
    if (answer.status >= 300) throw failureOf(answer);
    const { transfer } = readAnswer(TransferAnswer, answer);
    return transfer.status === 'canceled' ? 'canceled' : 'refused';
  }
}

const pathOf = (id: string): string => `/v2/sepa/transfers/${encodeURIComponent(id)}`;
