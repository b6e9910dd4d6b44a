import type { PayLink } from '@qonto-pay/shared';
import { groupIban } from '@qonto-pay/shared/payee-sentences';
import { type Html, html } from '../html.js';
import { quantity, rate } from './figures.js';
import { money, type Shown } from './shown.js';

type Order = Omit<PayLink, 'link'>;

/** What is collected: its rows with their VAT, or the invoice; the totals, and who is paid. */
export function orderView(shown: Shown, link: Order): Html {
  const words = shown.words.collect.review;
  const { invoice, payee } = link;
  const isBasket = link.kind === 'basket';
  const facts = html`${invoice && html`<dt>${words.invoice}</dt><dd>${invoice.number}</dd><dt>${words.debtor}</dt><dd>${invoice.debtor}</dd>`}
${!isBasket && html`<dt>${words.total}</dt><dd>${total(shown, link)}</dd>`}
${payee && html`<dt>${words.payee}</dt><dd>${payee.name}<br />${groupIban(payee.iban)}</dd>`}`;
  return html`${isBasket && basket(shown, link)}${(!isBasket || payee) && html`<dl>${facts}</dl>`}`;
}

/** How often a link of it can be paid. */
export const timesText = ({ words }: Shown, { reusable }: Order): string =>
  words.collect.review[reusable ? 'reusable' : 'once'];

const total = ({ language }: Shown, { total: { gross } }: Order): Html =>
  html`<strong id="total">${money(gross, language)}</strong>`;

function basket(shown: Shown, link: Order): Html {
  const { columns, review } = shown.words.collect;
  const amounts = [columns.unitPrice, columns.vat, review.net, review.withVat];
  const heads = [columns.quantity, ...amounts].map(
    (head) => html`<th scope="col" class="amount">${head}</th>`,
  );
  return html`<div class="rows"><table class="basket">
<thead><tr><th scope="col">${review.item}</th>${heads}</tr></thead>
<tbody>${link.rows.map((row) => basketRow(shown, row))}</tbody>
<tfoot>${totals(shown, link)}</tfoot></table></div>`;
}

function basketRow({ words, language }: Shown, row: PayLink['rows'][number]): Html {
  const { columns, review } = words.collect;
  const amount = (label: string, value: string | Html): Html =>
    html`<td data-label="${label}" class="amount">${value}</td>`;
  const vat = html`${rate(row.vatRate, language)} <small>${money(row.vat, language)}</small>`;
  return html`<tr><th scope="row">${row.title}
${row.type && html`<br /><small>${review.type[row.type]}</small>`}
${row.description && html`<br /><small>${row.description}</small>`}</th>
${amount(columns.quantity, quantity(row.quantity, row.measureUnit, language))}
${amount(columns.unitPrice, money(row.unitPrice, language))}${amount(columns.vat, vat)}
${amount(review.net, money(row.net, language))}${amount(review.withVat, money(row.gross, language))}</tr>`;
}

/** Below the column that they sum up. */
function totals(shown: Shown, link: Order): Html {
  const { words, language } = shown;
  const { review } = words.collect;
  const sum = (label: string, value: string | Html): Html =>
    html`<tr><th scope="row" colspan="5">${label}</th><td class="amount">${value}</td></tr>`;
  const byRate = link.vats.map((one) =>
    sum(review.vat(rate(one.rate, language), money(one.net, language)), money(one.vat, language)),
  );
  return html`${link.total.net !== null && sum(review.net, money(link.total.net, language))}
${byRate}${sum(review.total, total(shown, link))}`;
}
