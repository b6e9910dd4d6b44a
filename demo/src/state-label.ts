import type { InvoiceState } from './invoice.js';
import type { InvoiceRow } from './invoice-desk.js';

/** The words of a kind of invoices for how they are. */
export interface StateWords {
  states: Partial<Record<InvoiceState, string>>;
  /** Of what may be paid again and again. */
  paidTimes?(count: number): string;
}

/** What an invoice's badge reads. */
export function stateLabel({ state, paidTimes = 0 }: InvoiceRow, words: StateWords): string {
  const times = state === 'shared' && paidTimes > 0 ? words.paidTimes?.(paidTimes) : undefined;
  return times ?? words.states[state] ?? state;
}
