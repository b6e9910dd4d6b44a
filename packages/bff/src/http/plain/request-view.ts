import { randomUUID } from 'node:crypto';
import type { PayPayment, Review } from '@qonto-pay/shared';
import { type Html, html } from '../html.js';
import { form, hidden, money, type Shown } from './shown.js';

/** "Prepare and ask": the selected rows go to a colleague who may pay. */
export function askForm(shown: Shown, review: Review): Html | null {
  const { state, words, language } = shown;
  if (!state.canAsk || review.count === 0) return null;
  const { ask } = words;
  const allow = state.consents.ask;
  return html`<section id="ask"><h2>${ask.heading}</h2><p>${ask.text}</p>
${
  allow
    ? html`<p><a class="button" href="${allow}">${ask.allow}</a></p>`
    : form(
        shown,
        { action: 'request' },
        html`${hidden('idempotencyKey', randomUUID())}${hidden('reviewVersion', review.version)}${hidden('lang', language)}${hidden('select', review.selected.join(','))}
${review.accountId !== '' && hidden('account', review.accountId)}
<label for="note">${ask.note}</label><textarea id="note" name="note" maxlength="140" rows="3"></textarea>
<p><button id="ask-button">${ask.button(review.count)}</button></p>`,
      )
}</section>`;
}

/** What an owner or admin may do with a colleague's request. */
export function decisionForms(shown: Shown, payment: PayPayment): Html | null {
  if (!payment.reviewable) return null;
  const { state, words, language } = shown;
  const { decision } = words;
  const allow = state.consents.review;
  if (allow) {
    return html`<section id="decision"><h2>${decision.heading}</h2>
<p><a class="button" href="${allow}">${decision.allow}</a></p></section>`;
  }
  const key = () => html`${hidden('idempotencyKey', randomUUID())}${hidden('payment', payment.id)}`;
  return html`<section id="decision"><h2>${decision.heading}</h2><p>${words.phone}</p>
${form(shown, { action: 'request/approve' }, html`${key()}<button id="approve">${decision.approve(money(payment.amount, language))}</button>`)}
${form(
  shown,
  { action: 'request/decline' },
  html`${key()}<label for="decline-note">${decision.note}</label>
<textarea id="decline-note" name="note" maxlength="500" rows="3"></textarea>
<p><button class="quiet" id="decline">${decision.decline}</button></p>`,
)}</section>`;
}
