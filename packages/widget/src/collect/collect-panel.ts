import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { ButtonFacts, IntentController } from '../intent-controller.js';
import { actionStyles } from '../panel/action.styles.js';
import { panelStyles } from '../panel/panel.styles.js';
import { viewStyles } from '../view.styles.js';
import { register } from '../views/register.js';
import { announce } from './announce.js';
import { dayText } from './day-text.js';
import { linkSnapshot, linkState, openLink, stateOf, wordsOf } from './link-state.js';
import { messagesAt } from './messages-at.js';
import './share-link.js';

const PARTS = 'panel, header, status, result, problem, action, link, qr, share';
/** Faces of `qpay-outcome`, by the statuses that it knows. */
const FACES: Partial<Record<string, string>> = {
  paid: 'settled',
  expired: 'lapsed',
  choosing: 'error',
};

/** The panel as the button shows it. */
export const renderCollectPanel = (payment: IntentController, facts: ButtonFacts): unknown =>
  html`<qpay-collect-panel
    exportparts=${PARTS}
    lang=${facts.lang}
    .payment=${payment}
    .facts=${facts}
  ></qpay-collect-panel>`;

/** What stands under a button that collects: how things are, and the link to share. */
export class QpayCollectPanel extends LitElement {
  static override properties: PropertyDeclarations = {
    lang: {},
    payment: { attribute: false },
    facts: { attribute: false },
  };
  static override styles = [...viewStyles, actionStyles, panelStyles];

  declare payment: IntentController;
  /** A new object whenever the payment has changed. */
  declare facts: ButtonFacts;
  #said: string | undefined;
  #hadFocus = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onVisibility);
  }

  /** Whoever comes back wants to know whether the client has paid: the bank is asked at once. */
  #onVisibility = (): void => {
    const { client, intent, snapshot } = this.payment;
    if (document.hidden || snapshot?.why !== 'in-progress') return;
    client.send(`${client.pathOf(intent)}/hint`, { method: 'POST' }).catch(() => {});
  };

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    this.#hadFocus = this.matches(':focus-within');
    // Brings the problems in a language that was not there yet.
    if (changed.has('lang')) this.payment.loadPart().catch(() => {});
  }

  protected override updated(): void {
    const { payment } = this;
    const { problem, startedAtMs } = payment;
    const paidCount = openLink(payment)?.paidCount;
    const now = `${stateOf(payment)} ${problem?.message} ${paidCount}`;
    // What already stood at load is read by whoever comes to it, not announced.
    if (now !== this.#said && (this.#said || startedAtMs || problem)) {
      const texts = messagesAt(this);
      const { heading, sentence, next = '' } = wordsOf(payment, texts);
      announce(payment, `${heading}. ${sentence} ${paidCount ? texts.paidTimes(paidCount) : next}`);
    }
    this.#said = now;
    // The link that had the focus may be gone: whoever was there stays in the panel.
    if (this.#hadFocus && !this.matches(':focus-within')) this.#focusTitle();
  }

  /** A panel that a click has opened takes the focus, unless it has gone elsewhere meanwhile. */
  protected override firstUpdated(): void {
    const { startedAtMs, host } = this.payment;
    const { activeElement, body } = document;
    if (startedAtMs && (activeElement === body || host.matches(':focus-within')))
      this.#focusTitle();
  }

  #focusTitle(): void {
    this.renderRoot.querySelector<HTMLElement>('#title')?.focus();
  }

  protected override render(): unknown {
    const { payment, facts, lang } = this;
    const texts = messagesAt(this);
    const { isFolded } = payment;
    const link = openLink(payment);
    return html`<section part="panel" aria-labelledby="title">
      <header part="header">
        <div id="title" role="heading" aria-level="3" tabindex="-1">
          ${texts.title} <span>${facts.amountText}</span>
        </div>
        <button part="action" aria-expanded=${!isFolded} @click=${() => payment.fold(!isFolded)}>
          ${isFolded ? texts.unfold : texts.fold}
        </button>
      </header>
      <div class="body" part="status" ?hidden=${isFolded}>
        ${this.#renderOutcome()}
        ${
          link
            ? html`<qpay-share-link
                exportparts="share, link, qr, action"
                lang=${lang}
                .payment=${payment}
                .facts=${facts}
                .link=${link}
                .day=${dayText(linkSnapshot(payment)?.expiresAt, lang)}
              ></qpay-share-link>`
            : nothing
        }
        ${this.#renderActions()}
      </div>
    </section>`;
  }

  #renderOutcome(): unknown {
    const { payment } = this;
    const state = stateOf(payment);
    return html`<qpay-outcome
      part=${state === 'error' ? 'problem' : 'result'}
      .level=${4}
      .status=${payment.problem ? 'error' : (FACES[state] ?? state)}
      .text=${wordsOf(payment, messagesAt(this))}
    ></qpay-outcome>`;
  }

  #renderActions(): unknown {
    const { payment } = this;
    const { problem, startedAtMs } = payment;
    const texts = messagesAt(this);
    const isChoosing = linkState(payment) === 'choosing';
    if (problem?.code === 'window-blocked')
      return this.#renderPage(texts.continueHere, true, '_top');
    if (problem && problem.code !== 'connection')
      return problem.recoverable
        ? html`<button part="action" class="action" @click=${this.#retry}>${texts.retry}</button>`
        : nothing;
    // Where there is something to be read, chosen or deactivated.
    if (isChoosing || problem) return this.#renderPage(texts.openPage, isChoosing);
    return linkSnapshot(payment)?.link && !startedAtMs ? this.#renderPage(texts.manage) : nothing;
  }

  /** Inside the click: without an intent it opens a window. */
  #retry(): void {
    const { payment } = this;
    void (payment.intent ? payment.refresh() : payment.host.start());
  }

  #renderPage(text: string, isMain = false, target = '_blank'): unknown {
    const { payment } = this;
    return html`<a
      part="action"
      class="action ${isMain ? 'main' : ''}"
      href=${payment.payUrl(payment.intent)}
      target=${target}
      >${text}</a
    >`;
  }
}

register('qpay-collect-panel', QpayCollectPanel);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-collect-panel': QpayCollectPanel;
  }
}
