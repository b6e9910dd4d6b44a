import { html, nothing, type TemplateResult } from 'lit';
import { safeUrl } from '../page-meta.js';
import type { Step } from '../pay-state.js';
import { backLink, ending } from '../views/frame-view.js';
import { whoPays } from '../views/member-view.js';
import type { CollectContext } from './collect-context.js';
import { wordsOf } from './step-words.js';

/** Before the sign-in: what will happen, and why links need a permission of their own. */
export function collectSignInView({ state, text, words, actions }: CollectContext): TemplateResult {
  const { signIn } = words;
  const partner = state.partner.name;
  const { heading } = wordsOf(words, state, { kind: 'sign-in' });
  return html`
    <h1 tabindex="-1">${heading}</h1>
    <p class="lead">${signIn.lead(partner)}</p>
    <p>${signIn.permission}</p>
    <p>${signIn.next}</p>
    <div class="actions">
      <a id="sign-in" class="button primary" href=${safeUrl(state.signIn?.url ?? '/')}>
        ${text.signIn.button}
      </a>
      <button id="cancel" class="button" type="button" @click=${() => actions.leave()}>
        ${words.leave}
      </button>
    </div>
    <p class="muted">${text.signIn.unseen(partner)}</p>
  `;
}

/** Nothing can be done here: for now, by this member, or for good. */
export function stoppedView(context: CollectContext, step: Step): TemplateResult {
  const { state, words, text } = context;
  const status = step.kind === 'closed' ? step.why : 'error';
  const isTheirs = step.kind === 'error' && step.why === 'not-allowed';
  return html`
    ${ending(status, wordsOf(words, state, step))}
    ${isTheirs ? whoPays(context, text.review.signedInAs) : nothing}
    <div class="actions">${backLink(context, 'primary')}</div>
  `;
}
