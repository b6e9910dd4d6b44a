import { html, nothing, type TemplateResult } from 'lit';
import { backLink } from '../views/frame-view.js';
import type { CollectContext, Link } from './collect-context.js';
import { foundLink } from './found-view.js';
import { signInAgain } from './link-view.js';

/** What may be the link; nothing: the member has looked for it. No new one is made. */
export function chooseView(context: CollectContext, link: Link): TemplateResult {
  const { words, actions, links } = context;
  const isFound = link.candidates.length > 0;
  const { heading, sentence } = isFound ? words.choose : words.lost;
  return html`
    <h1 id="choose-heading" tabindex="-1">${heading}</h1>
    <p>${sentence}</p>
    <form @submit=${(event: SubmitEvent) => void links.choose(event)}>
      ${isFound ? choices(context, link) : html`<input type="hidden" name="candidate" value="nothing-found" />`}
      <button
        id="choose-link"
        class="button primary ${actions.work ? 'waiting' : ''}"
        type="submit"
        aria-disabled=${actions.work ? 'true' : nothing}
      >
        ${isFound ? words.choose.button : words.lost.none}
      </button>
    </form>
    ${signInAgain(context)}
    <div class="actions">${backLink(context, 'quiet')}</div>
  `;
}

/** The link itself stands beside its radio button, so that it can be opened without choosing it. */
const choices = (context: CollectContext, { candidates, mayBeNone }: Link): TemplateResult => html`
  <fieldset class="methods links" aria-labelledby="choose-heading">
    ${candidates.map(
      (found) => html`<label>
        <input type="radio" name="candidate" value=${found.id} required />
        ${foundLink(context, found)}
      </label>`,
    )}
    ${
      mayBeNone
        ? html`<label>
            <input type="radio" name="candidate" value="none" required />
            <span>${context.words.choose.none}</span>
          </label>`
        : nothing
    }
  </fieldset>
`;
