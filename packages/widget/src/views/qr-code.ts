import { drawQrCode } from '@qonto-pay/shared/qr-code';
import { css, html, LitElement, nothing } from 'lit';
import { register } from './register.js';

/**
 * A QR code of any text. Dark on light in both schemes, as many readers need it so. Loaded later: it
 * brings the encoder with it.
 * @csspart code - the drawing
 */
export class QpayQrCode extends LitElement {
  static override properties = { text: {}, label: {} };
  static override styles = css`
    :host {
      display: block;
      aspect-ratio: 1;
    }
    svg {
      display: block;
      inline-size: 100%;
    }
  `;

  declare text: string;
  /** What the code is for, to those who do not see it. */
  declare label: string;

  constructor() {
    super();
    this.text = '';
    this.label = '';
  }

  protected override render(): unknown {
    if (this.text === '') return nothing;
    const { size, path } = drawQrCode(this.text);
    return html`<svg
      part="code"
      viewBox="0 0 ${size} ${size}"
      role="img"
      aria-label=${this.label}
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d="M0 0h${size}v${size}h-${size}z" />
      <path fill="#000" d=${path} />
    </svg>`;
  }
}

register('qpay-qr-code', QpayQrCode);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-qr-code': QpayQrCode;
  }
}
