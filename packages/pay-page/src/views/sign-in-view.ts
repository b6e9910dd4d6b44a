import { html, nothing, type TemplateResult } from 'lit';
import { safeUrl } from '../page-meta.js';
import type { PageContext } from './page-context.js';

/** Before sign-in: who asks, what will happen, and nothing of the invoice. */
export function signInView({ state, text, actions }: PageContext): TemplateResult {
  const words = text.signIn;
  const reason = state.signIn?.reason ?? 'signed-out';
  const partner = state.partner.name;
  return html`
    <h1 tabindex="-1">${words.heading[reason]}</h1>
    <p class="lead">${words.lead(partner)}</p>
    ${reason === 'signed-out' ? nothing : html`<p class="lead">${words[reason]}</p>`}
    <p>${words.next}</p>
    <div class="actions">
      <a id="sign-in" class="button primary" href=${safeUrl(state.signIn?.url ?? '/')}>
        ${words.button}
      </a>
      <button id="cancel" class="button" type="button" @click=${() => actions.leave()}>
        ${text.leave}
      </button>
    </div>
    <p class="muted">${words.unseen(partner)}</p>
  `;
}
