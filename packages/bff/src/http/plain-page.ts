import { randomUUID } from 'node:crypto';
import {
  isFinal,
  isReleased,
  type PayPayment,
  type PayState,
  type Review,
} from '@qonto-pay/shared';
import type { RequestHandler } from 'express';
import type { PayPageService } from '../payments/pay-page-service.js';
import { type Html, html } from './html.js';
import { type Language, languageOf } from './language.js';
import { sendPage } from './message-page.js';
import type { Payers } from './payer.js';
import { PLAIN } from './plain-messages.js';

const REFRESH_SECONDS = 3;

interface Shown {
  state: PayState;
  language: Language;
  pageToken: string;
}

/** The pay page for a browser without script: the same state, the same form, a refresh as stream. */
export function plainPage(deps: { payers: Payers; pages: PayPageService }): RequestHandler {
  return async (req, res) => {
    const payer = await deps.payers.of(req);
    const { partner, intentId, session } = payer;
    await deps.pages.seen(partner, intentId);
    const state = await deps.pages.state(partner, intentId, session);
    const language = languageOf(req);
    const notice = noticeOf(req.query.notice, language);
    const shown = { state, language, pageToken: deps.payers.issueToken(payer) };
    const { body, ...rest } = content(shown);
    const told = notice ? html`<p class="warning" role="alert">${notice}</p>${body}` : body;
    sendPage(res, { language, status: 200, ...rest, body: told });
  };
}

/** In words where we have some for it; a page that asks for another notice shows the general one. */
function noticeOf(code: unknown, language: Language): string | undefined {
  if (typeof code !== 'string') return undefined;
  const { notices, notice } = PLAIN[language];
  return Object.hasOwn(notices, code) ? notices[code as keyof typeof notices] : notice;
}

interface Content {
  heading: string;
  body: Html;
  dataStatus: string;
  refreshSeconds?: number;
}

function content(shown: Shown): Content {
  const { state, language } = shown;
  const words = PLAIN[language];
  const { payment, review, snapshot } = state;
  if (state.signIn && !payment) return signInContent(shown);
  // A payment that ended without money is shown first; "pay" then begins anew below it.
  if (payment) return paymentContent(shown, payment);
  if (state.notAllowed) {
    return { heading: words.notAllowed, body: backLink(shown), dataStatus: 'error' };
  }
  if (state.bankUnavailable) return waiting(words.unavailable, 'error');
  if (!review) {
    const why = snapshot?.why;
    const heading = why ? words.none[why] : words.unavailable;
    return { heading, body: backLink(shown), dataStatus: why ?? 'error' };
  }
  const isPending = review.items.some(({ payeeCheck }) => payeeCheck.result === 'pending');
  return isPending ? waiting(words.checking, 'review') : reviewContent(shown, review);
}

const waiting = (heading: string, dataStatus: string): Content => ({
  heading,
  body: html``,
  dataStatus,
  refreshSeconds: REFRESH_SECONDS,
});

function signInContent({ state, language }: Shown): Content {
  const words = PLAIN[language];
  const isFresh = state.signIn?.reason === 'fresh';
  return {
    heading: state.partner.name,
    dataStatus: 'sign-in',
    body: html`<p>${isFresh ? words.fresh : words.signInText(state.partner.name)}</p>
<p><a id="sign-in" class="button" href="${state.signIn?.url}">${words.signIn}</a></p>`,
  };
}

function reviewContent(shown: Shown, review: Review): Content {
  const { state, language, pageToken } = shown;
  const words = PLAIN[language];
  const [item] = review.items;
  if (!item) throw new Error('a review has an item');
  const amount = money(item.amount, language);
  const accept = review.decisionNeeded
    ? html`<label><input type="checkbox" id="accept-payee" name="acceptPayee" value="yes" required />${words.accept}</label>`
    : null;
  return {
    heading: `${words.pay} ${amount}`,
    dataStatus: 'review',
    body: html`${facts(shown, item)}
<p id="payee-check" data-result="${item.payeeCheck.result}">${checkText(item, language)}</p>
${item.savedName && html`<p class="warning">${words.saved(item.savedName)}</p>`}
<p>${review.approval === 'none' ? words.noPhone : words.phone}</p>
<form method="post" action="/pay/api/intents/${state.intent}/confirm">
<input type="hidden" name="idempotencyKey" value="${randomUUID()}" />
<input type="hidden" name="pageToken" value="${pageToken}" />
<input type="hidden" name="reviewVersion" value="${review.version}" />
<input type="hidden" name="lang" value="${language}" />
<label for="account">${words.account}</label>
<select id="account" name="account">${review.accounts.map(
      (account) =>
        html`<option value="${account.id}"${account.id === review.accountId && html` selected`}>${account.name}${account.balance && ` · ${money(account.balance, language)}`}</option>`,
    )}</select>
${accept}
<p><button id="confirm">${words.pay} ${amount}</button></p>
</form>
${backLink(shown)}`,
  };
}

function paymentContent(shown: Shown, payment: PayPayment): Content {
  const { state, language, pageToken } = shown;
  const words = PLAIN[language];
  const cancel =
    payment.cancelable &&
    html`<form method="post" action="/pay/api/intents/${state.intent}/cancel">
<input type="hidden" name="pageToken" value="${pageToken}" />
<button class="quiet" id="cancel">${words.cancel}</button></form>`;
  const signIn =
    state.signIn &&
    html`<p><a id="sign-in" class="button" href="${state.signIn.url}">${words.signIn}</a></p>`;
  const again =
    isReleased(payment.status) && state.review && !state.signIn
      ? reviewContent(shown, state.review).body
      : null;
  return {
    heading: words.status[payment.status],
    dataStatus: payment.status,
    ...(isFinal(payment.status) ? {} : { refreshSeconds: REFRESH_SECONDS }),
    body: again ?? html`${facts(shown, payment)}${signIn}${cancel}${backLink(shown)}`,
  };
}

function facts(
  { state, language }: Shown,
  what: Pick<PayPayment, 'payee' | 'reference' | 'amount'>,
) {
  const words = PLAIN[language];
  const { member } = state;
  return html`<dl>
<dt>${words.signedInAs}</dt><dd>${member?.name}, ${member?.organization}</dd>
<dt>${words.payee}</dt><dd>${what.payee.name}</dd>
<dt>${words.iban}</dt><dd>${what.payee.iban.replace(/(.{4})(?=.)/g, '$1 ')}</dd>
<dt>${words.reference}</dt><dd>${what.reference}</dd>
<dt>${words.amount}</dt><dd>${money(what.amount, language)}</dd>
</dl>`;
}

function checkText({ payeeCheck }: Review['items'][number], language: Language): string {
  const { check, checking } = PLAIN[language];
  if (payeeCheck.result === 'pending') return checking;
  return payeeCheck.result === 'close_match'
    ? check.close_match(payeeCheck.bankName ?? '')
    : check[payeeCheck.result];
}

const backLink = ({ state, language }: Shown): Html =>
  html`<p><a id="back" href="${state.returnUrl}">${PLAIN[language].back}</a></p>`;

/** `Intl` reads the decimal string exactly; no float is made of it. */
function money(amount: string, language: Language): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR' });
  return format.format(amount as Intl.StringNumericLiteral);
}
