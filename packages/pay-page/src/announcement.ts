import { payeeCheckMessages } from '@qonto-pay/widget/messages/payee-check';
import { viewMessages } from '@qonto-pay/widget/messages/views';
import type { Language } from './language.js';
import type { Messages } from './messages/messages.js';
import { resultWords } from './messages/results.js';
import type { PayController } from './pay-controller.js';
import { isApproving } from './pay-state.js';
import type { LaterViews } from './views/page-context.js';

/** What the tab is called; the state, so that it is found among many. */
export function titleOf(
  controller: PayController,
  text: Messages,
  later: LaterViews | undefined,
): string {
  const { state, step } = controller;
  const words = (state && later?.title?.(state, step)) ?? stateWords(controller, text);
  return words ? `${words} · ${text.brand}` : text.brand;
}

/** The state in a few words: the tab's title, and what is said when it changes under the reader. */
function stateWords({ state, step }: PayController, text: Messages): string | undefined {
  const views = viewMessages(document.documentElement);
  switch (step.kind) {
    case 'loading':
    case 'provider':
      return undefined;
    case 'error':
      return text.errors[step.why].heading;
    case 'sign-in':
      return text.signIn.heading[state?.signIn?.reason ?? 'signed-out'];
    case 'ask':
      return text.errors['not-allowed'].heading;
    case 'review':
      return text.review.heading;
    case 'closed':
      return text.closed[step.why].heading;
    default: {
      const { mine, kind, approval } = state?.payment ?? {};
      // Somebody else's phone is asked.
      if (isApproving(step.status) && !(kind === 'request' ? approval : mine))
        return text.closed['in-progress'].heading;
      if (step.status === 'approval_needed') return views.approveHeading;
      return resultWords(step.status === 'approved' ? 'sending' : step.status, text).heading;
    }
  }
}

/** Said by the page's one `role="status"` when what is shown changes without a step of the payer. */
export function spokenState(controller: PayController, text: Messages, language: Language): string {
  const { state, step } = controller;
  const views = viewMessages(document.documentElement);
  if (step.kind === 'review') {
    const result = state?.review?.items[0]?.payeeCheck.result ?? 'pending';
    const { heading, sentence } =
      payeeCheckMessages[language].results[result === 'unchecked' ? 'pending' : result];
    return `${heading}. ${sentence}`;
  }
  const words = stateWords(controller, text) ?? '';
  return words === views.approveHeading ? `${words}. ${views.help[0]}` : words;
}
