import type { PayLink } from '@qonto-pay/shared';
import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney } from '../format.js';
import { backLink, warning } from '../views/frame-view.js';
import { whoPays } from '../views/member-view.js';
import type { CollectContext } from './collect-context.js';
import { contentView } from './content-view.js';
import { foundLink, isLive } from './found-view.js';
import { reviewWords } from './step-words.js';

/** What is missing, beside the box in question. */
const missingWords = ({ words, links }: CollectContext): TemplateResult =>
  html`<p id="missing" class="problem">${links.missing && words.problems[links.missing]}</p>`;

/** Those that the invoice wants; one that the provider does not offer is said to be so. */
function methodChoice(context: CollectContext, { methods }: PayLink): TemplateResult {
  const { words, links } = context;
  const isMissing = links.missing === 'invalid-methods';
  const wanted = methods.filter((method) => method.wanted);
  const isNone = wanted.every(({ enabled }) => !enabled);
  return html`<fieldset class="methods">
    <legend>${words.review.methods}</legend>
    ${wanted.map(
      ({ name, enabled }) => html`<label>
        <input
          id="method-${name}"
          type="checkbox"
          name="methods"
          value=${name}
          ?checked=${enabled}
          ?disabled=${!enabled}
          aria-describedby=${isMissing ? 'missing' : nothing}
        />
        <span>
          ${words.methods[name]}
          ${enabled ? nothing : html`<span class="muted">– ${words.review.notEnabled}</span>`}
        </span>
      </label>`,
    )}
    ${isNone ? warning(words.review.noMethod) : nothing} ${isMissing ? missingWords(context) : nothing}
  </fieldset>`;
}

/** Nobody shall send two: the invoice's other links stand above the button. */
function otherLinks(
  context: CollectContext,
  { others, creatable }: PayLink,
): TemplateResult | typeof nothing {
  const { words, links } = context;
  if (others.length === 0) return nothing;
  const isMissing = links.missing === 'other-links-open';
  const accept = html`<label class="decision">
    <input
      id="accept-others"
      type="checkbox"
      name="acceptOthers"
      value="yes"
      aria-invalid=${isMissing ? 'true' : nothing}
      aria-describedby=${isMissing ? 'missing' : nothing}
    />
    <span>${words.others.accept}</span>
  </label>
    ${isMissing ? missingWords(context) : nothing}`;
  const isPaid = others.some(({ status }) => status === 'paid');
  // The number alone may be that of another year's invoice: then the member may go on.
  const ofPaid = creatable ? words.others.doubt : words.others.paid;
  return html`<section class="ask" aria-labelledby="others-heading">
    <h2 id="others-heading">${words.others.heading}</h2>
    <p>${isPaid ? ofPaid : words.others.sentence}</p>
    <ul class="links">
      ${others.map((found) => html`<li>${foundLink(context, found)}</li>`)}
    </ul>
    ${creatable && (isPaid || others.some(isLive)) ? accept : nothing}
  </section>`;
}

function createButton(context: CollectContext, link: PayLink): TemplateResult {
  const { words, actions, links, language } = context;
  const isBusy = actions.work === 'link';
  const canBeMade = link.methods.some(({ wanted, enabled }) => wanted && enabled);
  const isWaiting = actions.work !== undefined || !canBeMade;
  const label = words.review.create(formatMoney(link.total.gross, language));
  return html`
    <p id="create-hint" class="muted">${words.review.hint}</p>
    <div class="actions">
      <button
        id="create-link"
        class="button primary ${isWaiting ? 'waiting' : ''}"
        type="submit"
        aria-disabled=${isWaiting || !actions.armed ? 'true' : nothing}
        aria-describedby="create-hint"
        @click=${(event: MouseEvent) => links.press(event)}
      >
        ${isBusy ? words.creating : label}
      </button>
      <button id="cancel" class="button" type="button" @click=${() => actions.leave()}>
        ${words.leave}
      </button>
    </div>
  `;
}

/** What will be collected, by whom and how; and the one form that has the link made. */
export function reviewLinkView(context: CollectContext, link: PayLink): TemplateResult {
  const { words, language, links } = context;
  const amount = formatMoney(link.total.gross, language);
  const form = html`<p>${link.reusable ? words.review.reusable : words.review.once}</p>
    <form novalidate @submit=${(event: SubmitEvent) => links.create(event)}>
      ${methodChoice(context, link)} ${otherLinks(context, link)} ${createButton(context, link)}
    </form>`;
  const closed = html`${otherLinks(context, link)}
    <div class="actions">${backLink(context, 'primary')}</div>`;
  return html`
    <h1 tabindex="-1">${reviewWords(words, link).heading}</h1>
    ${whoPays(context, words.collectingAs)}
    <p class="amount"><span class="muted">${words.amount}</span> ${amount}</p>
    ${contentView(context, link)} ${link.creatable ? form : closed}
  `;
}
