import type { PayPayment } from '@qonto-pay/shared';
import { groupIban } from '@qonto-pay/shared/payee-sentences';
import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney } from '../format.js';
import type { PageContext } from './page-context.js';

const fact = (name: string, value: unknown): TemplateResult => html`<dt>${name}</dt>
  <dd>${value}</dd>`;

/** What is or was to be paid. `as: 'on-phone'`: only what the phone shows, to compare two screens. */
export function paymentFacts(
  { state, text, language }: PageContext,
  payment: PayPayment,
  as: 'on-phone' | 'whole',
): TemplateResult {
  const { amount, account } = payment;
  const count = payment.items.length;
  const item =
    count === 1 ? state.items.find(({ index }) => index === payment.items[0]) : undefined;
  const iban = html`<span class="iban">${groupIban(item?.payee.iban ?? '')}</span>`;
  return html`
    <dl class="facts">
      ${fact(text.review.amount, html`<span class="money">${formatMoney(amount, language)}</span>`)}
      ${
        item
          ? fact(text.review.payee, html`${item.payee.name} ${as === 'whole' ? iban : nothing}`)
          : fact(text.wait.payments, count)
      }
      ${account ? fact(text.end.account, account) : nothing}
      ${item ? fact(text.review.reference, item.reference) : nothing}
    </dl>
  `;
}
