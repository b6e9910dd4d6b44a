import type { LinkSnapshot } from '@qonto-pay/shared';
import type { IntentController } from '../intent-controller.js';
import type { ResultText } from '../messages/view-messages.js';
import type { CollectMessages, LinkState } from './collect-messages.js';

const ENDED = ['processing', 'paid', 'expired', 'canceled'] as const;

/** The snapshot, where it is one of a link. */
export const linkSnapshot = ({ snapshot }: IntentController): LinkSnapshot | undefined =>
  snapshot?.kind === 'link' ? snapshot : undefined;

/** The link that may be shared now. Its address comes from afar: nothing but the web is opened. */
export function openLink(payment: IntentController): LinkSnapshot['link'] {
  const snapshot = linkSnapshot(payment);
  const link = snapshot?.status === 'open' ? snapshot.link : null;
  return link && /^https?:/.test(link.url) ? link : null;
}

/** What is so by the last snapshot, whatever the window or a problem adds to it. */
export function linkState(payment: IntentController): LinkState {
  const snapshot = linkSnapshot(payment);
  if (!snapshot) return 'none';
  const { status, why, nextAction, payable, link } = snapshot;
  if (why === 'withdrawn' || why === 'lapsed') return why;
  if (status !== 'open') return ENDED.find((it) => it === status) ?? 'unknown';
  if (link) return link.reusable ? 'reusable' : 'open';
  if (payable) return 'none';
  return nextAction === 'open' ? 'choosing' : 'making';
}

/** What is shown: a problem and the window that is waited for come first. */
export function stateOf(payment: IntentController): LinkState | 'error' {
  const { status } = payment;
  return status === 'error' || status === 'connecting' ? status : linkState(payment);
}

/** Its words: read, and said aloud when the state begins. */
export function wordsOf(payment: IntentController, texts: CollectMessages): ResultText {
  const state = stateOf(payment);
  const message = payment.problem?.message ?? '';
  if (state === 'error') return { heading: texts.problem, sentence: message };
  const words = texts.states[state];
  // The only problem that is left is a window that did not open.
  return message ? { ...words, next: message } : words;
}
