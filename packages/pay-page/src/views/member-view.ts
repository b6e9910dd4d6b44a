import { html, nothing, type TemplateResult } from 'lit';
import type { PageContext } from './page-context.js';

/** Whose money it is, and the way out for somebody else. */
export function whoPays(
  { state, text, actions }: PageContext,
  words = text.review.payingAs,
): TemplateResult | typeof nothing {
  if (!state.member) return nothing;
  return html`
    <div class="who">
      <p>${words(state.member.organization, state.member.name)}</p>
      <button
        id="switch-member"
        class="button quiet"
        type="button"
        @click=${() => void actions.switchMember()}
      >
        ${text.review.switchMember}
      </button>
    </div>
  `;
}
