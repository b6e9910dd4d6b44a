import type { ReviewItem } from '@qonto-pay/shared';
import { icon } from '@qonto-pay/widget/views/icons';
import '@qonto-pay/widget/views/payee-check';
import { html, nothing, type TemplateResult } from 'lit';
import { bankCountry, formatDate, groupIban } from '../format.js';
import type { PageContext } from './page-context.js';

/** A sentence that the payer must not overlook; the icon is decoration. */
export const warning = (sentence: string): TemplateResult =>
  html`<p class="warning">${icon('warning')}<span>${sentence}</span></p>`;

function paidTo({ text, language }: PageContext, item: ReviewItem): TemplateResult {
  const words = text.review;
  return html`
    <dl class="facts">
      <dt>${words.payee}</dt>
      <dd class="name">${item.payee.name}</dd>
      <dt>${words.iban}</dt>
      <dd>
        <span class="iban">${groupIban(item.payee.iban)}</span>
        <span class="muted">${words.bankIn(bankCountry(item.payee.iban, language))}</span>
      </dd>
      <dt>${words.reference}</dt>
      <dd>
        ${item.reference}
        ${item.referenceSimplified ? html`<span class="muted">${words.simplified}</span>` : nothing}
      </dd>
      ${
        item.dueDate
          ? html`<dt>${words.dueDate}</dt>
              <dd>${formatDate(item.dueDate, language)}</dd>`
          : nothing
      }
    </dl>
  `;
}

/** Who is paid, what their bank says of the name, and what the payer's own Qonto knows. */
export function payeeView(page: PageContext, item: ReviewItem, position: number): TemplateResult {
  const { result, bankName } = item.payeeCheck;
  return html`
    ${paidTo(page, item)}
    <div
      id=${position === 0 ? 'payee-check' : `payee-check-${item.index}`}
      data-result=${result}
    >
      <qpay-payee-check .result=${result} .bankName=${bankName}></qpay-payee-check>
    </div>
    ${item.savedName ? warning(page.text.review.savedName(item.savedName)) : nothing}
    ${result === 'no_match' ? warning(page.text.review.noMatchWarning) : nothing}
  `;
}
