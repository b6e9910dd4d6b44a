import type { LinkPayment, PayLink } from '@qonto-pay/shared';
import type { Said } from '@qonto-pay/shared/link-words/link-words';
import { type Html, html } from '../html.js';
import { qrSvg } from '../qr-svg.js';
import { moment } from './figures.js';
import { chooseForm, lostForm } from './link-form.js';
import { timesText } from './order-view.js';
import { type Content, date, form, lookLink, money, REFRESH_SECONDS, type Shown } from './shown.js';

type Link = NonNullable<PayLink['link']>;

/** A client takes minutes, and more: nobody waits in front of the page. */
const OPEN_REFRESH_SECONDS = 10 * REFRESH_SECONDS;

/** The link, or what became of the request for one: how to share it, who paid, what to do next. */
export function linkContent(shown: Shown, all: PayLink, link: Link): Content {
  const { words } = shown;
  const { status, candidates, mayBeNone } = link;
  if (status === 'unknown' && (candidates.length > 0 || mayBeNone)) {
    const isFound = candidates.length > 0;
    return {
      heading: words.collect[isFound ? 'choose' : 'lost'].heading,
      dataStatus: 'choose',
      body: html`${isFound ? chooseForm(shown, link) : lostForm(shown)}${lookLink(shown)}`,
    };
  }
  const { heading, sentence, next } = saidOf(shown, link);
  const refreshSeconds = refreshOf(link);
  return {
    heading,
    dataStatus: status,
    ...(refreshSeconds && { refreshSeconds }),
    body: html`<p id="said">${sentence}</p>${next && html`<p>${next}</p>`}
${openFacts(shown, all, link)}${sharing(shown, link)}${payments(shown, link)}${deactivation(shown, link)}`,
  };
}

function saidOf({ words: { collect }, state }: Shown, { status, reason }: Link): Said {
  const { next, ...said } = { ...collect.states[status], ...(reason && collect.reasons[reason]) };
  const isOver = status === 'expired' || status === 'canceled';
  return next && (!isOver || state.snapshot?.payable) ? { ...said, next } : said;
}

function refreshOf({ status }: Link): number | undefined {
  if (status === 'open' || status === 'processing') return OPEN_REFRESH_SECONDS;
  const isAtWork = status === 'making' || status === 'unknown' || status === 'withdrawing';
  return isAtWork ? REFRESH_SECONDS : undefined;
}

/** How often it can be paid, and until when; how often it has been. */
function openFacts(shown: Shown, all: PayLink, link: Link): Html | null {
  const { words, language } = shown;
  if (link.status !== 'open') return null;
  const paid = link.payments.filter(({ status }) => status === 'paid').length;
  const until = link.expiresAt && words.collect.until(date(link.expiresAt.slice(0, 10), language));
  return html`<p>${timesText(shown, all)} ${until}</p>
${all.reusable && paid > 0 && html`<p id="paid-count">${words.collect.paidSoFar(paid)}</p>`}`;
}

/** The address with all that leads it to the client. */
function sharing({ words, state, language }: Shown, { status, url }: Link): Html | null {
  if (url === null || (status !== 'open' && status !== 'processing')) return null;
  const said = words.collect.link;
  return html`<section id="link"><h2>${said.url}</h2>
<p><a id="link-url" href="${url}" target="_blank" rel="noopener">${url}</a></p>
<details><summary>${said.qr}</summary>${qrSvg(url, said.qrLabel)}</details>
<p><a id="print" href="/pay/${state.intent}/print?lang=${language}">${said.print}</a></p></section>`;
}

/** What clients have paid, or tried to. */
function payments(shown: Shown, { payments: all }: Link): Html | null {
  if (all.length === 0) return null;
  const rows = all.map((payment) => html`<li>${paymentRow(shown, payment)}</li>`);
  return html`<section id="payments"><h2>${shown.words.collect.link.payments}</h2><ul>${rows}</ul></section>`;
}

function paymentRow({ words: { collect: words }, language }: Shown, payment: LinkPayment): Html {
  const { amount, method, status, createdAt, paidAt } = payment;
  const names: Partial<Record<string, string>> = words.methods;
  const how = names[method] ?? words.payment.otherMethod;
  return html`${money(amount, language)} · ${words.payment[status]}<br />
<small>${how} · ${moment(paidAt ?? createdAt, language)}</small>`;
}

/** Behind a fold, for a link that is off stays off. */
function deactivation(shown: Shown, { status, deactivatable }: Link): Html | null {
  if (status !== 'open') return null;
  const words = shown.words.collect.deactivate;
  if (!deactivatable) return html`<p><small>${words.elsewhere}</small></p>`;
  const yes = html`<button class="quiet" id="deactivate">${words.yes}</button>`;
  return html`<details><summary>${words.button}</summary><p>${words.heading} ${words.sentence}</p>
${form(shown, { action: 'link/deactivate' }, yes)}</details>`;
}
