import { randomUUID } from 'node:crypto';
import type { FoundLink, PayLink } from '@qonto-pay/shared';
import { type Html, html } from '../html.js';
import { moment } from './figures.js';
import { timesText } from './order-view.js';
import { type Content, form, hidden, money, type Shown } from './shown.js';

/** What will be collected, by whom and how; and the one form that has the link made. */
export function linkReviewContent(shown: Shown, link: PayLink): Content {
  const { review: words, reasons } = shown.words.collect;
  const others = otherLinks(shown, link);
  const canBeMade = link.methods.some(({ wanted, enabled }) => wanted && enabled);
  const body = html`<p>${timesText(shown, link)}</p>${methods(shown, link)}${others}
${
  canBeMade
    ? html`<p id="hint">${words.hint}</p><p><button id="create-link" aria-describedby="hint">${words.create(money(link.total.gross, shown.language))}</button></p>`
    : html`<p class="warning">${words.noMethod}</p>`
}`;
  const fields = html`${hidden('idempotencyKey', randomUUID())}${body}`;
  const { heading = words.heading } = link.creatable ? words : reasons['paid-otherwise'];
  return {
    heading,
    dataStatus: 'review',
    body: html`${link.creatable ? form(shown, { action: 'link' }, fields) : others}`,
  };
}

/** Those that the invoice wants; one that the provider does not offer is said to be so. */
function methods({ words: { collect: words } }: Shown, link: PayLink): Html {
  const { methods: legend, notEnabled } = words.review;
  const choices = link.methods
    .filter(({ wanted }) => wanted)
    .map(
      ({ name, enabled }) =>
        html`<label><input type="checkbox" name="methods" value="${name}"${enabled ? html` checked` : html` disabled`} />${words.methods[name]}${!enabled && html` <small>– ${notEnabled}</small>`}</label>`,
    );
  return html`<fieldset><legend>${legend}</legend>${choices}</fieldset>`;
}

/** Money may come by it, or has come. */
const isDoubtful = ({ status }: FoundLink): boolean =>
  status === 'open' || status === 'processing' || status === 'paid';

/** Nobody shall send two: the invoice's other links stand above the button. */
function otherLinks(shown: Shown, { others, creatable }: PayLink): Html | null {
  if (others.length === 0) return null;
  const words = shown.words.collect.others;
  const isPaid = others.some(({ status }) => status === 'paid');
  // The number alone may be that of another year's invoice: then the member may go on.
  const ofPaid = creatable ? words.doubt : words.paid;
  const accept =
    creatable &&
    others.some(isDoubtful) &&
    html`<label><input type="checkbox" name="acceptOthers" value="yes" />${words.accept}</label>`;
  return html`<section id="others"><h2>${words.heading}</h2><p>${isPaid ? ofPaid : words.sentence}</p>
<ul>${others.map((found) => html`<li>${foundFacts(shown, found)}<br />${foundAddress(found)}</li>`)}</ul>${accept}</section>`;
}

/** After a lost answer: links that may be the one. The member says which, and none is made. */
export function chooseForm(
  shown: Shown,
  { candidates, mayBeNone }: NonNullable<PayLink['link']>,
): Html {
  const { sentence, button, none } = shown.words.collect.choose;
  const choices = candidates.map(
    (found) =>
      html`<p><label><input type="radio" name="candidate" value="${found.id}" required />${foundFacts(shown, found)}</label>${foundAddress(found)}</p>`,
  );
  return html`<p>${sentence}</p>${form(
    shown,
    { action: 'link/choose' },
    html`${choices}${mayBeNone && html`<p><label><input type="radio" name="candidate" value="none" required />${none}</label></p>`}<p><button id="choose-link">${button}</button></p>`,
  )}`;
}

/** Nothing was found for long: the member has looked for it. */
export const lostForm = (shown: Shown): Html =>
  html`<p>${shown.words.collect.lost.sentence}</p>${form(
    shown,
    { action: 'link/choose' },
    html`<input type="hidden" name="candidate" value="nothing-found" /><p><button id="choose-link">${shown.words.collect.lost.none}</button></p>`,
  )}`;

/** A link of the bank's list: how much, what became of it, and since when. */
function foundFacts({ words: { collect: words }, language }: Shown, found: FoundLink): Html {
  const { amount, status, createdAt } = found;
  return html`${money(amount, language)} · ${words.found[status]}<br />
<small>${words.found.created(moment(createdAt, language))}</small>`;
}

const foundAddress = ({ url }: FoundLink): Html =>
  html`<a href="${url}" target="_blank" rel="noopener">${url}</a>`;
