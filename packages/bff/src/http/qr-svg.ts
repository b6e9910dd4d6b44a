import { drawQrCode } from '@qonto-pay/shared/qr-code';
import { type Html, html } from './html.js';

/** A QR code as it stands in a page without script; dark on light in every scheme, as readers need it. */
export function qrSvg(text: string, label: string): Html {
  const { size, path } = drawQrCode(text);
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges">
<path fill="#fff" d="M0 0h${size}v${size}h-${size}z" /><path fill="#000" d="${path}" /></svg>`;
}
