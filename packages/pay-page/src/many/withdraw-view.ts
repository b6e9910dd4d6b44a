import type { PayItem } from '@qonto-pay/shared';
import { totalOf } from '@qonto-pay/widget/views/item-table/total';
import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney } from '../format.js';
import type { ManyContext } from './many-context.js';
import { rowsText } from './rows-text.js';

const dialog = (): HTMLDialogElement | null => document.querySelector('dialog#withdraw-dialog');

/** `all`: every row that can still be canceled. */
export function openWithdrawDialog({ shared }: ManyContext, rows: number | 'all'): void {
  shared.withdrawing = rows;
  shared.update();
  dialog()?.showModal();
}

/** Those in question that can still be canceled. */
function withdrawn({ state, shared: { withdrawing } }: ManyContext): PayItem[] {
  return state.items.filter(
    ({ index, cancelable }) => cancelable && (withdrawing === 'all' || withdrawing === index),
  );
}

/** A scheduled payment is canceled after a second question, which names it. */
export function withdrawDialog(context: ManyContext): TemplateResult {
  const { shared, words, language } = context;
  const { actions, client } = shared.page;
  const items = withdrawn(context);
  const rows = new Set(items.map(({ index }) => index));
  const withdraw = (): void => {
    dialog()?.close();
    // Exactly those that were named.
    if (rows.size > 0 && !actions.work)
      void actions.do('cancel', () => client.post('cancel', { items: rowsText(rows) }));
  };
  const [item] = items;
  const amount = formatMoney(totalOf(items, rows), language);
  const sentence =
    rows.size === 1 && item
      ? words.withdraw(item.payee.name, amount)
      : words.withdrawMany(rows.size, amount);
  return html`<dialog id="withdraw-dialog" aria-labelledby="withdraw-heading">
    <h2 id="withdraw-heading">${words.withdrawHeading(rows.size)}</h2>
    ${item ? html`<p>${sentence}</p>` : nothing}
    <div class="actions">
      <button id="withdraw-yes" class="button danger" type="button" @click=${withdraw}>
        ${words.withdrawYes(rows.size)}
      </button>
      <button id="withdraw-no" class="button" type="button" @click=${() => dialog()?.close()}>
        ${words.withdrawNo(rows.size)}
      </button>
    </div>
  </dialog>`;
}

/** One button for all scheduled rows, where there is more than one. */
export function withdrawAllButton(context: ManyContext): TemplateResult | typeof nothing {
  const count = context.state.items.filter(({ cancelable }) => cancelable).length;
  if (count < 2) return nothing;
  return html`<div class="actions">
    <button
      id="withdraw-all"
      class="button"
      type="button"
      @click=${() => openWithdrawDialog(context, 'all')}
    >
      ${context.words.withdrawAll(count)}
    </button>
  </div>`;
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
