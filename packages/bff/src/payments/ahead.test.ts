import { describe, expect, it } from 'vitest';
import { ahead } from './ahead.js';

const ITEMS = Array.from({ length: 20 }, (_, item) => item);

/** Counts tasks under way; each ends when it is told to, the last first. */
function tasks() {
  const waiting: (() => void)[] = [];
  let most = 0;
  return {
    started: [] as number[],
    most: () => most,
    run(item: number): Promise<number> {
      this.started.push(item);
      return new Promise((resolve) => {
        waiting.push(() => resolve(item));
        most = Math.max(most, waiting.length);
        queueMicrotask(() => queueMicrotask(() => waiting.pop()?.()));
      });
    },
  };
}

describe('tasks that run ahead of their reader', () => {
  it('are answered in order, at most four at once', async () => {
    const work = tasks();
    const read = [];
    for await (const item of ahead(ITEMS, (one) => work.run(one))) read.push(item);
    expect(read).toEqual(ITEMS);
    expect(work.most()).toBe(4);
  });

  it('stop with the reader', async () => {
    const work = tasks();
    for await (const item of ahead(ITEMS, (one) => work.run(one))) if (item === 2) break;
    expect(work.started).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('fail the reader in their turn, and nothing else', async () => {
    const read: number[] = [];
    const work = async () => {
      for await (const item of ahead(ITEMS, async (one) => {
        if (one === 3) throw new Error('the fourth');
        return one;
      }))
        read.push(item);
    };
    await expect(work()).rejects.toThrow('the fourth');
    expect(read).toEqual([0, 1, 2]);
  });
});
