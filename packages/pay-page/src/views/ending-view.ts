import type { PayPayment } from '@qonto-pay/shared';
import '@qonto-pay/widget/views/outcome';
import type { ResultText } from '@qonto-pay/widget/messages/view-messages';
import { html, nothing, type TemplateResult } from 'lit';
import { reasonWords } from '../messages/reasons.js';
import { resultWords } from '../messages/results.js';
import { isApproving, isReleased, type Step } from '../pay-state.js';
import { paymentFacts } from './facts-view.js';
import { backLink, ending } from './frame-view.js';
import { whoPays } from './member-view.js';
import type { PageContext } from './page-context.js';

function endActions(page: PageContext, canRepeat: boolean): TemplateResult {
  const { text, actions } = page;
  const again = html`<button
    id="again"
    class="button primary"
    type="button"
    @click=${() => void actions.payAgain()}
  >
    ${text.again}
  </button>`;
  return html`<div class="actions">
    ${canRepeat ? again : nothing} ${backLink(page, canRepeat ? 'quiet' : 'primary')}
  </div>`;
}

/** The status's own words, or the reason's; a decline without one is still explained. */
export function endWords({ text, language, later }: PageContext, payment: PayPayment): ResultText {
  if (isApproving(payment.status)) return text.closed['in-progress'];
  const words = resultWords(payment.status, text);
  const reason = payment.reason ?? (payment.status === 'declined' ? 'bank-refused' : undefined);
  return reason
    ? { heading: words.heading, ...(later?.reason?.(reason) ?? reasonWords(reason, language)) }
    : words;
}

/** What became of the payment, why, and what to do next. */
export function endingView(page: PageContext, payment: PayPayment): TemplateResult {
  const { state, text, askedPhone } = page;
  const canRepeat = isReleased(payment.status) && state.snapshot?.payable === true;
  return html`
    ${ending(payment.status, endWords(page, payment))} ${paymentFacts(page, payment, 'whole')}
    ${endActions(page, canRepeat)} ${page.later?.afterEnd?.(page) ?? nothing}
    ${payment.status === 'settled' && askedPhone ? html`<p class="tip">${text.end.trustTip}</p>` : nothing}
  `;
}

/** A colleague's payment: its status and nothing else. */
export function colleagueView(page: PageContext, payment: PayPayment): TemplateResult {
  const { state, text } = page;
  const { status } = payment;
  const canRepeat = isReleased(status) && state.snapshot?.payable === true;
  const words = isApproving(status) ? text.closed['in-progress'] : resultWords(status, text);
  return html`
    ${ending(isApproving(status) ? 'sending' : status, words)}
    <p class="muted">${text.wait.otherMember}</p>
    ${endActions(page, canRepeat)}
  `;
}

/** The icon of each; the words are the page's own. */
const CLOSED_LIKE = {
  paid: 'settled',
  'in-progress': 'sending',
  withdrawn: 'withdrawn',
  lapsed: 'lapsed',
} as const;

/** The intent cannot be paid, and there is no payment to tell of. */
export function closedView(page: PageContext, step: Step & { kind: 'closed' }): TemplateResult {
  return html`
    ${ending(CLOSED_LIKE[step.why], page.text.closed[step.why])} ${endActions(page, false)}
  `;
}

/** Nothing can be done here for now, or by this member. */
export function errorView(page: PageContext, step: Step & { kind: 'error' }): TemplateResult {
  return html`
    ${ending('error', page.text.errors[step.why])}
    ${step.why === 'not-allowed' ? whoPays(page, page.text.review.signedInAs) : nothing} ${endActions(page, false)}
  `;
}

/** Before the BFF has said anything, so that the way back is known to our own window only. */
export function noStateView(
  { text, actions }: Pick<PageContext, 'text' | 'actions'>,
  step: Step & { kind: 'error' },
): TemplateResult {
  const close = html`<div class="actions">
    <button id="close" class="button" type="button" @click=${() => actions.leave()}>
      ${text.close}
    </button>
  </div>`;
  return html`${ending('error', text.errors[step.why])} ${actions.ownWindow ? close : nothing}`;
}
