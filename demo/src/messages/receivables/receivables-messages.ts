import type { InvoiceState } from '../../invoice.js';
import type { ReceivableKind } from '../../receivables/receivable.js';

/** Every word of the page on which a company has its own invoices paid, in one language. */
export interface ReceivablesMessages {
  page: string;
  list: string;
  collectThis: string;
  /** Where the element's script is missing. */
  makeLink: string;
  memberHint: string;
  clientTitle: string;
  clientHint: string;
  cards: { number: string; what: string }[];
  clientEnd: string;
  /** In place of a client's name, where nobody in particular is billed. */
  anybody: string;
  make: string;
  makeIntro: string;
  kind: string;
  kinds: Record<ReceivableKind, string>;
  makeThis: string;
  states: Record<InvoiceState, string>;
  paidTimes(count: number): string;
}
