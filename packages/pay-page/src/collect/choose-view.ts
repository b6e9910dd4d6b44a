import { html, nothing, type TemplateResult } from 'lit';
import { backLink } from '../views/frame-view.js';
import type { CollectContext, Link } from './collect-context.js';
import { foundLink } from './found-view.js';

/** Until then the service goes on looking, and takes no "none". A little more, as it counts from its send. */
const NONE_AFTER_MS = 10 * 60_000 + 30_000;

/** After a lost answer: links that may be the one. The member says which, and none is made. */
export function chooseView(
  context: CollectContext,
  { candidates, createdAt }: Link,
): TemplateResult {
  const { words, actions, links } = context;
  const { heading, sentence, none, button } = words.choose;
  const ageMs = Date.now() + context.clockOffsetMs - Date.parse(createdAt);
  // The link itself stands beside its radio button, so that it can be opened without choosing it.
  return html`
    <h1 id="choose-heading" tabindex="-1">${heading}</h1>
    <p>${sentence}</p>
    <form @submit=${(event: SubmitEvent) => void links.choose(event)}>
      <fieldset class="methods links" aria-labelledby="choose-heading">
        ${candidates.map(
          (found) => html`<label>
            <input type="radio" name="candidate" value=${found.id} required />
            ${foundLink(context, found)}
          </label>`,
        )}
        ${
          ageMs > NONE_AFTER_MS
            ? html`<label>
                <input type="radio" name="candidate" value="none" required />
                <span>${none}</span>
              </label>`
            : nothing
        }
      </fieldset>
      <button
        id="choose-link"
        class="button primary ${actions.work ? 'waiting' : ''}"
        type="submit"
        aria-disabled=${actions.work ? 'true' : nothing}
      >
        ${button}
      </button>
    </form>
    <div class="actions">${backLink(context, 'quiet')}</div>
  `;
}
