import type { PayLink } from '@qonto-pay/shared';
import { html, nothing, type TemplateResult } from 'lit';
import { safeUrl } from '../../page-meta.js';
import { backLink, ending } from '../../views/frame-view.js';
import { whoPays } from '../../views/member-view.js';
import type { CollectContext } from '../collect-context.js';
import type { ProviderMessages } from './provider-messages.js';

export type Provider = NonNullable<PayLink['provider']>;

export type ProviderField = 'account' | 'phone' | 'description' | 'website';

interface ProviderContext extends CollectContext {
  part: {
    readonly words: ProviderMessages;
    fieldProblem: { field: ProviderField; sentence: string } | undefined;
    descriptionLength: number;
    connect: (event: SubmitEvent) => Promise<void>;
    count: (event: Event) => void;
  };
}

/** What a field's problem adds to it. */
function problemOf({ part }: ProviderContext, field: ProviderField) {
  const known = part.fieldProblem?.field === field ? part.fieldProblem : undefined;
  return {
    isKnown: known !== undefined,
    describedBy: (hint: string): string => (known ? `${field}-problem ${hint}` : hint).trim(),
    sentence: known
      ? html`<p id="${field}-problem" class="problem">${known.sentence}</p>`
      : nothing,
  };
}

function accountField(context: ProviderContext, { accounts }: Provider): TemplateResult {
  const problem = problemOf(context, 'account');
  return html`<div class="field">
    <label for="account">${context.part.words.form.account}</label>
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
  context: ProviderContext,
  field: 'phone' | 'website',
  type: 'tel' | 'url',
): TemplateResult {
  const { form } = context.part.words;
  const problem = problemOf(context, field);
  return html`<div class="field">
    <label for=${field}>${form[field]}</label>
    <input
      id=${field}
      name=${field}
      type=${type}
      autocomplete=${type}
      aria-invalid=${problem.isKnown ? 'true' : nothing}
      aria-describedby=${problem.describedBy(`${field}-hint`)}
    />
    <p id="${field}-hint" class="muted">${form[`${field}Hint`]}</p>
    ${problem.sentence}
  </div>`;
}

function descriptionField(context: ProviderContext): TemplateResult {
  const { part } = context;
  const { words } = part;
  const problem = problemOf(context, 'description');
  return html`<div class="field">
    <label for="description">${words.form.description}</label>
    <textarea
      id="description"
      name="description"
      rows="3"
      aria-invalid=${problem.isKnown ? 'true' : nothing}
      aria-describedby=${problem.describedBy('description-hint')}
      @input=${(event: Event) => part.count(event)}
    ></textarea>
    <p id="description-hint" class="muted">${words.counter(part.descriptionLength)}</p>
    ${problem.sentence}
  </div>`;
}

/** What the provider asks through Qonto; the rest it asks on its own page. */
function connectForm(context: ProviderContext, provider: Provider): TemplateResult {
  const { part, actions } = context;
  const { form } = part.words;
  const isBusy = actions.work === 'link';
  return html`<form
    id="provider-form"
    novalidate
    @submit=${(event: SubmitEvent) => void part.connect(event)}
  >
    ${accountField(context, provider)} ${lineField(context, 'phone', 'tel')}
    ${descriptionField(context)} ${lineField(context, 'website', 'url')}
    <button
      id="connect-provider"
      class="button primary ${actions.work ? 'waiting' : ''}"
      type="submit"
      aria-disabled=${actions.work ? 'true' : nothing}
    >
      ${isBusy ? part.words.connecting : form.connect}
    </button>
  </form>`;
}

/** Before there can be links: who takes the payments, and what is still missing with them. */
export function providerView(
  context: ProviderContext,
  provider: Provider,
): TemplateResult | typeof nothing {
  const { words, part } = context;
  const { status } = provider;
  if (status === 'enabled') return nothing;
  const text = part.words.states[status];
  if (status === 'not_connected') {
    const hasAccount = provider.accounts.length > 0;
    return html`
      <h1 tabindex="-1">${text.heading}</h1>
      <p>${text.sentence}</p>
      ${whoPays(context, words.collectingAs)}
      ${hasAccount ? connectForm(context, provider) : html`<p>${part.words.form.noAccount}</p>`}
      <div class="actions">${backLink(context, 'quiet')}</div>
    `;
  }
  const address = status === 'pending' ? provider.location : null;
  return html`
    ${ending(status === 'pending' ? 'sending' : 'error', text)}
    ${whoPays(context, words.collectingAs)}
    <div class="actions">
      ${
        address
          ? html`<a id="connect-provider" class="button primary" href=${safeUrl(address)}>
              ${part.words.form.goOn}
            </a>`
          : nothing
      }
      ${backLink(context, address ? 'quiet' : 'primary')}
    </div>
  `;
}
