import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { spokenState, titleOf } from './announcement.js';
import { pageLanguage } from './language.js';
import { loadLater } from './load-later.js';
import type { Page } from './many/choices.js';
import type { Messages } from './messages/messages.js';
import { messagesFor } from './messages/messages-for.js';
import { intentId, pageToken } from './page-meta.js';
import { PayActions } from './pay-actions.js';
import { PayClient } from './pay-client.js';
import { PayController } from './pay-controller.js';
import { type Later, laterPart, statusOf } from './pay-state.js';
import {
  closedView,
  colleagueView,
  endingView,
  errorView,
  noStateView,
} from './views/ending-view.js';
import type { LaterViews, PageContext } from './views/page-context.js';
import { reviewView } from './views/review-view.js';
import { signInView } from './views/sign-in-view.js';
import { waitingView } from './views/waiting-view.js';

const loading = (text: Messages): TemplateResult =>
  html`<h1 class="muted" tabindex="-1">${text.loading}</h1>`;

/** The whole page. In the light DOM, so that ids, the form and labels work as in any page. */
export class QontoPayPage extends LitElement {
  static override properties = { spoken: { state: true } };

  declare spoken: string;
  readonly #language = pageLanguage();
  readonly #text: Messages = messagesFor(this.#language);
  readonly #controller: PayController;
  readonly #actions: PayActions;
  readonly #page: Page;
  #later: LaterViews | undefined;
  #isLoadingLater = false;
  #focusedStep = 'loading';
  #spokenState = '';
  #shownNotice: string | undefined;

  constructor() {
    super();
    this.spoken = '';
    const client = new PayClient({ intent: intentId(), pageToken: pageToken() });
    this.#controller = new PayController(this, client);
    this.#actions = new PayActions(this, client, this.#controller);
    this.#page = {
      ...{ host: this, client, controller: this.#controller, actions: this.#actions },
      language: this.#language,
    };
    document.documentElement.lang = this.#language;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const said of ['time-mark', 'help', 'row'])
      this.addEventListener(`qpay-${said}`, this.#speakDetail);
  }

  readonly #speakDetail = (event: Event): void => {
    this.spoken = (event as CustomEvent<{ text: string }>).detail.text;
  };

  override render(): TemplateResult {
    const { state, step } = this.#controller;
    const text = this.#text;
    return html`
      <header class="top">
        <strong>${text.brand}</strong>
        ${state ? html`<span class="muted">${state.partner.name}</span>` : nothing}
      </header>
      <main data-status=${statusOf(step)} aria-busy=${this.#actions.work ? 'true' : nothing}>
        ${this.#banner()} ${this.#notice()} ${this.#step()}
        <p class="only-spoken" role="status">${this.spoken}</p>
        ${state?.bankTransfer ? this.#bankTransfer(state.snapshot?.seq) : nothing}
      </main>
    `;
  }

  /** Loaded when it is opened: few need it. */
  #bankTransfer(seq: number | undefined): TemplateResult {
    const load = (): void => {
      import('./bank-transfer/bank-transfer.js').catch(() => this.#actions.tell('try-again'));
    };
    return html`<details id="bank-transfer" @toggle=${load}>
      <summary>${this.#later?.bankTransfer ?? this.#text.bankTransfer}</summary>
      <qpay-bank-transfer .seq=${seq}></qpay-bank-transfer>
    </details>`;
  }

  #banner(): TemplateResult | typeof nothing {
    const { unreachable, step, state } = this.#controller;
    if (step.kind === 'error' || step.kind === 'loading') return nothing;
    if (unreachable) return html`<p class="banner" role="alert">${this.#text.offline}</p>`;
    return state?.bankUnavailable
      ? html`<p class="banner" role="alert">${this.#text.errors.bank.heading}.
          ${this.#text.retrying}</p>`
      : nothing;
  }

  #notice(): TemplateResult | typeof nothing {
    const { notice } = this.#actions;
    // A missing decision is told beside its box.
    if (!notice || notice === 'decide') return nothing;
    const words: Partial<Record<string, string>> = this.#text.notices;
    return html`<p id="notice" class="notice" tabindex="-1">
      ${this.#later?.notice(notice) ?? words[notice]}
    </p>`;
  }

  #step(): TemplateResult {
    const { state, step } = this.#controller;
    const text = this.#text;
    if (step.kind === 'error' && !state) return noStateView({ text, actions: this.#actions }, step);
    return state && step.kind !== 'loading'
      ? this.#view({
          later: this.#later,
          state,
          text,
          language: this.#language,
          actions: this.#actions,
          clockOffsetMs: this.#controller.clockOffsetMs,
          askedPhone: this.#controller.askedPhone,
        })
      : loading(text);
  }

  #view(page: PageContext): TemplateResult {
    const { step } = this.#controller;
    const { review, payment, items } = page.state;
    const part = laterPart(page.state);
    if (part) void this.#loadLater(part);
    const later = page.later?.view(page, step);
    if (later) return later;
    // Its views are on their way, and the plain page knows one invoice only.
    const isMore = (items.length > 1 || step.kind === 'ask') && step.kind !== 'wait';
    if (!page.later && (isMore || part === 'collect')) return loading(page.text);
    if (step.kind === 'closed') return closedView(page, step);
    if (step.kind === 'error') return errorView(page, step);
    if (step.kind === 'review' && review) return reviewView(page, review);
    if (!payment || step.kind === 'sign-in') return signInView(page);
    // Who approves a colleague's request is asked on the phone as well.
    const isApprover = payment.kind === 'request' && payment.approval !== null;
    if (!payment.mine && !isApprover) return colleagueView(page, payment);
    return step.kind === 'wait' ? waitingView(page, payment) : endingView(page, payment);
  }

  /** Once. What did not come (a new version was rolled out) is asked for with the next state. */
  async #loadLater(part: Later): Promise<void> {
    if (this.#later || this.#isLoadingLater) return;
    this.#isLoadingLater = true;
    this.#later = await loadLater(part, this.#page).catch(() => undefined);
    this.#isLoadingLater = false;
    if (this.#later) this.requestUpdate();
  }

  override updated(): void {
    this.toggleAttribute('wide', this.querySelector('qpay-item-table') !== null);
    document.title = titleOf(this.#controller, this.#text, this.#later);
    this.#speakChange(this.#moveFocus());
  }

  /** Once for each main step, and to a notice that answers the payer's own action. */
  #moveFocus(): boolean {
    const { step } = this.#controller;
    const { notice } = this.#actions;
    const newNotice = notice !== undefined && notice !== this.#shownNotice;
    this.#shownNotice = notice;
    const newStep = step.kind !== this.#focusedStep;
    this.#focusedStep = step.kind;
    if (newNotice && notice !== 'decide') this.#focusOn('#notice');
    else if (newStep && step.kind !== 'loading') void this.#focusHeading();
    return newStep;
  }

  #focusOn(selector: string): void {
    this.querySelector<HTMLElement>(selector)?.focus();
  }

  async #focusHeading(): Promise<void> {
    const view = this.querySelector('qpay-outcome');
    if (this.querySelector('h1') || !view) return this.#focusOn('h1');
    await view.updateComplete;
    view.shadowRoot?.querySelector<HTMLElement>('[part=heading]')?.focus();
  }

  /** The heading that takes the focus is read anyway; any other change is said. */
  #speakChange(newStep: boolean): void {
    const { state, step } = this.#controller;
    const ofLater = state && this.#later?.spoken(state, step);
    const spoken = ofLater ?? spokenState(this.#controller, this.#text, this.#language);
    const changed = spoken !== this.#spokenState;
    this.#spokenState = spoken;
    if (changed && (!newStep || this.#controller.step.kind === 'wait')) this.spoken = spoken;
  }
}

customElements.define('qonto-pay-page', QontoPayPage);

declare global {
  interface HTMLElementTagNameMap {
    'qonto-pay-page': QontoPayPage;
  }
}
