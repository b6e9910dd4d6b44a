import { correction, generate, mode } from 'lean-qr';

/** A code as it stands in an SVG of `viewBox="0 0 size size"`: dark modules on a light ground. */
export interface QrDrawing {
  /** With the margin that readers need. */
  size: number;
  path: string;
}

/** ISO/IEC 18004: four modules of light on each side. */
const MARGIN = 4;

/**
 * Draws a QR code of this text at error correction level M, which EPC069-12 prescribes. The text
 * goes in as UTF-8 bytes without an ECI: banking apps know the character set from the text itself,
 * and with an ECI the 331 bytes that EPC069-12 allows would not fit into version 13.
 */
export function drawQrCode(text: string): QrDrawing {
  const level = { minCorrectionLevel: correction.M, maxCorrectionLevel: correction.M };
  const code = generate(mode.bytes(new TextEncoder().encode(text)), level);
  const rows = Array.from({ length: code.size }, (_, y) => row(code, y));
  return { size: code.size + 2 * MARGIN, path: rows.join('') };
}

/** One rectangle for each run of dark modules. */
function row(code: ReturnType<typeof generate>, y: number): string {
  let path = '';
  for (let x = 0; x < code.size; x += 1) {
    if (!code.get(x, y) || code.get(x - 1, y)) continue;
    let width = 1;
    while (code.get(x + width, y)) width += 1;
    path += `M${x + MARGIN} ${y + MARGIN}h${width}v1h-${width}z`;
  }
  return path;
}
