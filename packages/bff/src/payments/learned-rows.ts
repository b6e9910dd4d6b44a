import { openItems } from './payment-items.js';
import type { LeasedAttempt, PaymentItem } from './records.js';
import type { ItemChange } from './store-port.js';

/** What one look has learned of the rows that are still open. */
export class LearnedRows {
  /** Something was told that could not be taken in. */
  isPartial = false;
  /** Why a row is held, if one is. */
  alarm: string | undefined;
  readonly #open: readonly PaymentItem[];
  readonly #changes = new Map<number, ItemChange>();

  constructor({ payment }: LeasedAttempt) {
    this.#open = openItems(payment);
  }

  /** The rows as they are by now; those that have ended are left out. */
  get items(): PaymentItem[] {
    return this.#open
      .map((item) => {
        const { to = item.status, ...learned } = this.#changes.get(item.index) ?? {};
        return { ...item, ...learned, status: to };
      })
      .filter(({ index }) => this.#changes.get(index)?.to !== 'held');
  }

  get openCount(): number {
    return this.#open.length;
  }

  add(change: ItemChange): void {
    const { index } = change;
    this.#changes.set(index, { ...this.#changes.get(index), ...change });
  }

  /** Something of it could not be read: its status stays as it was until the next look. */
  withhold(index: number): void {
    this.isPartial = true;
    const { to: _unproved, ...rest } = this.#changes.get(index) ?? { index };
    this.#changes.set(index, rest);
  }

  hold(index: number, cause: string): void {
    this.alarm ??= cause;
    this.add({ index, to: 'held' });
  }

  /** Only what is new. */
  get changes(): ItemChange[] {
    return this.#open.flatMap((item) => {
      const change = this.#changes.get(item.index);
      if (!change) return [];
      const { to, index: _index, ...learned } = change;
      const isNew = Object.entries(learned).some(
        ([name, value]) => item[name as keyof typeof learned] !== value,
      );
      const isMoved = to !== undefined && to !== item.status;
      if (!isNew && !isMoved) return [];
      return [{ index: item.index, ...learned, ...(isMoved && { to }) }];
    });
  }
}
