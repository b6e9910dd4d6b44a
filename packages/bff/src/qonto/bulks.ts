import type { BankBulk } from '../payments/ports.js';
import { BulkAnswer, BulksAnswer } from './bulk-answer.js';
import { readAllPages } from './paging.js';
import { type QontoReads, readAnswer } from './reads.js';
import type { QontoTimeouts } from './timeouts.js';

// Each comes with all of its results, up to 400.
const PER_PAGE = 10;

/** Bulks that the bank has: read and listed. */
export class QontoBulks {
  readonly #reads: QontoReads;
  readonly #timeouts: QontoTimeouts;

  constructor(reads: QontoReads, timeouts: QontoTimeouts) {
    this.#reads = reads;
    this.#timeouts = timeouts;
  }

  async byId(connectionId: string, id: string) {
    const answer = await this.#reads.answer(connectionId, {
      method: 'GET',
      path: `/v2/sepa/bulk_transfers/${encodeURIComponent(id)}`,
      timeoutMs: this.#timeouts.pollMs,
      priority: 'poll',
    });
    const { at, traceId } = answer;
    return { ...readAnswer(BulkAnswer, answer), at, traceId };
  }

  /** Older ones may be among them: no filter is documented, so the time is but a hint to the bank. */
  async since(connectionId: string, since: Date): Promise<{ bulks: BankBulk[]; at: Date }> {
    const hint = ['updated_at_from', since.toISOString()] as const;
    const { items, at } = await readAllPages({
      name: 'bulk transfers',
      perPage: PER_PAGE,
      ask: (page) =>
        this.#reads.answer(connectionId, {
          method: 'GET',
          path: '/v2/sepa/bulk_transfers',
          query: [hint, ...page],
          timeoutMs: this.#timeouts.readMs,
          priority: 'poll',
        }),
      read: (answer) => {
        const { bulk_transfers, meta } = readAnswer(BulksAnswer, answer);
        return { items: bulk_transfers, meta };
      },
    });
    return { bulks: items, at };
  }
}
