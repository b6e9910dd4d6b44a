import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../messages/both-languages.js';
import type { ResultText, ViewMessages } from '../messages/view-messages.js';
import { viewMessages } from '../messages/views.js';
import { viewStyles } from '../view.styles.js';
import { type IconName, icon } from './icons.js';
import { register } from './register.js';

type Look = readonly [tone: 'ok' | 'calm' | 'warn' | 'bad', IconName];

const ATTENTION: Look = ['warn', 'warning'];
const REFUSED: Look = ['bad', 'cross'];
const PAID: Look = ['ok', 'check'];
const OVER: Look = ['calm', 'cross'];
const CHECKING: Look = ['warn', 'clock'];
/** Everything else is on its way. */
const LOOKS: Partial<Record<string, Look>> = {
  settled: PAID,
  sent_unconfirmed: PAID,
  partially_settled: ATTENTION,
  declined: REFUSED,
  denied: REFUSED,
  expired: CHECKING,
  not_enrolled: ['warn', 'phone'],
  approval_needed: ['calm', 'phone'],
  canceled: OVER,
  withdrawn: OVER,
  lapsed: OVER,
  failed: ATTENTION,
  error: ATTENTION,
  unknown: CHECKING,
  held: CHECKING,
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
    text: { attribute: false },
    lang: {},
    level: { type: Number },
  };
  static override styles = viewStyles;

  declare status: string;
  /** In place of the status's own words. */
  declare text: ResultText | undefined;
  /** Heading level; 2 unless told. */
  declare level: number;

  constructor() {
    super();
    this.status = 'unknown';
    this.level = 2;
  }

  protected textFor(results: ViewMessages['results'], status: string): ResultText {
    return results[status as keyof typeof results] ?? results.unknown;
  }

  /** Below the heading. */
  protected renderBody({ sentence, next }: ResultText): unknown {
    return html`<p>${sentence}</p>
      ${next ? html`<p>${next}</p>` : nothing}`;
  }

  /** Beside nothing, in the whole width. */
  protected renderFacts(): unknown {
    return nothing;
  }

  protected override render(): unknown {
    const { results } = viewMessages(this);
    const text = this.text ?? this.textFor(results, this.status);
    const status = text === results.unknown ? 'unknown' : this.status;
    const [tone, shape] = LOOKS[status] ?? ['calm', 'clock'];
    return html`
      <div class="words">
        <span class="mark ${tone}">${icon(shape)}</span>
        <div class="heading" part="heading" role="heading" aria-level=${this.level} tabindex="-1">
          ${text.heading}
        </div>
        ${this.renderBody(text)}
      </div>
      ${this.renderFacts()}
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
