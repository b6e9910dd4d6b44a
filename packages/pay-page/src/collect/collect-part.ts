import type { PayState } from '@qonto-pay/shared';
import type { ResultText } from '@qonto-pay/widget/messages/view-messages';
import { html, type ReactiveController, type TemplateResult } from 'lit';
import type { Page } from '../many/choices.js';
import type { Step } from '../pay-state.js';
import type { LaterViews, PageContext } from '../views/page-context.js';
import { chooseView } from './choose-view.js';
import type { CollectMessages } from './collect-messages.js';
import { LinkActions } from './link-actions.js';
import { linkView } from './link-view.js';
import { collectSignInView, stoppedView } from './plain-views.js';
import type { ProviderPart } from './provider/provider-part.js';
import { reviewLinkView } from './review-link-view.js';
import { hasChoice, wordsOf } from './step-words.js';

/** Where news may not be told, as that Mollie is ready or that time has passed, the page asks. */
const ASK_MS = 10_000;

/** The way back from the provider says so once: the address then looks as before. */
function cleanAddress(): void {
  const url = new URL(location.href);
  if (!url.searchParams.has('provider')) return;
  url.searchParams.delete('provider');
  history.replaceState(history.state, '', url);
}

/** The page of an intent to collect: from the sign-in to the link and what becomes of it. */
export class CollectPart implements LaterViews, ReactiveController {
  readonly words: CollectMessages;
  readonly links: LinkActions;
  readonly #page: Page;
  #asking: number | undefined;
  #provider: ProviderPart | undefined;
  #isLoading = false;

  constructor(page: Page, words: CollectMessages) {
    this.#page = page;
    this.words = words;
    this.links = new LinkActions(page, words);
    cleanAddress();
    page.host.addController(this);
  }

  hostUpdated(): void {
    this.links.closeWhenReady();
    const { provider, link } = this.#page.controller.state?.link ?? {};
    const isWaiting = provider?.status === 'pending' || link?.status === 'unknown';
    if (!isWaiting || this.#asking !== undefined) return;
    this.#asking = window.setTimeout(() => {
      this.#asking = undefined;
      if (document.hidden || !this.#page.controller.connected) this.#page.host.requestUpdate();
      else void this.#page.controller.refresh();
    }, ASK_MS);
  }

  hostDisconnected(): void {
    window.clearTimeout(this.#asking);
  }

  get bankTransfer(): string {
    return this.words.bankTransfer;
  }

  view(page: PageContext, step: Step): TemplateResult | undefined {
    const context = { ...page, words: this.words, links: this.links };
    const { link } = page.state;
    if (step.kind === 'sign-in') return collectSignInView(context);
    if (step.kind === 'review' && link) return reviewLinkView(context, link);
    if (step.kind === 'provider' && link?.provider)
      return this.#provider?.view(context, link.provider) ?? this.#loading(page);
    if ((step.kind === 'wait' || step.kind === 'end') && link?.link) {
      return hasChoice(link.link)
        ? chooseView(context, link.link)
        : linkView(context, link, link.link);
    }
    return stoppedView(context, step);
  }

  title(state: PayState, step: Step): string {
    return this.#said(state, step).heading;
  }

  spoken(state: PayState, step: Step): string {
    const { heading, sentence } = this.#said(state, step);
    return `${heading}. ${sentence}`;
  }

  notice(notice: string): string | undefined {
    const problems: Partial<Record<string, string>> = this.words.problems;
    const ofProvider: Partial<Record<string, string>> = this.#provider?.words.problems ?? {};
    return problems[notice] ?? ofProvider[notice];
  }

  #said(state: PayState, step: Step): ResultText {
    const status = state.link?.provider?.status;
    return step.kind === 'provider' && status && status !== 'enabled' && this.#provider
      ? this.#provider.words.states[status]
      : wordsOf(this.words, state, step);
  }

  #loading({ text }: PageContext): TemplateResult {
    void this.#loadProvider();
    return html`<h1 class="muted" tabindex="-1">${text.loading}</h1>`;
  }

  /** What did not come is asked for with the next state. */
  async #loadProvider(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    const { language, host } = this.#page;
    const parts = await Promise.all([
      import('./provider/provider-part.js'),
      language === 'fr' ? import('./provider/provider.fr.js') : import('./provider/provider.en.js'),
    ]).catch(() => undefined);
    this.#isLoading = false;
    if (!parts) return;
    const [{ ProviderPart }, { words }] = parts;
    this.#provider = new ProviderPart(this.#page, words, this.links);
    host.requestUpdate();
  }
}
