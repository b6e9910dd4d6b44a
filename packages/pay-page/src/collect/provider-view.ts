import type { PayLink } from '@qonto-pay/shared';
import { html, nothing, type TemplateResult } from 'lit';
import { backLink, ending } from '../views/frame-view.js';
import { whoPays } from '../views/member-view.js';
import type { CollectContext } from './collect-context.js';
import type { ProviderField } from './collect-messages.js';
import { safeLocation } from './link-actions.js';

type Provider = NonNullable<PayLink['provider']>;

/** What a field's problem adds to it. */
function problemOf({ links }: CollectContext, field: ProviderField) {
  const known = links.fieldProblem?.field === field ? links.fieldProblem : undefined;
  return {
    isKnown: known !== undefined,
    describedBy: (hint: string): string => (known ? `${field}-problem ${hint}` : hint).trim(),
    sentence: known
      ? html`<p id="${field}-problem" class="problem">${known.sentence}</p>`
      : nothing,
  };
}

function accountField(context: CollectContext, { accounts }: Provider): TemplateResult {
  const problem = problemOf(context, 'account');
  return html`<div class="field">
    <label for="account">${context.words.form.account}</label>
    <select
      id="account"
      name="account"
      aria-invalid=${problem.isKnown ? 'true' : nothing}
      aria-describedby=${problem.describedBy('') || nothing}
    >
      ${accounts.map(
        ({ id, name, iban }) => html`<option value=${id}>${name} (…${iban.slice(-4)})</option>`,
      )}
    </select>
    ${problem.sentence}
  </div>`;
}

function lineField(
  context: CollectContext,
  field: 'phone' | 'website',
  given: { label: string; hint: string; type: 'tel' | 'url'; autocomplete: 'tel' | 'url' },
): TemplateResult {
  const problem = problemOf(context, field);
  return html`<div class="field">
    <label for=${field}>${given.label}</label>
    <input
      id=${field}
      name=${field}
      type=${given.type}
      autocomplete=${given.autocomplete}
      aria-invalid=${problem.isKnown ? 'true' : nothing}
      aria-describedby=${problem.describedBy(`${field}-hint`)}
    />
    <p id="${field}-hint" class="muted">${given.hint}</p>
    ${problem.sentence}
  </div>`;
}

function descriptionField(context: CollectContext): TemplateResult {
  const { words, links } = context;
  const problem = problemOf(context, 'description');
  return html`<div class="field">
    <label for="description">${words.form.description}</label>
    <textarea
      id="description"
      name="description"
      rows="3"
      aria-invalid=${problem.isKnown ? 'true' : nothing}
      aria-describedby=${problem.describedBy('description-hint')}
      @input=${(event: Event) => links.count(event)}
    ></textarea>
    <p id="description-hint" class="muted">${words.form.counter(links.descriptionLength)}</p>
    ${problem.sentence}
  </div>`;
}

/** What the provider asks through Qonto; the rest it asks on its own page. */
function connectForm(context: CollectContext, provider: Provider): TemplateResult {
  const { words, actions, links } = context;
  const { form } = words;
  const isBusy = actions.work === 'link';
  const phone = {
    label: form.phone,
    hint: form.phoneHint,
    type: 'tel',
    autocomplete: 'tel',
  } as const;
  const website = {
    ...{ label: form.website, hint: form.websiteHint },
    ...({ type: 'url', autocomplete: 'url' } as const),
  };
  return html`<form
    id="provider-form"
    novalidate
    @submit=${(event: SubmitEvent) => void links.connect(event)}
  >
    ${accountField(context, provider)} ${lineField(context, 'phone', phone)}
    ${descriptionField(context)} ${lineField(context, 'website', website)}
    <button
      id="connect-provider"
      class="button primary ${actions.work ? 'waiting' : ''}"
      type="submit"
      aria-disabled=${actions.work ? 'true' : nothing}
    >
      ${isBusy ? form.connecting : form.connect}
    </button>
  </form>`;
}

/** Before there can be links: who takes the payments, and what is still missing with them. */
export function providerView(context: CollectContext, provider: Provider): TemplateResult {
  const { words } = context;
  const { status } = provider;
  const text = words.provider[status];
  if (status === 'not_connected') {
    const hasAccount = provider.accounts.length > 0;
    return html`
      <h1 tabindex="-1">${text.heading}</h1>
      <p>${text.sentence}</p>
      ${whoPays(context, words.collectingAs)}
      ${hasAccount ? connectForm(context, provider) : html`<p>${words.form.noAccount}</p>`}
      <div class="actions">${backLink(context, 'quiet')}</div>
    `;
  }
  const address = status === 'pending' ? safeLocation(provider.location) : undefined;
  return html`
    ${ending(status === 'pending' ? 'sending' : 'error', text)}
    ${whoPays(context, words.collectingAs)}
    <div class="actions">
      ${
        address
          ? html`<a id="connect-provider" class="button primary" href=${address}>
              ${words.form.goOn}
            </a>`
          : nothing
      }
      ${backLink(context, address ? 'quiet' : 'primary')}
    </div>
  `;
}
