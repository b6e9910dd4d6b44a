import { html, type TemplateResult } from 'lit';
import type { CollectContext } from './collect-context.js';

const dialog = (): HTMLDialogElement | null => document.querySelector('dialog#deactivate-dialog');

/** Asked twice: a link that is off stays off. */
export function deactivateView({ words, links }: CollectContext): TemplateResult {
  const { button, heading, sentence, yes } = words.deactivate;
  const deactivate = (): void => {
    dialog()?.close();
    void links.deactivate();
  };
  return html`<button
      id="deactivate"
      class="button quiet"
      type="button"
      @click=${() => dialog()?.showModal()}
    >
      ${button}
    </button>
    <dialog id="deactivate-dialog" aria-labelledby="deactivate-heading">
      <h2 id="deactivate-heading">${heading}</h2>
      <p>${sentence}</p>
      <div class="actions">
        <button id="deactivate-yes" class="button danger" type="button" @click=${deactivate}>
          ${yes}
        </button>
        <button id="deactivate-no" class="button" type="button" @click=${() => dialog()?.close()}>
          ${words.keep}
        </button>
      </div>
    </dialog>`;
}
