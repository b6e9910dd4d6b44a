import type { PayLink, PayState } from '@qonto-pay/shared';
import type { ResultText } from '@qonto-pay/widget/messages/view-messages';
import { pageLanguage } from '../language.js';
import { messagesFor } from '../messages/messages-for.js';
import type { Step } from '../pay-state.js';
import type { Link } from './collect-context.js';
import type { CollectMessages } from './collect-messages.js';

/** After a lost answer the member has a say: which link is the one, or that there is none. */
export const hasChoice = ({ status, candidates, mayBeNone }: Link): boolean =>
  status === 'unknown' && (candidates.length > 0 || mayBeNone);

/** What is so of a link, or of the request for one, and why. */
export function linkWords(words: CollectMessages, link: Link): ResultText {
  const { status, reason, candidates } = link;
  if (hasChoice(link)) return candidates.length > 0 ? words.choose : words.lost;
  // A BFF that is newer than this page may know one more.
  const known: Partial<Record<string, ResultText>> = words.states;
  const own = known[status] ?? words.states.unknown;
  return { ...own, ...(reason ? words.reasons[reason] : {}) };
}

/** Where another link was paid, there is nothing to check and to create. */
export function reviewWords(
  { review, reasons, others }: CollectMessages,
  link: PayLink,
): ResultText {
  if (link.creatable) return review;
  const { heading = review.heading } = reasons['paid-otherwise'];
  return { heading, sentence: others.paid };
}

/** What the page says in this step: its heading, the tab's title, and what is read aloud. */
export function wordsOf(words: CollectMessages, state: PayState, step: Step): ResultText {
  const plain = messagesFor(pageLanguage());
  switch (step.kind) {
    case 'sign-in': {
      const reason = state.signIn?.reason ?? 'signed-out';
      const { heading, permission } = words.signIn;
      const isFirst = reason === 'signed-out';
      return { heading: isFirst ? heading : plain.signIn.heading[reason], sentence: permission };
    }
    case 'review':
      return state.link ? reviewWords(words, state.link) : words.review;
    case 'error':
      return { ...plain.errors, ...words.errors }[step.why];
    case 'closed':
      return { ...plain.closed, ...words.closed }[step.why];
    case 'wait':
    case 'end':
      return state.link?.link ? linkWords(words, state.link.link) : words.states.unknown;
    default:
      return { heading: plain.loading, sentence: '' };
  }
}
