import { randomUUID } from 'node:crypto';
import type { PayItem, Review, ReviewItem } from '@qonto-pay/shared';
import { type Html, html } from '../html.js';
import { documentForms, hasAllDocuments } from './document-view.js';
import { decisions, payeeSummary, payeeText, savedName } from './payee-view.js';
import { askForm } from './request-view.js';
import {
  backLink,
  type Content,
  date,
  form,
  hidden,
  itemFacts,
  lookLink,
  memberFacts,
  money,
  REFRESH_SECONDS,
  type ReviewRow,
  rowsTable,
  type Shown,
} from './shown.js';

/** What can be paid now: choose, have it checked, decide, confirm. Or why nothing can be. */
export function reviewContent(shown: Shown): Content {
  const { state, words } = shown;
  const { review } = state;
  if (!review) return withoutReview(shown);
  if (review.check === 'pending') return waiting(words.checking, 'review');
  const isReady = review.check === 'done' && review.count > 0 && !state.notAllowed;
  return {
    heading: heading(shown, review, isReady),
    dataStatus: 'review',
    isWide: state.items.length > 1,
    body: html`${state.notAllowed && html`<p class="warning">${words.notAllowed}</p>`}
${facts(shown, review)}
${state.items.length > 1 && selectionForm(shown, review)}
${whenForms(shown, review)}
${documentForms(shown, selectedRows(shown, review))}
${isReady && confirmation(shown, review)}
${askForm(shown, review)}
${backLink(shown)}`,
  };
}

function heading({ state, words, language }: Shown, review: Review, isReady: boolean): string {
  if (isReady) return words.pay(money(review.amount, language), review.count);
  return state.notAllowed && state.canAsk ? words.ask.heading : words.choose;
}

function withoutReview(shown: Shown): Content {
  const { state, words } = shown;
  const body = backLink(shown);
  if (state.notAllowed) return { heading: words.notAllowed, body, dataStatus: 'error' };
  if (state.bankUnavailable) return waiting(words.unavailable, 'error');
  const why = state.snapshot?.why;
  return { heading: why ? words.none[why] : words.unavailable, body, dataStatus: why ?? 'error' };
}

const waiting = (heading: string, dataStatus: string): Content => ({
  heading,
  body: html``,
  dataStatus,
  refreshSeconds: REFRESH_SECONDS,
});

const reviewRows = ({ state }: Shown, review: Review): ReviewRow[] =>
  review.items.flatMap((reviewed) => {
    const item = state.items[reviewed.index];
    return item ? [{ item, reviewed }] : [];
  });

function selectedRows(shown: Shown, review: Review): ReviewRow[] {
  const selected = new Set(review.selected);
  return reviewRows(shown, review).filter(({ item }) => selected.has(item.index));
}

function facts(shown: Shown, review: Review): Html {
  const { state, words, language } = shown;
  const [only, ...others] = reviewRows(shown, review);
  if (!only || others.length > 0 || state.items.length > 1) {
    return html`<dl>${memberFacts(shown)}
<dt>${words.amount}</dt><dd>${words.invoices(review.count)}, ${money(review.amount, language)}</dd></dl>`;
  }
  const { item, reviewed } = only;
  // Where a decision is needed, it stands beside the box.
  const isGood = reviewed.payeeCheck.result === 'match' && !reviewed.decisionNeeded;
  return html`<dl>${memberFacts(shown)}${itemFacts(shown, item)}
<dt>${words.speed}</dt><dd>${speed(shown, reviewed)}</dd></dl>
${isGood && html`<p id="payee-check" data-result="${reviewed.payeeCheck.result}">${payeeText(shown, reviewed).evidence}</p>`}
${savedName(words, reviewed)}`;
}

function speed({ words, language }: Shown, { speed: how, executesOn }: ReviewItem): string {
  if (how === 'scheduled') return executesOn ? words.on(date(executesOn, language)) : '';
  return words.speeds[how];
}

function selectionForm(shown: Shown, review: Review): Html {
  const { state, words } = shown;
  const rows = new Map(reviewRows(shown, review).map((row) => [row.item.index, row]));
  const reviewed = ({ index }: PayItem) => rows.get(index)?.reviewed;
  const selected = new Set(review.selected);
  const type = review.selectable === 'one' ? 'radio' : 'checkbox';
  const box = ({ index }: PayItem) =>
    html`<input type="${type}" name="select" value="${index}" aria-label="${words.selectRow(index + 1)}"${selected.has(index) && html` checked`} />`;
  const table = rowsTable(shown, {
    items: [...rows.values()].map(({ item }) => item),
    before: [{ heading: words.select, cell: box }],
    after: [
      { heading: words.speed, cell: (item) => speedOf(shown, reviewed(item)) },
      { heading: words.check, cell: (item) => summaryOf(shown, reviewed(item)) },
    ],
  });
  const check = state.notAllowed ? null : hidden('check', 'yes');
  const button = state.notAllowed ? words.chooseThese : words.checkPayees(rows.size);
  return html`${review.selectable === 'one' && html`<p>${words.oneByOne}</p>`}
${review.check === 'needed' && !state.notAllowed && html`<p id="check-needed">${words.checkNeeded}</p>`}
${form(shown, { action: 'review' }, html`${hidden('select', '')}${check}${table}<p><button id="check" class="quiet">${button}</button></p>`)}`;
}

const speedOf = (shown: Shown, item: ReviewItem | undefined) => (item ? speed(shown, item) : null);
const summaryOf = (shown: Shown, item: ReviewItem | undefined) =>
  item ? payeeSummary(shown, item) : null;

/** Each way is a form of its own: a browser without script sends every field of a form. */
function whenForms(shown: Shown, review: Review): Html {
  const { state, words, language } = shown;
  const { payOn } = review;
  const button = (value: string, text: string) =>
    form(
      shown,
      { action: 'review' },
      html`<button class="quiet" name="payOn" value="${value}">${text}</button>`,
    );
  const hasDueDate = review.items.some(({ index }) => state.items[index]?.dueDate);
  const day = /^\d/.test(payOn) ? payOn : '';
  return html`<details${payOn !== 'now' && html` open`}><summary>${words.when}: ${words.payOn(day ? date(day, language) : payOn)}</summary>
${payOn !== 'now' && button('now', words.payNow)}
${payOn !== 'due' && hasDueDate && button('due', words.payDue)}
${form(
  shown,
  { action: 'review' },
  html`<label for="day">${words.day}</label>
<input id="day" type="date" name="payOn" value="${day}" required />
<button class="quiet">${words.payOnDay}</button>`,
)}</details>`;
}

function confirmation(shown: Shown, review: Review): Html {
  const { words, language } = shown;
  const rows = selectedRows(shown, review);
  if (!hasAllDocuments(rows)) return lookLink(shown);
  const amount = money(review.amount, language);
  return form(
    shown,
    { action: 'confirm' },
    html`${hidden('idempotencyKey', randomUUID())}${hidden('reviewVersion', review.version)}${hidden('lang', language)}
<label for="account">${words.account}</label>
<select id="account" name="account">${review.accounts.map(
      (account) =>
        html`<option value="${account.id}"${account.id === review.accountId && html` selected`}>${account.name}${account.balance && ` · ${money(account.balance, language)}`}</option>`,
    )}</select>
${review.balanceTooLow && html`<p class="warning">${words.balanceTooLow}</p>`}
${decisions(shown, rows)}
<p>${review.approval === 'none' ? words.noPhone : words.phone}</p>
<p><button id="confirm">${words.pay(amount, review.count)}</button></p>`,
  );
}
