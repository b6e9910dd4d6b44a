import type { Review } from '@qonto-pay/shared';
import { PaymentError } from './errors.js';
import type { ItemState, ReviewRecord } from './records.js';
import { isFree } from './snapshot.js';

export type Selectable = Review['selectable'];

/** What is paid where nobody has chosen: what failed before, else all that is free. */
export function defaultSelection(items: readonly ItemState[], selectable: Selectable): number[] {
  const free = items.filter(isFree);
  const failed = free.filter(({ status }) => status !== 'open');
  const rows = (failed.length > 0 ? failed : free).map(({ index }) => index);
  return selectable === 'one' ? rows.slice(0, 1) : rows;
}

/** The rows that a confirmation would pay now: what was chosen, as far as it is still free. */
export function selectionOf(
  record: Pick<ReviewRecord, 'selection'> | undefined,
  items: readonly ItemState[],
  selectable: Selectable,
): number[] {
  const chosen = record?.selection;
  if (!chosen) return defaultSelection(items, selectable);
  const free = new Set(items.filter(isFree).map(({ index }) => index));
  const rows = chosen.filter((row) => free.has(row));
  // All of it has been paid meanwhile: on with what is left.
  if (rows.length === 0 && chosen.length > 0) return defaultSelection(items, selectable);
  return selectable === 'one' ? rows.slice(0, 1) : rows;
}

/** @throws PaymentError that names the first row that cannot be paid now. */
export function assertFree(items: readonly ItemState[], rows: readonly number[]): void {
  const states = new Map(items.map((item) => [item.index, item]));
  for (const row of rows) {
    const state = states.get(row);
    const field = { field: `items[${row}]` };
    if (!state) {
      throw new PaymentError('invalid-selection', `There is no row ${row + 1}.`, field);
    }
    if (!isFree(state)) throw taken(state, row);
  }
}

/** A row that another payment holds. */
export function taken({ status }: Pick<ItemState, 'status'>, row: number): PaymentError {
  const field = { field: `items[${row}]` };
  return status === 'settled' || status === 'sent_unconfirmed'
    ? new PaymentError('already-paid', `The invoice of row ${row + 1} is paid.`, field)
    : new PaymentError('payment-in-progress', `Row ${row + 1} is being paid now.`, field);
}

export const isSameRows = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((row, position) => row === other[position]);
