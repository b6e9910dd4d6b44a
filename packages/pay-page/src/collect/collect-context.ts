import type { PayLink } from '@qonto-pay/shared';
import type { PageContext } from '../views/page-context.js';
import type { CollectMessages } from './collect-messages.js';
import type { LinkActions } from './link-actions.js';

export type Link = NonNullable<PayLink['link']>;

/** What the views of this part are given, beside what every view of the page is given. */
export interface CollectContext extends PageContext {
  words: CollectMessages;
  links: LinkActions;
}
