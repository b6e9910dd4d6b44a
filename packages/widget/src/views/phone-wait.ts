import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../messages/both-languages.js';
import { viewMessages } from '../messages/views.js';
import { viewStyles } from '../view.styles.js';
import { icon } from './icons.js';
import { register } from './register.js';
import './timer.js';

/** Ages at which the second and the third help appear. */
const HELP_AT_MS = [8_000, 20_000] as const;

/**
 * What to do on the phone, the time left, and help that appears with time. The widget's panel shows
 * it as it is; the pay page shows `qpay-approval-wait`, which has the facts to compare too.
 * @slot later - shown once the third help is, from 20 s: another method, send again
 * @slot actions - always shown, at the end
 * @fires qpay-help - the next help appeared, `detail.text` says it; bubbles, composed
 */
export class QpayPhoneWait extends LitElement {
  static override properties: PropertyDeclarations = {
    startedAt: {},
    expiresAt: {},
    clockOffsetMs: { type: Number },
    lang: {},
    level: { type: Number },
  };
  static override styles = [
    ...viewStyles,
    css`
      .lead {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0 16px;
      }
      .mark {
        grid-row: span 2;
      }
      qpay-timer {
        color: var(--qp-muted);
      }
      .help {
        margin-block-start: 16px;
      }
    `,
  ];

  /** ISO 8601, by the server's clock: when the phone was asked. */
  declare startedAt: string;
  /** ISO 8601, by the server's clock. */
  declare expiresAt: string;
  /** Server minus local clock. */
  declare clockOffsetMs: number;
  /** Heading level; 2 unless told. */
  declare level: number;
  #helpTimer: ReturnType<typeof setTimeout> | undefined;
  #help = 0;
  #announcedHelp = 0;

  constructor() {
    super();
    this.startedAt = '';
    this.expiresAt = '';
    this.clockOffsetMs = 0;
    this.level = 2;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#helpTimer);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const ageMs = Date.now() + this.clockOffsetMs - Date.parse(this.startedAt);
    const nextAtMs = HELP_AT_MS.find((atMs) => atMs > ageMs);
    clearTimeout(this.#helpTimer);
    if (nextAtMs !== undefined)
      this.#helpTimer = setTimeout(() => this.requestUpdate(), nextAtMs - ageMs);
    this.#help = HELP_AT_MS.filter((atMs) => atMs <= ageMs).length;
    if (changed.has('startedAt')) this.#announcedHelp = this.#help;
  }

  protected override updated(): void {
    if (this.#help === this.#announcedHelp) return;
    this.#announcedHelp = this.#help;
    const detail = { text: viewMessages(this).help[this.#help] };
    this.dispatchEvent(new CustomEvent('qpay-help', { bubbles: true, composed: true, detail }));
  }

  /** What the phone shows too: nothing that a partner's page may know. */
  protected renderFacts(): unknown {
    return nothing;
  }

  protected override render(): unknown {
    const texts = viewMessages(this);
    return html`
      <div class="lead">
        <span class="mark">${icon('phone')}</span>
        <div class="heading" part="heading" role="heading" aria-level=${this.level} tabindex="-1">
          ${texts.approveHeading}
        </div>
        <qpay-timer
          exportparts="timer"
          lang=${this.lang || nothing}
          .expiresAt=${this.expiresAt}
          .clockOffsetMs=${this.clockOffsetMs}
        ></qpay-timer>
      </div>
      <p class="help" part="help">${texts.help[this.#help]}</p>
      <slot name="later" ?hidden=${this.#help < HELP_AT_MS.length}></slot>
      ${this.renderFacts()}
      <slot name="actions"></slot>
    `;
  }
}

register('qpay-phone-wait', QpayPhoneWait);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-phone-wait': QpayPhoneWait;
  }
}
