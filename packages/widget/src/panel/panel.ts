import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { ButtonFacts, IntentController } from '../intent-controller.js';
import { laterMessages } from '../messages/later.js';
import { viewStyles } from '../view.styles.js';
import '../views/outcome.js';
import '../views/phone-wait.js';
import { register } from '../views/register.js';
import type { SayEvent } from '../views/say.js';
import { actionStyles } from './action.styles.js';
import { panelStyles } from './panel.styles.js';
import { stateOf, wordsOf } from './panel-state.js';

const PARTS = 'panel, header, status, timer, help, progress, row, result, problem, action';

/** The panel as the button shows it. */
export const renderPanel = (payment: IntentController, facts: ButtonFacts): unknown =>
  html`<qpay-panel
    exportparts=${PARTS}
    lang=${facts.lang}
    .payment=${payment}
    .facts=${facts}
  ></qpay-panel>`;

/** What stands under the button once something happens. */
export class QpayPanel extends LitElement {
  static override properties: PropertyDeclarations = {
    lang: {},
    payment: { attribute: false },
    facts: { attribute: false },
  };
  static override styles = [...viewStyles, actionStyles, panelStyles];

  declare payment: IntentController;
  /** A new object whenever the payment has changed. */
  declare facts: ButtonFacts;
  #saidState: string | undefined;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const { payment, facts } = this;
    // Brings the texts of a language that was not there yet.
    if (changed.has('lang'))
      payment.loadPart().then(
        () => this.requestUpdate(),
        () => {},
      );
    // Without it the panel still says what becomes of the whole; the next change asks again.
    if (facts.count > 1) import('./bulk-progress.js').catch(() => {});
  }

  protected override updated(): void {
    const { payment } = this;
    const { problem, startedAtMs } = payment;
    const state = `${stateOf(payment)} ${problem?.message}`;
    // What already stood at load is read by whoever comes to it, not announced.
    if (state !== this.#saidState && (this.#saidState || startedAtMs || problem)) {
      const { heading, sentence, next = '' } = wordsOf(payment, laterMessages(this));
      this.#say(`${heading}. ${sentence} ${next}`);
    }
    this.#saidState = state;
  }

  /** A panel that a click has opened takes the focus, unless it has gone elsewhere meanwhile. */
  protected override firstUpdated(): void {
    const { startedAtMs, host } = this.payment;
    const { activeElement, body } = document;
    if (startedAtMs && (activeElement === body || host.matches(':focus-within')))
      this.renderRoot.querySelector<HTMLElement>('#title')?.focus();
  }

  #say(words: string): void {
    this.payment.announcement = words;
    this.payment.host.requestUpdate();
  }

  /** Our own views speak to us, not to the partner's page. */
  #repeat(event: SayEvent): void {
    event.stopPropagation();
    this.#say(event.detail.text);
  }

  protected override render(): unknown {
    const { payment, facts } = this;
    const texts = laterMessages(this);
    const { isFolded, snapshot } = payment;
    return html`<section part="panel" aria-labelledby="title">
      <header part="header">
        <div id="title" role="heading" aria-level="3" tabindex="-1">
          ${facts.count > 1 ? texts.titleMany(facts.count) : texts.title}
          <span>${facts.amountText}</span>
        </div>
        <button
          part="action"
          aria-expanded=${!isFolded}
          @click=${() => payment.fold(!isFolded)}
        >
          ${isFolded ? texts.unfold : texts.fold}
        </button>
      </header>
      <div class="body" part="status" ?hidden=${isFolded}>
        ${stateOf(payment) === 'approval_needed' ? this.#renderWait() : this.#renderOutcome()}
        ${
          snapshot && snapshot.count > 1
            ? html`<qpay-bulk-progress
                exportparts="progress, row, action"
                .payment=${payment}
                .facts=${facts}
                .texts=${texts}
                @qpay-progress=${this.#repeat}
              ></qpay-bulk-progress>`
            : nothing
        }
      </div>
    </section>`;
  }

  #renderWait(): unknown {
    const { lang, payment } = this;
    return html`<qpay-phone-wait
      exportparts="timer, help"
      .level=${4}
      lang=${lang}
      .expiresAt=${payment.snapshot?.expiresAt ?? ''}
      .clockOffsetMs=${payment.clockOffsetMs}
      @qpay-help=${this.#repeat}
      @qpay-time-mark=${this.#repeat}
      >${this.#renderLink(laterMessages(this).openPayPage, 'later')}</qpay-phone-wait
    >`;
  }

  #renderOutcome(): unknown {
    const { payment } = this;
    const { problem } = payment;
    const texts = laterMessages(this);
    const state = stateOf(payment);
    const isError = state === 'error';
    // There the reason stands, a colleague approves, and it is said how things are when we cannot.
    const isPageWanted =
      problem?.code === 'connection' || state === 'declined' || state === 'requested';
    return html`<qpay-outcome
      part=${isError ? 'problem' : 'result'}
      .level=${4}
      .status=${problem ? 'error' : state}
      .text=${wordsOf(payment, texts)}
    >
      <div slot="actions">
        ${
          isError && problem?.recoverable
            ? html`<button part="action" class="action" @click=${this.#retry}>${texts.retry}</button>`
            : nothing
        }
        ${isPageWanted ? this.#renderLink(texts.openPayPage) : nothing}
        ${problem?.code === 'window-blocked' ? this.#renderLink(texts.continueHere, '', '_top') : nothing}
      </div>
    </qpay-outcome>`;
  }

  /** Inside the click: without an intent it opens a window. */
  #retry(): void {
    const { payment } = this;
    void (payment.intent ? payment.refresh() : payment.host.start());
  }

  #renderLink(text: string, slot = '', target = '_blank'): unknown {
    const { payment } = this;
    if (!payment.intent) return nothing;
    return html`<a
      part="action"
      class="action ${target === '_top' ? 'main' : ''}"
      slot=${slot || nothing}
      href=${payment.payUrl(payment.intent)}
      target=${target}
      >${text}</a
    >`;
  }
}

register('qpay-panel', QpayPanel);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-panel': QpayPanel;
  }
}
