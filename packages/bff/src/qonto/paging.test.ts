import { describe, expect, it } from 'vitest';
import { BankUnavailableError } from '../payments/errors.js';
import { readAllPages } from './paging.js';

interface Page {
  ids: string[];
  meta?: { next_page?: number | null; total_count?: number };
}

/** Reads a list of which the bank gives these pages, two items to each. */
function read(
  pages: Page[],
  options: { isEnough?: (item: { id: string }) => boolean; mayMiss?: boolean } = {},
) {
  const asked: string[] = [];
  const list = readAllPages({
    name: 'things',
    perPage: 2,
    ...options,
    ask: async (query) => {
      asked.push(query.map((pair) => pair.join('=')).join('&'));
      const json = pages[asked.length - 1];
      return { status: 200, json, at: new Date(asked.length * 1_000), traceId: undefined };
    },
    read: ({ json }) => {
      const { ids, meta } = json as Page;
      return { items: ids.map((id) => ({ id })), meta };
    },
  });
  return { list, asked };
}

const idsOf = async ({ list }: ReturnType<typeof read>) => (await list).items.map(({ id }) => id);

describe('readAllPages', () => {
  it('reads until there is no next page, with the clock of the first', async () => {
    const reading = read([
      { ids: ['a', 'b'], meta: { next_page: 2, total_count: 3 } },
      { ids: ['c'], meta: { next_page: null, total_count: 3 } },
    ]);
    expect(await idsOf(reading)).toEqual(['a', 'b', 'c']);
    expect((await reading.list).at).toEqual(new Date(1_000));
    expect(reading.asked).toEqual(['per_page=2&page=1', 'per_page=2&page=2']);
  });

  it('without a word of the bank a page that is not full is the last', async () => {
    expect(await idsOf(read([{ ids: ['a', 'b'] }, { ids: [] }]))).toEqual(['a', 'b']);
    expect(await idsOf(read([{ ids: ['a'] }]))).toEqual(['a']);
  });

  it('counts an item that moved to a later page once, and misses none', async () => {
    const moved = [
      { ids: ['a', 'b'], meta: { next_page: 2, total_count: 3 } },
      { ids: ['b', 'c'], meta: { next_page: null, total_count: 3 } },
    ];
    expect(await idsOf(read(moved))).toEqual(['a', 'b', 'c']);
    const lost = [
      { ids: ['a', 'b'], meta: { next_page: 2, total_count: 3 } },
      { ids: ['a'], meta: { next_page: null, total_count: 3 } },
    ];
    await expect(read(lost).list).rejects.toThrow('The list of things changed while it was read');
    const partial = await read(lost, { mayMiss: true }).list;
    expect([partial.items.length, partial.isWhole]).toEqual([2, false]);
    expect((await read(moved, { mayMiss: true }).list).isWhole).toBe(true);
  });

  it('stops at what it looks for', async () => {
    const pages = [{ ids: ['a', 'b'], meta: { next_page: 2, total_count: 900 } }];
    const reading = read(pages, { isEnough: ({ id }) => id === 'b' });
    expect(await idsOf(reading)).toEqual(['a', 'b']);
    expect(reading.asked).toHaveLength(1);
  });

  it('is never a part of a list without end', async () => {
    const pages = Array.from({ length: 201 }, (_, index) => ({
      ids: [`${index}`],
      meta: { next_page: index + 2 },
    }));
    await expect(read(pages).list).rejects.toThrow(BankUnavailableError);
  });
});
