import jsqr from 'jsqr';

// A CommonJS module whose types say that it is none.
const decode = (jsqr as unknown as { default: typeof jsqr.default }).default;

/** Pixels for one module. */
const SCALE = 4;

/** Reads the code of a server-made page as a camera would: from its pixels, by another library. */
export function readQrCode(page: string): string {
  const [, svg = ''] = /<svg class="qr"([\s\S]*?)<\/svg>/.exec(page) ?? [];
  const width = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]) * SCALE;
  const [, dark = ''] = /fill="#000" d="([^"]*)"/.exec(svg) ?? [];
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, run] of dark.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let line = 0; line < SCALE; line += 1) {
      const from = ((Number(y) * SCALE + line) * width + Number(x) * SCALE) * 4;
      // Black keeps its alpha: colours of four bytes each.
      for (let at = from; at < from + Number(run) * SCALE * 4; at += 4) pixels.fill(0, at, at + 3);
    }
  }
  const code = decode(pixels, width, width);
  if (!code) throw new Error('no code can be read');
  return Buffer.from(code.binaryData).toString('utf8');
}
