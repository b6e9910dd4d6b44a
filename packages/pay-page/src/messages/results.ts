import type { ResultText } from '@qonto-pay/widget/messages/view-messages';
import { viewMessages } from '@qonto-pay/widget/messages/views';
import type { Messages } from './messages.js';

/** The words of the shared views, but where this page can tell more than the button. */
export function resultWords(status: string, { results }: Messages): ResultText {
  const own: Partial<Record<string, ResultText>> = results;
  const shared: Partial<Record<string, ResultText>> = viewMessages(
    document.documentElement,
  ).results;
  // A BFF that is newer than this page may know one more.
  return own[status] ?? shared[status] ?? results.unknown;
}
