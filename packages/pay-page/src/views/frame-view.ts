import type { ResultText } from '@qonto-pay/widget/messages/view-messages';
import { icon } from '@qonto-pay/widget/views/icons';
import { html, type TemplateResult } from 'lit';
import { safeUrl } from '../page-meta.js';
import type { PageContext } from './page-context.js';

// What parts of the page share. It imports no element: with one, the bundler would put Lit into a
// file of its own, which the page then waits for.

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

/** One frame for every end: an icon, what is so as the page's heading, why, and what to do next. */
export const ending = (status: string, text: ResultText): TemplateResult =>
  html`<qpay-outcome class="ending" .status=${status} .text=${text} .level=${1}></qpay-outcome>`;

/** A sentence that the payer must not overlook; the icon is decoration. */
export const warning = (sentence: string): TemplateResult =>
  html`<p class="warning">${icon('warning')}<span>${sentence}</span></p>`;
