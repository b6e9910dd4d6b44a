import type { PayeeCheckResult } from '@qonto-pay/shared';
import { css, html, LitElement, nothing } from 'lit';
import { viewMessages } from '../messages/views.js';
import { base, tokens } from '../tokens.styles.js';
import { type IconName, icon } from './icons.js';
import { register } from './register.js';

const LOOKS: Record<PayeeCheckResult, readonly [tone: string, IconName]> = {
  pending: ['calm', 'clock'],
  match: ['ok', 'check'],
  close_match: ['warn', 'almost'],
  no_match: ['bad', 'stop'],
  not_possible: ['calm', 'question'],
};

/**
 * What the payee's bank says about the name: an icon, a heading and a sentence of its own for each
 * result. Anything unrecognised reads "not possible", never as a match.
 */
export class QpayPayeeCheck extends LitElement {
  static override properties = {
    result: { reflect: true },
    payeeName: {},
    bankName: {},
    lang: {},
  };
  static override styles = [
    tokens,
    base,
    css`
      :host {
        --tone: var(--qp-muted);
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 4px 12px;
        padding: 12px 16px;
        border: 1px solid var(--qp-line);
        border-inline-start: 4px solid var(--tone);
        border-radius: var(--qp-radius);
        color: var(--qp-text);
        background: var(--qp-surface);
        font-family: var(--qp-font);
        line-height: 1.5;
      }
      :host([result='match']) {
        --tone: var(--qp-ok);
      }
      :host([result='close_match']) {
        --tone: var(--qp-warn);
      }
      :host([result='no_match']) {
        --tone: var(--qp-bad);
      }
      .icon {
        grid-row: span 4;
        color: var(--tone);
      }
      .heading {
        font-weight: 600;
      }
      .name {
        overflow-wrap: anywhere;
        color: var(--qp-muted);
      }
      .bank-name {
        overflow-wrap: anywhere;
        font-weight: 600;
      }
    `,
  ];

  declare result: PayeeCheckResult;
  /** As it will be sent. */
  declare payeeName: string;
  /** The holder by the bank, at a close match. Shown, never substituted. */
  declare bankName: string | null;

  constructor() {
    super();
    this.result = 'pending';
    this.payeeName = '';
    this.bankName = null;
  }

  override render(): unknown {
    const texts = viewMessages(this);
    const result = this.result in LOOKS ? this.result : 'not_possible';
    const { heading, sentence } = texts.payeeCheck[result];
    return html`
      ${icon(LOOKS[result][1])}
      <p class="heading" part="heading">${heading}</p>
      ${this.payeeName ? html`<p class="name">${this.payeeName}</p>` : nothing}
      ${
        this.bankName && result === 'close_match'
          ? html`<p class="bank-name">${texts.payeeSays(this.bankName)}</p>`
          : nothing
      }
      <p part="sentence">${sentence}</p>
    `;
  }
}

register('qpay-payee-check', QpayPayeeCheck);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-payee-check': QpayPayeeCheck;
  }
}
