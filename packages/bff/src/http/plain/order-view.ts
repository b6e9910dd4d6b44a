import type { PayLink } from '@qonto-pay/shared';
import { groupIban } from '@qonto-pay/shared/payee-sentences';
import { type Html, html } from '../html.js';
import { quantity, rate } from './figures.js';
import { money, type Shown } from './shown.js';

/** What is collected: its rows with their VAT, or the invoice; the totals, and who is paid. */
export function orderView(shown: Shown, link: Omit<PayLink, 'link'>): Html {
  const words = shown.words.collect.review;
  const { invoice, payee } = link;
  return html`${link.kind === 'basket' && basket(shown, link)}<dl>
${invoice && html`<dt>${words.invoice}</dt><dd>${invoice.number}</dd><dt>${words.debtor}</dt><dd>${invoice.debtor}</dd>`}
${totals(shown, link)}
${payee && html`<dt>${words.payee}</dt><dd>${payee.name}<br />${groupIban(payee.iban)}</dd>`}</dl>`;
}

function basket(
  { words: { collect: words }, language }: Shown,
  { rows }: Pick<PayLink, 'rows'>,
): Html {
  const { columns, review } = words;
  const { item, net, withVat } = review;
  const heads = [item, columns.quantity, columns.unitPrice, columns.vat, net, withVat];
  const cells = rows.map((row) => {
    const amount = (label: string, value: string) =>
      html`<td data-label="${label}" class="amount">${money(value, language)}</td>`;
    return html`<tr><th scope="row" data-label="${item}">${row.title}
${row.type && html`<br /><small>${review.type[row.type]}</small>`}
${row.description && html`<br /><small>${row.description}</small>`}</th>
<td data-label="${columns.quantity}">${quantity(row.quantity, row.measureUnit, language)}</td>
${amount(columns.unitPrice, row.unitPrice)}
<td data-label="${columns.vat}" class="amount">${rate(row.vatRate, language)}<br /><small>${money(row.vat, language)}</small></td>
${amount(net, row.net)}${amount(withVat, row.gross)}</tr>`;
  });
  return html`<div class="rows"><table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${cells}</tbody></table></div>`;
}

function totals(
  { words, language }: Shown,
  { vats, total: { net, gross } }: Pick<PayLink, 'vats' | 'total'>,
): Html {
  const said = words.collect.review;
  const byRate = vats.map(
    (one) =>
      html`<dt>${said.vat(rate(one.rate, language), money(one.net, language))}</dt><dd>${money(one.vat, language)}</dd>`,
  );
  return html`${net !== null && html`<dt>${said.net}</dt><dd>${money(net, language)}</dd>`}${byRate}
<dt>${said.total}</dt><dd><strong id="total">${money(gross, language)}</strong></dd>`;
}
