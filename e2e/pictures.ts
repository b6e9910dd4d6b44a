import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { buildAll } from '../scripts/build.js';
import { ensureChromium } from '../scripts/chromium.js';
import { root } from '../scripts/workspace.js';
import { Bank } from './support/bank.js';
import { launchBrowser } from './support/browser.js';
import { Stack } from './support/stack.js';
import { tour } from './support/tour.js';
import { Visitor } from './support/visitor.js';

// Pictures of every state, to be looked at: `npx tsx e2e/pictures.ts` fills screenshots/.

const FOLDER = path.join(root, 'screenshots');
const SIZES: Record<string, BrowserContextOptions> = {
  360: { viewport: { width: 360, height: 740 }, hasTouch: true },
  480: { viewport: { width: 480, height: 760 } },
  1280: { viewport: { width: 1280, height: 900 } },
};
const SCHEMES = ['light', 'dark'] as const;

process.env.CHROMIUM_PATH = await ensureChromium();
if ((await buildAll()).length > 0) throw new Error('The build failed.');
rmSync(FOLDER, { recursive: true, force: true });
const stack = await Stack.start();
try {
  for (const [width, options] of Object.entries(SIZES)) await takePictures(width, options);
} finally {
  await stack.stop();
}

async function takePictures(width: string, options: BrowserContextOptions): Promise<void> {
  const browser = await launchBrowser();
  const visitor = await Visitor.arrive(browser, stack.addresses, {
    ...options,
    reducedMotion: 'reduce',
  });
  const bank = new Bank(stack.addresses.sandbox);
  mkdirSync(FOLDER, { recursive: true });
  await tour({ visitor, bank, look: (name, page) => takePicture(page, `${name}-${width}`) });
  await browser.close();
}

/** The whole page, and how far it runs out of the window sideways, which it never should. */
async function takePicture(page: Page, name: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({
      path: path.join(FOLDER, `${name}-${colorScheme}.png`),
      fullPage: true,
    });
  }
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (overflow > 0) console.log(`${name}: ${overflow} px too wide`);
}
