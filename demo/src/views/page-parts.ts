import type { DemoConfig } from '../config.js';
import type { Endings } from '../endings.js';
import type { Invoice } from '../invoice.js';
import type { InvoiceRow } from '../invoice-desk.js';
import type { Language } from '../messages/languages.js';
import type { Messages } from '../messages/messages.js';
import type { Intent } from '../partner-api.js';
import type { Formats } from './format.js';

export interface InvoicePage {
  config: DemoConfig;
  endings: Endings;
  /** Missing when the payment service does not answer. */
  intent: Intent | undefined;
  invoice: Invoice;
  isScriptBlocked: boolean;
  language: Language;
  rows: InvoiceRow<Invoice>[];
}

/** What the parts of the page need: the page's content, its words, and how they are written. */
export interface PageParts extends InvoicePage {
  messages: Messages;
  formats: Formats;
}
