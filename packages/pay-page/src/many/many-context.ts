import type { ConfirmationKeys } from '../confirmation-keys.js';
import type { PageContext } from '../views/page-context.js';
import type { Choices, Page } from './choices.js';
import type { ManyMessages } from './many-messages.js';
import type { Uploads } from './uploads.js';

/** What the views of this part share, beside what every view of the page is given. */
interface Many {
  readonly page: Page;
  readonly choices: Choices;
  readonly uploads: Uploads;
  readonly requestKeys: ConfirmationKeys;
  /** The payer pressed "pay" before all was decided: what is missing is shown. */
  showMissing: boolean;
  /** The scheduled row that the payer is about to cancel, or all that can be. */
  withdrawing: number | 'all' | undefined;
  /** The request that was approved on this page. */
  approving: string | undefined;
  update: () => void;
}

export interface ManyContext extends PageContext {
  shared: Many;
  words: ManyMessages;
}
