import type { IntentController } from '../intent-controller.js';
import type { LaterMessages } from '../messages/panel-messages.js';
import type { ResultText } from '../messages/view-messages.js';

/** What the panel shows: a status, or what is so while there is no payment to tell of. */
export function stateOf({ status = 'connecting', snapshot }: IntentController): string {
  const why = snapshot?.why;
  const isOver = why === 'withdrawn' || why === 'lapsed';
  return isOver && status === snapshot?.status ? why : status;
}

/** Its words: read, and said aloud when the state begins. */
export function wordsOf(payment: IntentController, texts: LaterMessages): ResultText {
  const state = stateOf(payment);
  const message = payment.problem?.message ?? '';
  if (state === 'error') return { heading: texts.problem, sentence: message };
  // The only problem that is left is a window that did not open.
  if (state === 'connecting') return { ...texts.states.connecting, next: message };
  if (state === 'approval_needed')
    return { heading: texts.approveHeading, sentence: texts.help[0] };
  const all: Partial<Record<string, ResultText>> = { ...texts.results, ...texts.states };
  return all[state] ?? texts.results.unknown;
}
