import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { buildAll } from '../scripts/build.js';
import { ensureChromium } from '../scripts/chromium.js';
import { root } from '../scripts/workspace.js';
import { Bank } from './support/bank.js';
import { launchBrowser } from './support/browser.js';
import { collectTour } from './support/collect-tour.js';
import { collectTroublesTour } from './support/collect-troubles-tour.js';
import type { Tour } from './support/guide.js';
import { manyTour } from './support/many-tour.js';
import { Stack } from './support/stack.js';
import { oneTour } from './support/tour.js';
import { Visitor } from './support/visitor.js';

// Pictures of every state, to be looked at: `npx tsx e2e/pictures.ts` fills screenshots/. Names of
// tours (one, many, collect, troubles, french) or widths after it choose among them.

const FOLDER = path.join(root, 'screenshots');
const SIZES: Record<string, BrowserContextOptions> = {
  360: { viewport: { width: 360, height: 740 }, hasTouch: true },
  480: { viewport: { width: 480, height: 760 } },
  1280: { viewport: { width: 1280, height: 900 } },
};
const TOURS: Record<
  string,
  { tour: (tour: Tour) => Promise<void>; options?: BrowserContextOptions }
> = {
  one: { tour: oneTour },
  many: { tour: manyTour },
  collect: { tour: collectTour },
  troubles: { tour: collectTroublesTour },
  french: {
    tour: (tour) => collectTour({ ...tour, query: '?lang=fr' }),
    options: { locale: 'fr-FR' },
  },
};
const SCHEMES = ['light', 'dark'] as const;

process.env.CHROMIUM_PATH = await ensureChromium();
if ((await buildAll()).length > 0) throw new Error('The build failed.');
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const wanted = process.argv.slice(2);
for (const [name, { tour, options }] of Object.entries(TOURS)) {
  for (const [width, size] of Object.entries(SIZES)) {
    if (!isWanted(name, TOURS) || !isWanted(width, SIZES)) continue;
    await takePictures(tour, options ? `${name}-${width}` : width, { ...size, ...options });
  }
}

/** Chosen by name, or no other one was. */
function isWanted(name: string, among: object): boolean {
  return wanted.includes(name) || !wanted.some((other) => other in among);
}

/** At a bank of its own: a tour begins where nothing has happened yet. */
async function takePictures(
  tour: (tour: Tour) => Promise<void>,
  suffix: string,
  options: BrowserContextOptions,
): Promise<void> {
  const [stack, browser] = await Promise.all([Stack.start(), launchBrowser()]);
  try {
    const visitor = await Visitor.arrive(browser, stack.addresses, {
      ...options,
      reducedMotion: 'reduce',
    });
    const bank = new Bank(stack.addresses.sandbox);
    await tour({ visitor, bank, look: (name, page) => takePicture(page, `${name}-${suffix}`) });
  } finally {
    await browser.close();
    await stack.stop();
  }
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
