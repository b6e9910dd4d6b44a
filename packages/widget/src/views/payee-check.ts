import type { PayeeCheckResult } from '@qonto-pay/shared';
import { css, html, LitElement, nothing } from 'lit';
import { languageAt } from '../language.js';
import { payeeCheckMessages } from '../messages/payee-check.js';
import { viewStyles } from '../view.styles.js';
import { drawn, ICONS } from './icons.js';
import { register } from './register.js';

const RING = 'M12 3a9 9 0 1 0 .01 0';
/** Four results, four shapes: they differ without colour too. */
export const CHECK_SHAPES: Record<PayeeCheckResult, string> = {
  pending: ICONS.clock,
  match: ICONS.check,
  close_match: `${RING}M8 10.4c1.3-1.3 2.7-1.3 4 0s2.7 1.3 4 0m-8 4c1.3-1.3 2.7-1.3 4 0s2.7 1.3 4 0`,
  no_match: 'M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3ZM12 7.5v5.5m0 3.4v.1',
  not_possible: `${RING}M9.5 9.6a2.5 2.5 0 1 1 3.6 2.3c-.7.4-1.1.9-1.1 1.7m0 2.9v.1`,
};

/**
 * What the payee's bank says about the name: an icon, a heading and a sentence of its own for each
 * result. Anything unrecognised reads "not possible", never as a match.
 */
export class QpayPayeeCheck extends LitElement {
  static override properties = {
    result: { reflect: true },
    bankName: {},
    lang: {},
  };
  static override styles = [
    ...viewStyles,
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
        background: var(--qp-surface);
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
      svg {
        grid-row: span 4;
        color: var(--tone);
      }
      .heading {
        font-weight: 600;
      }
      .bank-name {
        overflow-wrap: anywhere;
        font-weight: 600;
      }
    `,
  ];

  declare result: PayeeCheckResult;
  /** The holder by the bank, at a close match. Shown, never substituted. */
  declare bankName: string | null;

  constructor() {
    super();
    this.result = 'pending';
    this.bankName = null;
  }

  protected override render(): unknown {
    const texts = payeeCheckMessages[languageAt(this)];
    const result = this.result in CHECK_SHAPES ? this.result : 'not_possible';
    const { heading, sentence } = texts.results[result];
    return html`
      ${drawn(CHECK_SHAPES[result])}
      <p class="heading" part="heading">${heading}</p>
      ${
        this.bankName && result === 'close_match'
          ? html`<p class="bank-name">${texts.bankSays(this.bankName)}</p>`
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
