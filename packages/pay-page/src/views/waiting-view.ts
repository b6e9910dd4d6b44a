import type { PayPayment } from '@qonto-pay/shared';
import '@qonto-pay/widget/views/approval-wait';
import '@qonto-pay/widget/views/outcome';
import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney } from '../format.js';
import { cancelDialog, openCancelDialog } from './cancel-view.js';
import { paymentFacts } from './facts-view.js';
import { backLink } from './frame-view.js';
import type { PageContext } from './page-context.js';

const METHODS = ['paired-device', 'passkey'] as const;

/** Shown by the wait itself once help is due: "send again", or another way to approve. */
function otherMethods({ text, actions }: PageContext): TemplateResult {
  const ask = (event: SubmitEvent): void => {
    event.preventDefault();
    const method = new FormData(event.target as HTMLFormElement).get('method');
    void actions.askApproval(String(method));
  };
  return html`
    <form slot="later" class="methods" @submit=${ask}>
      <fieldset>
        <legend>${text.wait.trouble}</legend>
        ${METHODS.map(
          (method) => html`<label>
            <input type="radio" name="method" value=${method} ?checked=${method === METHODS[0]} />
            <span>${text.wait.methods[method]}</span>
          </label>`,
        )}
      </fieldset>
      <button id="ask-again" class="button" type="submit">
        ${actions.work === 'approval' ? text.wait.asking : text.wait.ask}
      </button>
    </form>
  `;
}

function waitActions(page: PageContext, payment: PayPayment): TemplateResult {
  const { text, actions } = page;
  return html`<div class="actions">
    ${
      payment.cancelable
        ? html`<button id="cancel" class="button" type="button" @click=${openCancelDialog}>
            ${text.wait.cancel}
          </button>`
        : nothing
    }
    ${actions.closing ? nothing : backLink(page, 'quiet')}
  </div>`;
}

/** Our own list of facts, so that they stand here as in the review and in the result. */
function approvalWait(page: PageContext, payment: PayPayment): TemplateResult {
  return html`
    <qpay-approval-wait
      .startedAt=${payment.approval?.startedAt ?? ''}
      .expiresAt=${payment.approval?.expiresAt ?? ''}
      .clockOffsetMs=${page.clockOffsetMs}
    >
      ${otherMethods(page)}
      <div slot="actions" class="below">
        ${paymentFacts(page, payment, 'on-phone')}
        <p class="muted">${page.text.wait.compare}</p>
        ${waitActions(page, payment)}
      </div>
    </qpay-approval-wait>
  `;
}

/** From the confirmation until the bank has the payment. */
export function waitingView(page: PageContext, payment: PayPayment): TemplateResult {
  const { text, actions, language } = page;
  const asked = payment.status === 'approval_needed' && payment.approval !== null;
  const status = payment.status === 'confirmed' ? 'confirmed' : 'sending';
  return html`
    <h1 tabindex="-1">${text.wait.heading(formatMoney(payment.amount, language), payment.items.length)}</h1>
    ${actions.closing ? html`<p class="banner">${text.wait.closing}</p>` : nothing}
    ${asked && payment.approval?.method === 'passkey' ? html`<p>${text.wait.passkey}</p>` : nothing}
    ${
      asked
        ? approvalWait(page, payment)
        : html`<qpay-outcome .status=${status}>
            <div slot="actions" class="below">${waitActions(page, payment)}</div>
          </qpay-outcome>`
    }
    ${payment.cancelable ? cancelDialog(page) : nothing}
  `;
}
