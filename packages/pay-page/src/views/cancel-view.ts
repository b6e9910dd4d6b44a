import { html, type TemplateResult } from 'lit';
import type { PageContext } from './page-context.js';

const dialog = (): HTMLDialogElement | null => document.querySelector('dialog#cancel-dialog');

export const openCancelDialog = (): void => dialog()?.showModal();

/** Cancelling is asked twice: the button stands where the eye is while the phone is in the hand. */
export function cancelDialog({ text, actions }: PageContext): TemplateResult {
  const cancel = (): void => {
    dialog()?.close();
    void actions.cancelPayment();
  };
  return html`
    <dialog id="cancel-dialog" aria-labelledby="cancel-heading">
      <h2 id="cancel-heading">${text.wait.cancelHeading}</h2>
      <p>${text.wait.cancelSentence}</p>
      <div class="actions">
        <button id="cancel-yes" class="button danger" type="button" @click=${cancel}>
          ${text.wait.cancelYes}
        </button>
        <button
          id="cancel-no"
          class="button"
          type="button"
          @click=${() => dialog()?.close()}
        >
          ${text.wait.cancelNo}
        </button>
      </div>
    </dialog>
  `;
}
