import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { viewMessages } from '../messages/provided.js';
import type { ResultText } from '../messages/view-messages.js';
import { viewStyles } from '../view.styles.js';
import { type IconName, icon } from './icons.js';
import { register } from './register.js';

interface Look {
  tone: 'ok' | 'calm' | 'warn' | 'bad';
  icon: IconName;
}

const ATTENTION: Look = { tone: 'warn', icon: 'warning' };
const REFUSED: Look = { tone: 'bad', icon: 'cross' };
const PAID: Look = { tone: 'ok', icon: 'check' };
const OVER: Look = { tone: 'calm', icon: 'cross' };
const CHECKING: Look = { tone: 'warn', icon: 'clock' };
const ON_ITS_WAY: Look = { tone: 'calm', icon: 'clock' };
const LOOKS: Partial<Record<string, Look>> = {
  settled: PAID,
  sent_unconfirmed: PAID,
  partially_settled: ATTENTION,
  declined: REFUSED,
  denied: REFUSED,
  expired: CHECKING,
  not_enrolled: { tone: 'warn', icon: 'phone' },
  approval_needed: { tone: 'calm', icon: 'phone' },
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
 * "we are checking": never as paid, never as failed.
 * @slot actions - buttons and links, below the words
 */
export class QpayOutcome extends LitElement {
  static override properties: PropertyDeclarations = {
    status: {},
    text: { attribute: false },
    lang: {},
    level: {},
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

  /** The status's words, where no others are given. */
  protected ownText(): ResultText {
    const { results } = viewMessages(this);
    return results[this.status as keyof typeof results] ?? results.unknown;
  }

  /** Beside the icon, below the heading. */
  protected renderBody({ sentence, next }: ResultText): unknown {
    return html`<p>${sentence}</p>
      ${next ? html`<p>${next}</p>` : nothing}`;
  }

  /** Below the icon and the words, in the whole width. */
  protected renderFacts(): unknown {
    return nothing;
  }

  protected override render(): unknown {
    const text = this.text ?? this.ownText();
    const isUnknown = text === viewMessages(this).results.unknown;
    const look = LOOKS[isUnknown ? 'unknown' : this.status] ?? ON_ITS_WAY;
    return html`
      <div class="words">
        <span class="mark ${look.tone}">${icon(look.icon)}</span>
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
