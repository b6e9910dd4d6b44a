import type { PayItem, ReviewItem } from '@qonto-pay/shared';
import { groupIban, payeeNotes, type ShownPayee } from '@qonto-pay/shared/payee-sentences';
import '@qonto-pay/widget/views/payee-check';
import { html, nothing, type TemplateResult } from 'lit';
import { bankCountry, formatDate } from '../format.js';
import { warning } from './frame-view.js';
import type { PageContext } from './page-context.js';

function paidTo({ text, language }: PageContext, item: PayItem): TemplateResult {
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

/** What the page shows at the decision, and the audit log records. */
export const shownPayee = ({ language }: PageContext, item: ReviewItem): ShownPayee => ({
  ...item.payeeCheck,
  warnings: item.warnings,
  lastIban: item.lastIban,
  lang: language,
});

/** Who is paid, what their bank says of the name, and what the payer's own Qonto knows. */
export function payeeView(page: PageContext, item: PayItem, known: ReviewItem): TemplateResult {
  const { result, bankName } = known.payeeCheck;
  return html`
    ${paidTo(page, item)}
    <div id="payee-check" data-result=${result}>
      <qpay-payee-check
 .result=${result === 'unchecked' ? 'pending' : result} .bankName=${bankName}></qpay-payee-check>
    </div>
    ${known.savedName ? warning(page.text.review.savedName(known.savedName)) : nothing}
    ${payeeNotes(shownPayee(page, known)).map(warning)}
  `;
}
