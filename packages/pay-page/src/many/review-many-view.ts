import type { Review } from '@qonto-pay/shared';
import { detailsMessages } from '@qonto-pay/widget/messages/item-details';
import { documentView } from '@qonto-pay/widget/views/item-table/document-view';
import { totalOf } from '@qonto-pay/widget/views/item-table/total';
import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney } from '../format.js';
import { pageToken, safeUrl } from '../page-meta.js';
import { whoPays } from '../views/member-view.js';
import { accountChoice } from '../views/review-view.js';
import type { ManyContext } from './many-context.js';
import { missingOf, payBar } from './pay-bar-view.js';
import { isDateMissing, payOnChoice } from './pay-on-view.js';
import { rowsText } from './rows-text.js';
import { tableView } from './table-view.js';

/** Tells what is missing and leads there. */
function isMissing(context: ManyContext, review: Review): boolean {
  const { isDate, rows } = missingOf(context, review);
  const [first] = rows;
  if (!isDate && first === undefined) return isDateMissing(review);
  context.shared.showMissing = true;
  context.shared.update();
  if (isDate) document.querySelector<HTMLElement>('#pay-date')?.focus();
  else if (first !== undefined) void document.querySelector('qpay-item-table')?.focusRow(first);
  return true;
}

function confirmForm(context: ManyContext, review: Review): TemplateResult {
  const { language, actions, shared } = context;
  return html`<form
    class="bar"
    method="post"
    action=${actions.confirmUrl}
    novalidate
    @submit=${(event: SubmitEvent) => actions.submit(event, () => isMissing(context, review))}
  >
    <input type="hidden" name="idempotencyKey" value=${actions.idempotencyKey(review.version)} />
    <input type="hidden" name="pageToken" value=${pageToken()} />
    <input type="hidden" name="reviewVersion" value=${review.version} />
    <input type="hidden" name="account" value=${review.accountId} />
    <input type="hidden" name="accept" value=${rowsText(shared.choices.accepted(review))} />
    <input type="hidden" name="lang" value=${language} />
    ${payBar(context, review)}
  </form>`;
}

/** What is to be paid, from where and when; each row with what the bank says; one button. */
export function manyReviewView(context: ManyContext, review: Review): TemplateResult {
  const { text, words, state, language, shared, actions } = context;
  const selected = shared.choices.selected(review);
  const payable = state.items.filter((item) => item.payable).length;
  const amount = formatMoney(totalOf(state.items, selected), language);
  const leave = html`<div class="actions">
    <button id="cancel" class="button" type="button" @click=${() => actions.leave()}>
      ${text.leave}
    </button>
  </div>`;
  const choose = (account: string): void => shared.choices.set({ account });
  return html`
    <h1 tabindex="-1">${text.review.heading}</h1>
    ${whoPays(context)}
    <p id="summary" class="amount">
      <span class="muted">${words.summary(selected.size, payable)}</span> ${amount}
    </p>
    ${review.selectable === 'one' ? html`<p class="tip">${words.oneByOne}</p>` : nothing}
    <div class="beside">
      ${accountChoice(context, review, choose)} ${payOnChoice(context, review)}
    </div>
    ${tableView(context, review)} ${confirmForm(context, review)}
    ${actions.work === 'confirm' ? nothing : leave}
  `;
}

/** One invoice: its day, and above 30,000 EUR its document. */
export function singleReview(context: ManyContext, review: Review): unknown {
  const { state, shared, language } = context;
  const [known] = review.items;
  if (!known) return nothing;
  const attach = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (input.type === 'file' && file) void shared.uploads.attach(known.index, file);
    input.value = '';
  };
  const consent = state.consents.documents;
  const document = documentView(known.index, known.document, {
    words: detailsMessages[language],
    consentUrl: consent === null ? null : safeUrl(consent),
    fileProblems: shared.uploads.problems,
    uploading: shared.uploads.underWay,
  });
  return html`${payOnChoice(context, review)}
    ${document === nothing ? nothing : html`<div @change=${attach}>${document}</div>`}`;
}
