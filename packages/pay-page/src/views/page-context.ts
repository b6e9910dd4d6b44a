import type { PayState } from '@qonto-pay/shared';
import type { Language } from '../language.js';
import type { Messages } from '../messages/messages.js';
import type { PayActions } from '../pay-actions.js';

/** What every view is given; views hold no state of their own. */
export interface PageContext {
  state: PayState;
  language: Language;
  text: Messages;
  actions: PayActions;
  /** Server minus local clock. */
  clockOffsetMs: number;
  /** The phone was asked while this page looked on. */
  askedPhone: boolean;
}
