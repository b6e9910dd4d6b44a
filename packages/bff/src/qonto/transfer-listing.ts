import { BankUnavailableError } from '../payments/errors.js';
import type { BankTransfer } from '../payments/ports.js';
import type { BankAnswer } from './client.js';
import { type Read, readAnswer } from './reads.js';
import { transferFromWire } from './status.js';
import { TransfersAnswer } from './wire.js';

const PER_PAGE = 100;
const MAX_PAGES = 200;

/**
 * Every transfer updated since then. It is all pages or an error: absence is proved with it, and a
 * partial list would prove too much.
 */
export async function listTransfers(
  ask: (read: Read) => Promise<BankAnswer>,
  since: Date,
  timeoutMs: number,
): Promise<{ transfers: BankTransfer[]; at: Date }> {
  const found = new Map<string, BankTransfer>();
  let startedAt: Date | undefined;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const answer = await ask(pageRead(since, page, timeoutMs));
    const { transfers, meta } = readAnswer(TransfersAnswer, answer);
    // The first page's clock: what happened while we read on is not promised.
    startedAt ??= answer.at;
    for (const raw of transfers) found.set(raw.id, transferFromWire(raw, answer.at));
    const isLast = meta?.next_page === undefined ? transfers.length < PER_PAGE : !meta.next_page;
    if (!isLast) continue;
    // A transfer updated meanwhile moves to the end, and another slips over the edge of a page.
    if (meta?.total_count != null && found.size < meta.total_count) {
      throw new BankUnavailableError('The list of transfers changed while it was read');
    }
    return { transfers: [...found.values()], at: startedAt };
  }
  throw new BankUnavailableError('The list of transfers is too long');
}

function pageRead(since: Date, page: number, timeoutMs: number): Read {
  return {
    method: 'GET',
    path: '/v2/sepa/transfers',
    query: [
      ['updated_at_from', since.toISOString()],
      ['sort_by', 'updated_at:asc'],
      ['per_page', String(PER_PAGE)],
      ['page', String(page)],
    ],
    timeoutMs,
    priority: 'poll',
  };
}
