import { isFinal, type PayItem, type PayPayment } from '@qonto-pay/shared';
import { type Html, html } from '../html.js';
import { reasonSentence } from './reasons.js';
import { decisionForms } from './request-view.js';
import { reviewContent } from './review-view.js';
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
  rowsTable,
  type Shown,
  shortDate,
} from './shown.js';

/** What became of the payment, row by row; below it what is left to be paid. */
export function paymentContent(shown: Shown, payment: PayPayment): Content {
  const { state, words } = shown;
  const again = state.review && !state.signIn ? reviewContent(shown) : undefined;
  const [only, ...others] = state.items;
  const isOne = only !== undefined && others.length === 0;
  const frame = {
    heading: words.payment[payment.status],
    dataStatus: payment.status,
    isWide: !isOne,
  };
  // One invoice that may be paid again: all there is to say of it stands in its review.
  if (again && isOne) {
    const body = html`${reason(shown, payment)}${again.body}`;
    return {
      ...frame,
      ...(again.refreshSeconds && { refreshSeconds: again.refreshSeconds }),
      body,
    };
  }
  const hasForm = again || payment.reviewable || state.items.some(({ cancelable }) => cancelable);
  const isMoving = !isFinal(payment.status) || state.items.some(isUnderWay);
  const refresh = hasForm ? again?.refreshSeconds : isMoving ? REFRESH_SECONDS : undefined;
  return {
    ...frame,
    ...(refresh && { refreshSeconds: refresh }),
    body: html`${reason(shown, payment)}${paymentFacts(shown, payment, isOne ? only : undefined)}
${signInLink(shown)}${cancelForm(shown, payment)}${decisionForms(shown, payment)}
${isOne ? withdrawOne(shown, only) : results(shown)}${files(shown)}
${hasForm && isMoving && !refresh && lookLink(shown)}
${again ? html`<h2>${words.again}</h2>${again.body}` : backLink(shown)}`,
  };
}

const isUnderWay = ({ status }: PayItem): boolean => status !== 'open' && !isFinal(status);

const reason = ({ language }: Shown, payment: PayPayment): Html | null =>
  payment.reason && html`<p id="reason">${reasonSentence(payment.reason, language)}</p>`;

function paymentFacts(shown: Shown, payment: PayPayment, only: PayItem | undefined): Html {
  const { words, language } = shown;
  const total = html`<dt>${words.amount}</dt>
<dd>${words.invoices(payment.items.length)}, ${money(payment.amount, language)}</dd>`;
  return html`<dl>${memberFacts(shown)}${only ? itemFacts(shown, only) : total}
${payment.account && html`<dt>${words.account}</dt><dd>${payment.account}</dd>`}
${only?.scheduledOn && html`<dt>${words.speed}</dt><dd>${words.on(date(only.scheduledOn, language))}</dd>`}</dl>`;
}

const signInLink = ({ state, words }: Shown): Html | null =>
  state.signIn &&
  html`${state.signIn.reason === 'fresh' && html`<p>${words.fresh}</p>`}<p><a id="sign-in" class="button" href="${state.signIn.url}">${words.signIn}</a></p>`;

const cancelForm = (shown: Shown, payment: PayPayment): Html | null =>
  payment.cancelable
    ? form(
        shown,
        { action: 'cancel' },
        html`<button class="quiet" id="cancel">${shown.words.cancel}</button>`,
      )
    : null;

function withdrawOne(shown: Shown, { index, cancelable }: PayItem): Html | null {
  if (!cancelable) return null;
  return form(
    shown,
    { action: 'cancel' },
    html`<button class="quiet" id="withdraw" name="items" value="${index}">${shown.words.cancel}</button>`,
  );
}

/** Every row with what became of it; those that wait for their day may be withdrawn. */
function results(shown: Shown): Html {
  const { state, words } = shown;
  const { items } = state;
  const paid = items.filter(({ status }) => status === 'settled').length;
  const canWithdraw = items.some(({ cancelable }) => cancelable);
  const withdraw = {
    heading: words.withdraw,
    cell: ({ index, cancelable }: PayItem) =>
      cancelable
        ? html`<input type="checkbox" name="items" value="${index}" aria-label="${words.withdrawRow(index + 1)}" />`
        : null,
  };
  const status = { heading: words.status, cell: (item: PayItem) => outcome(shown, item) };
  const table = rowsTable(shown, {
    items,
    before: canWithdraw ? [withdraw] : [],
    after: [status],
  });
  const button = html`<p><button class="quiet" id="withdraw">${words.cancelScheduled}</button></p>`;
  return html`<h2>${words.results}</h2><p id="progress">${words.paidOf(paid, items.length)}</p>
${canWithdraw ? form(shown, { action: 'cancel' }, html`${hidden('items', '')}${table}${button}`) : table}`;
}

function outcome({ words, language, state }: Shown, item: PayItem): Html {
  const { status, reason: why, scheduledOn } = item;
  const path = `/pay/api/intents/${state.intent}/proof?item=${item.index}`;
  return html`${words.item[status]}${status === 'scheduled' && scheduledOn && `, ${shortDate(scheduledOn, language)}`}
${why && html`<br /><small>${reasonSentence(why, language)}</small>`}
${item.hasProof && html`<br /><a href="${path}">${words.proof}</a>`}`;
}

function files({ state, words }: Shown): Html | null {
  const proven = state.items.filter(({ hasProof }) => hasProof);
  const base = `/pay/api/intents/${state.intent}`;
  const [first, ...others] = proven;
  if (state.items.length === 1) {
    return first
      ? html`<p><a href="${base}/proof?item=${first.index}">${words.proof}</a></p>`
      : null;
  }
  const zip = others.length > 0 && html`<a href="${base}/proofs.zip">${words.proofs}</a> · `;
  return html`<p>${zip}<a href="${base}/results.csv">${words.csv}</a></p>`;
}
