import type { PayPayment } from '@qonto-pay/shared';
import { viewMessages } from '@qonto-pay/widget/messages/views';
import '@qonto-pay/widget/views/outcome';
import type { ResultText } from '@qonto-pay/widget/messages/view-messages';
import { html, nothing, type TemplateResult } from 'lit';
import { reasonWords } from '../messages/reasons.js';
import { safeUrl } from '../page-meta.js';
import { isApproving, isReleased, type Step } from '../pay-state.js';
import { paymentFacts } from './facts-view.js';
import { whoPays } from './member-view.js';
import type { PageContext } from './page-context.js';

/** The one way back. In a window of ours it closes the window: the invoice stands behind it. */
export function backLink(page: PageContext, look: 'primary' | 'quiet'): TemplateResult {
  const { state, text, actions } = page;
  return html`<a
    id="back"
    class="button ${look}"
    href=${safeUrl(state.returnUrl)}
    @click=${(event: Event) => actions.back(event)}
    >${text.back(state.partner.name)}</a
  >`;
}

function endActions(page: PageContext, canRepeat: boolean): TemplateResult {
  const { text, actions } = page;
  const again = html`<button
    id="again"
    class="button primary"
    type="button"
    @click=${() => actions.payAgain()}
  >
    ${text.again}
  </button>`;
  return html`<div class="actions">
    ${canRepeat ? again : nothing} ${backLink(page, canRepeat ? 'quiet' : 'primary')}
  </div>`;
}

/** The status's own words, or the reason's; a decline without one is still explained. */
function endWords({ language }: PageContext, payment: PayPayment): ResultText | undefined {
  const reason = payment.reason ?? (payment.status === 'declined' ? 'bank-refused' : undefined);
  if (!reason || isApproving(payment.status)) return undefined;
  const { heading } = viewMessages(document.documentElement).results[payment.status];
  return { heading, ...reasonWords(reason, language) };
}

/** What became of the payment, why, and what to do next. */
export function endingView(page: PageContext, payment: PayPayment): TemplateResult {
  const { state, text, askedPhone } = page;
  const canRepeat = isReleased(payment.status) && state.snapshot?.payable === true;
  return html`
    <qpay-outcome
      class="ending"
      .status=${payment.status}
      .text=${endWords(page, payment)}
      .level=${1}
    ></qpay-outcome>
    ${paymentFacts(page, payment, 'whole')} ${endActions(page, canRepeat)}
    ${payment.status === 'settled' && askedPhone ? html`<p class="tip">${text.end.trustTip}</p>` : nothing}
  `;
}

/** A colleague's payment: its status and nothing else. */
export function colleagueView(page: PageContext, payment: PayPayment): TemplateResult {
  const { state, text } = page;
  const { status } = payment;
  const canRepeat = isReleased(status) && state.snapshot?.payable === true;
  const words = isApproving(status)
    ? text.closed['in-progress']
    : viewMessages(document.documentElement).results[status];
  return html`
    <h1 tabindex="-1">${words.heading}</h1>
    <p class="lead">${words.sentence}</p>
    <p class="muted">${text.wait.otherMember}</p>
    ${endActions(page, canRepeat)}
  `;
}

/** The intent cannot be paid, and there is no payment to tell of. */
export function closedView(page: PageContext, step: Step & { kind: 'closed' }): TemplateResult {
  const words = page.text.closed[step.why];
  return html`
    <h1 tabindex="-1">${words.heading}</h1>
    <p class="lead">${words.sentence}</p>
    ${endActions(page, false)}
  `;
}

/** Nothing can be done here for now, or by this member. */
export function errorView(page: PageContext, step: Step & { kind: 'error' }): TemplateResult {
  const words = page.text.errors[step.why];
  const forGood = step.why === 'not-allowed';
  return html`
    <h1 tabindex="-1">${words.heading}</h1>
    ${forGood ? whoPays(page) : nothing}
    <p class="lead">${words.sentence}</p>
    ${forGood ? endActions(page, false) : nothing}
  `;
}
