import { drawQrCode } from '@qonto-pay/shared/qr-code';
import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { actionStyles } from '../panel/action.styles.js';
import { buttonTokens } from '../tokens.styles.js';
import { register } from '../views/register.js';

/** The link as a QR code: black on white in every scheme, for that is what cameras read. */
export class QpayLinkQr extends LitElement {
  static override properties: PropertyDeclarations = {
    url: {},
    label: {},
    save: {},
  };
  static override styles = [
    buttonTokens,
    actionStyles,
    css`
      :host {
        display: block;
      }
      svg {
        display: block;
        inline-size: min(288px, 100%);
        border-radius: 8px;
        background: #fff;
        forced-color-adjust: none;
      }
    `,
  ];

  declare url: string;
  /** In place of the picture, for who does not see it. */
  declare label: string;
  /** What the download is called. */
  declare save: string;

  protected override render(): unknown {
    const { size, path } = drawQrCode(this.url);
    const file = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${8 * size}" height="${8 * size}"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`;
    return html`<svg
        part="qr"
        role="img"
        aria-label=${this.label}
        viewBox="0 0 ${size} ${size}"
        shape-rendering="crispEdges"
      >
        <path d=${path} />
      </svg>
      <a
        part="action"
        class="action"
        download="payment-link.svg"
        href="data:image/svg+xml,${encodeURIComponent(file)}"
        >${this.save}</a
      >`;
  }
}

register('qpay-link-qr', QpayLinkQr);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-link-qr': QpayLinkQr;
  }
}
