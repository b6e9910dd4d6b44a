import { BankUnavailableError } from '../payments/errors.js';
import type { BankAnswer } from './client.js';
import type { PageMeta } from './wire.js';

const MAX_PAGES = 200;

export interface PagedList<Item> {
  /** For messages: `transfers`. */
  name: string;
  perPage: number;
  ask(page: readonly (readonly [name: string, value: string])[]): Promise<BankAnswer>;
  read(answer: BankAnswer): { items: Item[]; meta: PageMeta | null | undefined };
  /** Found: nothing has to be proved, so the rest is not read. */
  isEnough?(item: Item): boolean;
  /** Items that moved while it was read may be missing: told by `isWhole`, no error. */
  mayMiss?: boolean;
}

/**
 * Reads a list of the bank. It is all pages or an error: absence is proved with it, and a partial
 * list would prove too much.
 */
export async function readAllPages<Item extends { id: string }>(
  list: PagedList<Item>,
): Promise<{ items: Item[]; at: Date; isWhole: boolean }> {
  const found = new Map<string, Item>();
  let startedAt: Date | undefined;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const answer = await list.ask(pageQuery(page, list.perPage));
    const { items, meta } = list.read(answer);
    // The first page's clock: what happened while we read on is not promised.
    startedAt ??= answer.at;
    for (const item of items) found.set(item.id, item);
    const all = { items: [...found.values()], at: startedAt, isWhole: true };
    if (list.isEnough && items.some(list.isEnough)) return all;
    const isLast = meta?.next_page === undefined ? items.length < list.perPage : !meta.next_page;
    if (!isLast) continue;
    // An item changed meanwhile moves to the end, and another slips over the edge of a page.
    if (meta?.total_count != null && found.size < meta.total_count) {
      if (list.mayMiss) return { ...all, isWhole: false };
      throw new BankUnavailableError(`The list of ${list.name} changed while it was read`);
    }
    // Without a count nobody knows whether something slipped over an edge.
    return { ...all, isWhole: meta?.total_count != null || page === 1 };
  }
  throw new BankUnavailableError(`The list of ${list.name} is too long`);
}

function pageQuery(page: number, perPage: number) {
  return [
    ['per_page', String(perPage)],
    ['page', String(page)],
  ] as const;
}
