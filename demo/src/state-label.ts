import type { InvoiceRow } from './invoice-desk.js';
import type { Messages } from './messages/messages.js';

/** What an invoice's badge reads. What may be paid again tells how often it was. */
export function stateLabel({ state, paidTimes = 0 }: InvoiceRow, messages: Messages): string {
  return state === 'shared' && paidTimes > 0
    ? messages.receivables.paidTimes(paidTimes)
    : messages.states[state];
}
