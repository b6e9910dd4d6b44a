import jsqr from 'jsqr';
import type { Locator } from 'playwright-core';

// A CommonJS module whose types say that it is none.
const decode = (jsqr as unknown as { default: typeof jsqr.default }).default;

/** Reads a code as a camera would: from the pixels on the screen, by another library than ours. */
export async function textOfQrCode(code: Locator): Promise<string> {
  const png = (await code.screenshot()).toString('base64');
  const { pixels, width, height } = await pixelsOf(code, png);
  const found = decode(new Uint8ClampedArray(Buffer.from(pixels, 'base64')), width, height);
  if (!found) throw new Error('No code can be read.');
  return Buffer.from(found.binaryData).toString('utf8');
}

/** The browser decodes its own picture, on an empty page: ours have policies against it. */
async function pixelsOf(code: Locator, png: string) {
  const page = await code.page().context().newPage();
  try {
    return await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const { width, height } = image;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      if (!context) throw new Error('This browser paints nothing.');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      let letters = '';
      for (const byte of data) letters += String.fromCharCode(byte);
      return { pixels: btoa(letters), width, height };
    }, png);
  } finally {
    await page.close();
  }
}
