import type { DemoConfig } from '../../config.js';
import type { InvoiceRow } from '../../invoice-desk.js';
import type { Language } from '../../messages/languages.js';
import type { Messages } from '../../messages/messages.js';
import type { Intent } from '../../partner-api.js';
import type { Receivable } from '../../receivables/receivable.js';
import type { Formats } from '../format.js';

export interface ReceivablePage {
  config: DemoConfig;
  /** Missing when the payment service does not answer. */
  intent: Intent | undefined;
  invoice: Receivable;
  language: Language;
  rows: InvoiceRow<Receivable>[];
}

/** What the parts of the page need: its content, its words, and how they are written. */
export interface ReceivableParts extends ReceivablePage {
  messages: Messages;
  formats: Formats;
}
