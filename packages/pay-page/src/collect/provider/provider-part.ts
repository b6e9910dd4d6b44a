import { html, type TemplateResult } from 'lit';
import type { Page } from '../../many/choices.js';
import type { ProviderNotice } from '../../notices.js';
import { safeUrl } from '../../page-meta.js';
import type { CollectContext } from '../collect-context.js';
import { fieldsOf, formOf, type LinkActions } from '../link-actions.js';
import type { ProviderMessages } from './provider-messages.js';
import { type Provider, type ProviderField, providerView } from './provider-view.js';

const FIELDS: Readonly<Record<string, ProviderField>> = {
  'account-not-usable': 'account',
  'invalid-phone-number': 'phone',
  'invalid-description': 'description',
  'invalid-website': 'website',
};

/** The connection to the payment provider; loaded when it is missing. */
export class ProviderPart {
  readonly words: ProviderMessages;
  /** Shown at the field that the last refusal named. */
  fieldProblem: { field: ProviderField; sentence: string } | undefined;
  /** What the member has written, for the counter below it. */
  descriptionLength = 0;
  readonly #page: Page;
  readonly #links: LinkActions;

  constructor(page: Page, words: ProviderMessages, links: LinkActions) {
    this.#page = page;
    this.words = words;
    this.#links = links;
  }

  view(page: CollectContext, provider: Provider): TemplateResult {
    return html`${providerView({ ...page, part: this }, provider)}`;
  }

  async connect(event: SubmitEvent): Promise<void> {
    const form = formOf(event);
    if (this.#page.actions.work) return;
    this.fieldProblem = undefined;
    const answer = await this.#links.send('provider', fieldsOf(form));
    const field = answer.kind === 'problem' ? FIELDS[answer.code] : undefined;
    if (field && answer.kind === 'problem') this.#showAt(form, field, answer.code);
    if (answer.kind !== 'state') return;
    const { status, location: address } = answer.state.link?.provider ?? {};
    if (status === 'pending' && address) location.assign(safeUrl(address));
  }

  #showAt(form: HTMLFormElement, field: ProviderField, code: string): void {
    this.fieldProblem = { field, sentence: this.words.problems[code as ProviderNotice] };
    this.#page.actions.tell(undefined);
    void this.#page.host.updateComplete.then(() =>
      form.querySelector<HTMLElement>(`#${field}`)?.focus(),
    );
  }

  count(event: Event): void {
    this.descriptionLength = (event.target as HTMLTextAreaElement).value.length;
    this.#page.host.requestUpdate();
  }
}
