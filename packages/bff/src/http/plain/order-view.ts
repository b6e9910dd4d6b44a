import type { PayLink } from '@qonto-pay/shared';
import { groupIban } from '@qonto-pay/shared/payee-sentences';
import { type Html, html } from '../html.js';
import { quantity, rate } from './figures.js';
import { money, type Shown } from './shown.js';

/** What is collected: its rows with their VAT, or the invoice; the totals, and who is paid. */
export function orderView(shown: Shown, link: Omit<PayLink, 'link'>): Html {
  const { collect: words } = shown.words;
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
  const heads = [words.item, words.quantity, words.unitPrice, words.vat, words.net, words.gross];
  const cells = rows.map((row) => {
    const amount = (label: string, value: string) =>
      html`<td data-label="${label}" class="amount">${money(value, language)}</td>`;
    return html`<tr><th scope="row" data-label="${words.item}">${row.title}
${row.type && html`<br /><small>${words.type[row.type]}</small>`}
${row.description && html`<br /><small>${row.description}</small>`}</th>
<td data-label="${words.quantity}">${quantity(row.quantity, row.measureUnit, language)}</td>
${amount(words.unitPrice, row.unitPrice)}
<td data-label="${words.vat}" class="amount">${rate(row.vatRate, language)}<br /><small>${money(row.vat, language)}</small></td>
${amount(words.net, row.net)}${amount(words.gross, row.gross)}</tr>`;
  });
  return html`<div class="rows"><table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${cells}</tbody></table></div>`;
}

function totals(
  { words: { collect: words }, language }: Shown,
  { vats, total: { net, gross } }: Pick<PayLink, 'vats' | 'total'>,
): Html {
  const byRate = vats.map(
    (one) =>
      html`<dt>${words.vatOn(rate(one.rate, language), money(one.net, language))}</dt><dd>${money(one.vat, language)}</dd>`,
  );
  return html`${net !== null && html`<dt>${words.net}</dt><dd>${money(net, language)}</dd>`}${byRate}
<dt>${words.total}</dt><dd><strong id="total">${money(gross, language)}</strong></dd>`;
}
