import type { Entry } from './rows.js';

/** Heights until a line has been seen; the grid measures each line that it shows. */
const GUESSES: Record<Entry['kind'], number> = { group: 48, row: 68, panel: 220 };

export interface Range {
  start: number;
  end: number;
}

/** Where each line of the grid stands, so that only those in sight need to exist. */
export class Lines {
  entries: Entry[] = [];
  readonly #heights = new Map<string, number>();
  #tops: number[] = [0];
  /** As high as those that were seen first: nothing moves when a row turns out to be as usual. */
  #usualRow: number | undefined;

  place(entries: Entry[]): void {
    this.entries = entries;
    const tops = [0];
    let top = 0;
    for (const { key, kind } of entries) {
      const guess = (kind === 'row' && this.#usualRow) || GUESSES[kind];
      top += this.#heights.get(key) ?? guess;
      tops.push(top);
    }
    this.#tops = tops;
  }

  /** @returns whether anything stands elsewhere now. */
  measure(heights: ReadonlyMap<string, number>): boolean {
    let moved = false;
    const rows = [...heights].filter(([key]) => key.startsWith('r-'));
    if (rows.length > 0) {
      this.#usualRow ??= rows.reduce((sum, [, height]) => sum + height, 0) / rows.length;
    }
    for (const [key, height] of heights) {
      if (this.#heights.get(key) === height) continue;
      this.#heights.set(key, height);
      moved = true;
    }
    if (moved) this.place(this.entries);
    return moved;
  }

  isMeasured(key: string): boolean {
    return this.#heights.has(key);
  }

  /** Another width: nothing is as high as it was. */
  forget(): void {
    this.#heights.clear();
    this.#usualRow = undefined;
    this.place(this.entries);
  }

  topOf(position: number): number {
    return this.#tops[Math.min(position, this.entries.length)] ?? 0;
  }

  get height(): number {
    return this.topOf(this.entries.length);
  }

  indexOf(key: string): number {
    return this.entries.findIndex((entry) => entry.key === key);
  }

  /** The lines that touch the stretch between two heights. */
  between(top: number, bottom: number): Range {
    return {
      start: Math.max(0, this.#after(top) - 1),
      end: Math.min(this.entries.length, this.#after(bottom)),
    };
  }

  /** The first line that begins below `y`. */
  #after(y: number): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#tops[middle] ?? 0) > y) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
