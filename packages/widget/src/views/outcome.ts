import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { ResultStatus, ResultText } from '../messages/view-messages.js';
import { viewMessages } from '../messages/views.js';
import { base, tokens } from '../tokens.styles.js';
import { type IconName, icon } from './icons.js';
import { register } from './register.js';

type Tone = 'ok' | 'calm' | 'warn' | 'bad';

const LOOKS: Record<ResultStatus, readonly [Tone, IconName]> = {
  confirmed: ['calm', 'clock'],
  sending: ['calm', 'clock'],
  requested: ['calm', 'clock'],
  scheduled: ['calm', 'clock'],
  processing: ['calm', 'clock'],
  settled: ['ok', 'check'],
  sent_unconfirmed: ['ok', 'check'],
  partially_settled: ['warn', 'warning'],
  declined: ['bad', 'cross'],
  denied: ['bad', 'cross'],
  expired: ['warn', 'clock'],
  not_enrolled: ['warn', 'phone'],
  canceled: ['calm', 'minus'],
  failed: ['warn', 'warning'],
  unknown: ['warn', 'question'],
  held: ['warn', 'question'],
};

/**
 * What became of the payment, in words, and the next step. An unrecognised status reads
 * "we are checking": never as paid, never as failed. The widget's panel shows it as it is; the pay
 * page shows `qpay-result`, which knows the bank's reasons too.
 * @slot actions - buttons and links, below the words
 */
export class QpayOutcome extends LitElement {
  static override properties: PropertyDeclarations = {
    status: {},
    lang: {},
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
      .result {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 4px 16px;
      }
      .mark {
        --tone: var(--qp-accent);
        display: grid;
        place-items: center;
        grid-row: span 3;
        inline-size: 48px;
        block-size: 48px;
        border-radius: 50%;
        color: var(--tone);
        background: color-mix(in srgb, var(--tone) 12%, transparent);
      }
      .ok {
        --tone: var(--qp-ok);
      }
      .warn {
        --tone: var(--qp-warn);
      }
      .bad {
        --tone: var(--qp-bad);
      }
      .heading {
        font-size: 1.125em;
        font-weight: 600;
        line-height: 1.3;
      }
      .next {
        color: var(--qp-muted);
      }
      .strong {
        color: inherit;
        font-weight: 600;
      }
    `,
  ];

  declare status: string;
  /** Heading level; 2 unless told. */
  declare level: number;

  constructor() {
    super();
    this.status = 'unknown';
    this.level = 2;
  }

  protected textFor(status: ResultStatus): ResultText {
    return viewMessages(this).results[status];
  }

  override render(): unknown {
    const status = (this.status in LOOKS ? this.status : 'unknown') as ResultStatus;
    const [tone, shape] = LOOKS[status];
    const text = this.textFor(status);
    const doNotPay = status === 'unknown' || status === 'held';
    return html`
      <div class="result">
        <span class="mark ${tone}">${icon(shape)}</span>
        <div class="heading" part="heading" role="heading" aria-level=${this.level} tabindex="-1">
          ${text.heading}
        </div>
        <p part="sentence">${text.sentence}</p>
        ${text.next ? html`<p part="next" class="next ${doNotPay ? 'strong' : ''}">${text.next}</p>` : nothing}
      </div>
      <slot name="actions"></slot>
    `;
  }
}

register('qpay-outcome', QpayOutcome);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-outcome': QpayOutcome;
  }
}
