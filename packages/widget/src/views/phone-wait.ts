import { html, type PropertyDeclarations } from 'lit';
import { viewMessages } from '../messages/provided.js';
import type { ResultText } from '../messages/view-messages.js';
import { QpayOutcome } from './outcome.js';
import { register } from './register.js';
import { say } from './say.js';
import './timer.js';

/** Ages at which the second and the third help appear. */
const HELP_AT_MS = [8_000, 20_000];

/**
 * What to do on the phone, the time left, and help that appears with time. The widget's panel shows
 * it as it is; the pay page shows `qpay-approval-wait`, which has the facts to compare too.
 * @slot later - shown once the third help is, from 20 s: another method, send again
 * @slot actions - always shown, at the end
 * @fires qpay-help - the next help appeared, `detail.text` says it; bubbles, composed
 */
export class QpayPhoneWait extends QpayOutcome {
  static override properties: PropertyDeclarations = {
    expiresAt: {},
    clockOffsetMs: {},
  };

  /** ISO 8601, by the server's clock. */
  declare expiresAt: string;
  /** Server minus local clock. */
  declare clockOffsetMs: number;
  #helpTimer: ReturnType<typeof setTimeout> | undefined;
  #help = 0;
  #shownAtMs = 0;

  constructor() {
    super();
    this.status = 'approval_needed';
    this.clockOffsetMs = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#helpTimer);
  }

  /** When the phone was asked, by the local clock: as far as we know here, now. */
  protected get askedAtMs(): number {
    return this.#shownAtMs;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const isAsked = changed.has('expiresAt');
    if (isAsked) this.#shownAtMs = Date.now();
    const ageMs = Date.now() - this.askedAtMs;
    const before = this.#help;
    this.#help = HELP_AT_MS.filter((atMs) => atMs <= ageMs).length;
    const nextAtMs = HELP_AT_MS[this.#help];
    clearTimeout(this.#helpTimer);
    if (nextAtMs) this.#helpTimer = setTimeout(() => this.requestUpdate(), nextAtMs - ageMs);
    if (this.#help > before && !isAsked) say(this, 'qpay-help', this.ownText().sentence);
  }

  protected override ownText(): ResultText {
    const { approveHeading, help } = viewMessages(this);
    return { heading: approveHeading, sentence: help[this.#help] ?? '' };
  }

  protected override renderBody({ sentence }: ResultText): unknown {
    return html`<qpay-timer
        exportparts="timer"
        .expiresAt=${this.expiresAt}
        .clockOffsetMs=${this.clockOffsetMs}
      ></qpay-timer>
      <p part="help">${sentence}</p>
      <slot name="later" ?hidden=${this.#help < HELP_AT_MS.length}></slot>`;
  }
}

register('qpay-phone-wait', QpayPhoneWait);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-phone-wait': QpayPhoneWait;
  }
}
