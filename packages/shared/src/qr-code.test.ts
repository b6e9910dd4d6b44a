import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epcPayload } from './epc-qr.js';
import { drawQrCode, type QrDrawing } from './qr-code.js';

// A CommonJS module that says it is none.
const { default: jsQr } = (await import('jsqr')) as unknown as {
  default: { default: typeof import('jsqr').default };
};
const decode = jsQr.default;

/** Pixels for one module: what a camera sees of it. */
const SCALE = 3;

/** The drawing as pixels, dark where its path says so. */
function pixelsOf({ size, path }: QrDrawing) {
  const width = size * SCALE;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let dy = 0; dy < SCALE; dy += 1) {
      const from = ((Number(y) * SCALE + dy) * width + Number(x) * SCALE) * 4;
      pixels.fill(0, from, from + Number(run) * SCALE * 4);
    }
  }
  for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
  return { pixels, width };
}

function read(drawing: QrDrawing) {
  const { pixels, width } = pixelsOf(drawing);
  const code = decode(pixels, width, width, { inversionAttempts: 'dontInvert' });
  if (!code) throw new Error('the decoder sees no code');
  return code;
}

const LETTERS = 'aZ09 éàçñöüÅøßœŁţÿ&.,-–’';
const text = (unit: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...unit), minLength: 1, maxLength });

describe('the drawing of a code', () => {
  it('is read by another decoder as the very text of the transfer, diacritics too', () => {
    const transfers = fc.record({
      name: text(LETTERS, 70),
      iban: fc.constantFrom('FR7630006000011234567890189', 'MT84MALT011000012345MTLCAST001S'),
      amountCents: fc.bigInt({ min: 1n, max: 99_999_999_999n }),
      reference: text("aZ09/-?:().,'+ ", 140),
    });
    fc.assert(
      fc.property(transfers, (transfer) => {
        const payload = epcPayload(transfer);
        if (payload === undefined) return;
        const code = read(drawQrCode(payload));
        // By its bytes: the decoder guesses the character set of its own text.
        expect(Buffer.from(code.binaryData).toString('utf8')).toBe(payload);
        expect(code.chunks.map(({ type }) => type)).toEqual(['byte']);
        expect(code.version).toBeLessThanOrEqual(13);
      }),
      { numRuns: 60 },
    );
  });

  it('of the longest text that EPC069-12 allows is of version 13, the highest it allows', () => {
    const { size, path } = drawQrCode('n'.repeat(331));
    expect(read({ size, path }).version).toBe(13);
    expect(size).toBe(17 + 4 * 13 + 8);
  });

  it('is at error correction level M, also where a higher one would fit', () => {
    for (const length of [1, 100, 331]) {
      const drawing = drawQrCode('n'.repeat(length));
      const { pixels, width } = pixelsOf(drawing);
      const isDark = (x: number, y: number) =>
        pixels[((y + 4) * SCALE * width + (x + 4) * SCALE) * 4] === 0;
      // ISO/IEC 18004: the first two bits of the format, under the mask 10; level M is 00.
      expect([isDark(0, 8), isDark(1, 8)]).toEqual([true, false]);
    }
  });

  it('has four light modules around it', () => {
    const { size, path } = drawQrCode('https://pay.example.com/pay/in_1');
    const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((run) => run.slice(1).map(Number));
    const [columns, rows] = [0, 1].map((axis) => runs.map((run) => run[axis] ?? 0));
    const ends = runs.map(([x = 0, , width = 0]) => x + width);
    expect([Math.min(...(columns ?? [])), Math.min(...(rows ?? []))]).toEqual([4, 4]);
    expect([Math.max(...ends), Math.max(...(rows ?? [])) + 1]).toEqual([size - 4, size - 4]);
  });
});
