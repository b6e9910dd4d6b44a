import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney } from '../format.js';
import type { ManyContext } from './many-context.js';

const dialog = (): HTMLDialogElement | null => document.querySelector('dialog#withdraw-dialog');

export function openWithdrawDialog({ shared }: ManyContext, index: number): void {
  shared.withdrawing = index;
  shared.update();
  dialog()?.showModal();
}

/** A scheduled payment is canceled after a second question, which names it. */
export function withdrawDialog({ shared, words, state, language }: ManyContext): TemplateResult {
  const item = state.items.find(({ index }) => index === shared.withdrawing);
  const { actions, client } = shared.page;
  const withdraw = (): void => {
    dialog()?.close();
    if (item && !actions.work)
      void actions.do('cancel', () => client.post('cancel', { items: String(item.index) }));
  };
  return html`<dialog id="withdraw-dialog" aria-labelledby="withdraw-heading">
    <h2 id="withdraw-heading">${words.withdrawHeading}</h2>
    ${item ? html`<p>${words.withdraw(item.payee.name, formatMoney(item.amount, language))}</p>` : nothing}
    <div class="actions">
      <button id="withdraw-yes" class="button danger" type="button" @click=${withdraw}>
        ${words.withdrawYes}
      </button>
      <button id="withdraw-no" class="button" type="button" @click=${() => dialog()?.close()}>
        ${words.withdrawNo}
      </button>
    </div>
  </dialog>`;
}

/** One invoice: the way back of its scheduled payment. */
export function withdrawButton(context: ManyContext): TemplateResult {
  return html`<div class="actions">
      <button
        id="withdraw"
        class="button"
        type="button"
        @click=${() => openWithdrawDialog(context, 0)}
      >
        ${context.words.withdrawButton}
      </button>
    </div>
    ${withdrawDialog(context)}`;
}
