import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { viewMessages } from '../messages/views.js';
import { base, tokens } from '../tokens.styles.js';
import { icon } from './icons.js';
import { register } from './register.js';
import './timer.js';

/** What the payer's phone shows too; formatted for reading. The pay page only. */
export interface ApprovalFacts {
  amount?: string;
  payee?: string;
  account?: string;
  reference?: string;
}

const FACTS = ['amount', 'payee', 'account', 'reference'] as const;
/** Ages at which the second and the third help appear. */
const HELP_AT_MS = [8_000, 20_000] as const;

/**
 * What to do on the phone, the time left, and help that appears with time.
 * @slot actions - always shown, below the help
 * @slot later - shown once the third help is, from 20 s: another method, send again
 * @fires qpay-help - the next help appeared, `detail.text` says it; bubbles, composed
 */
export class QpayApprovalWait extends LitElement {
  static override properties = {
    startedAt: {},
    expiresAt: {},
    clockOffsetMs: { type: Number },
    lang: {},
    facts: { attribute: false },
    level: { type: Number },
  };
  static override styles = [
    tokens,
    base,
    css`
      :host {
        display: block;
        color: var(--qp-text);
        font-family: var(--qp-font);
        line-height: 1.5;
      }
      .lead {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 4px 16px;
        align-items: center;
      }
      .phone {
        display: grid;
        place-items: center;
        grid-row: span 2;
        align-self: start;
        inline-size: 48px;
        block-size: 48px;
        border-radius: 50%;
        color: var(--qp-accent);
        background: color-mix(in srgb, var(--qp-accent) 12%, transparent);
      }
      .heading {
        font-size: 1.125em;
        font-weight: 600;
        line-height: 1.3;
      }
      qpay-timer {
        color: var(--qp-muted);
      }
      .help {
        margin-block-start: 16px;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 8px 24px;
        margin-block-start: 24px;
        padding-block: 16px;
        border-block: 1px solid var(--qp-line);
      }
      dt {
        color: var(--qp-muted);
      }
      dd {
        overflow-wrap: anywhere;
        text-align: end;
      }
      .amount {
        font-variant-numeric: tabular-nums;
        font-weight: 600;
      }
      .compare {
        margin-block-start: 16px;
        color: var(--qp-muted);
      }
    `,
  ];

  /** ISO 8601, by the server's clock: when the phone was asked. */
  declare startedAt: string;
  /** ISO 8601, by the server's clock. */
  declare expiresAt: string;
  /** Server minus local clock. */
  declare clockOffsetMs: number;
  declare facts: ApprovalFacts | undefined;
  /** Heading level; 2 unless told. */
  declare level: number;
  #helpTimer: ReturnType<typeof setTimeout> | undefined;
  #shownHelp = 0;

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

  #ageMs(): number {
    const ageMs = Date.now() + this.clockOffsetMs - Date.parse(this.startedAt);
    return Number.isNaN(ageMs) ? 0 : ageMs;
  }

  override willUpdate(): void {
    clearTimeout(this.#helpTimer);
    const ageMs = this.#ageMs();
    const nextAt = HELP_AT_MS.find((atMs) => atMs > ageMs);
    if (nextAt !== undefined && this.isConnected)
      this.#helpTimer = setTimeout(() => this.requestUpdate(), nextAt - ageMs);
    this.#shownHelp = HELP_AT_MS.filter((atMs) => atMs <= ageMs).length;
  }

  override updated(): void {
    const text = this.#helpText();
    if (this.#announced !== undefined && this.#announced !== text)
      this.dispatchEvent(
        new CustomEvent('qpay-help', { bubbles: true, composed: true, detail: { text } }),
      );
    this.#announced = text;
  }
  #announced: string | undefined;

  #helpText(): string {
    return viewMessages(this).help[this.#shownHelp] ?? '';
  }

  override render(): unknown {
    const texts = viewMessages(this);
    return html`
      <div class="lead">
        <span class="phone">${icon('phone')}</span>
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
      <p class="help" part="help">${this.#helpText()}</p>
      <div ?hidden=${this.#shownHelp < HELP_AT_MS.length}><slot name="later"></slot></div>
      ${this.facts ? this.#renderFacts(this.facts) : nothing}
      <slot name="actions"></slot>
    `;
  }

  #renderFacts(facts: ApprovalFacts): TemplateResult {
    const texts = viewMessages(this);
    return html`
      <dl>
        ${FACTS.filter((name) => facts[name]).map(
          (name) => html`<dt>${texts[name]}</dt>
            <dd class=${name}>${facts[name]}</dd>`,
        )}
      </dl>
      <p class="compare">${texts.compare}</p>
    `;
  }
}

register('qpay-approval-wait', QpayApprovalWait);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-approval-wait': QpayApprovalWait;
  }
}
