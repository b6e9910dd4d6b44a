import type { CollectMessages } from './collect-messages.js';

/** What an e-mail about a payment link names; formatted for reading. */
interface Draft {
  url: string;
  amount: string;
  /** Until when the link is valid; empty when nobody knows. */
  day: string;
}

/** The address of a draft (RFC 6068): whom it is for and what it is about stay the writer's. */
export function emailDraft(texts: CollectMessages, { url, amount, day }: Draft): string {
  const paragraphs = [...texts.mailBefore(amount), url, ...texts.mailAfter(day)];
  const subject = encodeURIComponent(texts.mailSubject(amount));
  // Joined as they are sent: the build folds line breaks.
  const body = paragraphs.map(encodeURIComponent).join('%0D%0A%0D%0A');
  return `mailto:?subject=${subject}&body=${body}`;
}
