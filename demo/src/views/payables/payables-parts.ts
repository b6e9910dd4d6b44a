import type { DemoConfig } from '../../config.js';
import type { Language } from '../../messages/languages.js';
import type { Messages } from '../../messages/messages.js';
import type { SetSize } from '../../payables/make-payables.js';
import type { Payable } from '../../payables/payable.js';
import type { PayableSet } from '../../payables/payables-book.js';
import type { Overview } from '../../payables/payables-desk.js';
import type { Formats } from '../format.js';

export interface PayablesPage {
  config: DemoConfig;
  language: Language;
  /** Missing when the payment service does not answer. */
  overview: Overview | undefined;
  payables: Payable[];
  set: PayableSet;
  size: SetSize;
}

/** What the parts of the page need: its content, its words, and how they are written. */
export interface PayablesParts extends PayablesPage {
  messages: Messages;
  formats: Formats;
}
