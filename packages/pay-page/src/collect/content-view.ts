import type { PayLink } from '@qonto-pay/shared';
import { groupIban } from '@qonto-pay/shared/payee-sentences';
import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney } from '../format.js';
import type { CollectContext } from './collect-context.js';
import { formatQuantity, formatRate } from './figures.js';

type Row = PayLink['rows'][number];

function itemRow({ words, language }: CollectContext, row: Row): TemplateResult {
  const money = (amount: string): string => formatMoney(amount, language);
  const quantity = formatQuantity(row.quantity, row.measureUnit, language);
  const rate = words.vatRate(formatRate(row.vatRate, language));
  const price = words.quantity(quantity, money(row.unitPrice));
  // No line begins with the dot.
  const type = row.type ? `\u00a0· ${words.review.type[row.type]}` : '';
  return html`<tr>
      <th scope="row">${row.title}</th>
      <td>${money(row.gross)}</td>
    </tr>
    <tr>
      <td class="muted" colspan="2">
        ${row.description ? html`<p>${row.description}</p>` : nothing}
        <p>${price} · ${rate}</p>
        <p>${words.ofRow(money(row.net), money(row.vat))}${type}</p>
      </td>
    </tr>`;
}

/** Two columns, so that it can be read on a phone: what it is, and what it costs with VAT. */
function basket(context: CollectContext, { rows, vats, total }: PayLink): TemplateResult {
  const { words, language } = context;
  const { review } = words;
  const money = (amount: string): string => formatMoney(amount, language);
  const sum = (name: string, amount: string): TemplateResult =>
    html`<tr>
      <th scope="row">${name}</th>
      <td>${money(amount)}</td>
    </tr>`;
  return html`<table class="basket">
    <thead>
      <tr>
        <th scope="col">${review.item}</th>
        <th scope="col">${review.withVat}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map((row) => itemRow(context, row))}
    </tbody>
    <tfoot>
      ${total.net === null ? nothing : sum(review.net, total.net)}
      ${vats.map(({ rate, net, vat }) => sum(review.vat(formatRate(rate, language), money(net)), vat))}
      ${sum(review.total, total.gross)}
    </tfoot>
  </table>`;
}

/** What is collected, and from whom if that is known. */
export function contentView(context: CollectContext, link: PayLink): TemplateResult {
  const { review } = context.words;
  const { invoice, payee } = link;
  const ofInvoice =
    invoice &&
    html`<dt>${review.invoice}</dt>
      <dd>${invoice.number}</dd>
      <dt>${review.debtor}</dt>
      <dd class="name">${invoice.debtor}</dd>`;
  const ofPayee =
    payee &&
    html`<dt>${review.payee}</dt>
      <dd>${payee.name} <span class="iban">${groupIban(payee.iban)}</span></dd>`;
  return html`
    ${link.kind === 'basket' ? basket(context, link) : nothing}
    ${ofInvoice || ofPayee ? html`<dl class="facts">${ofInvoice} ${ofPayee}</dl>` : nothing}
  `;
}
