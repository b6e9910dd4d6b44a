import path from 'node:path';
import { ensureChromium } from '../scripts/chromium.js';
import { root } from '../scripts/workspace.js';
import { launchBrowser } from './support/browser.js';
import { Stack } from './support/stack.js';
import { Visitor } from './support/visitor.js';

// The README's picture, docs/demo.png: `npx tsx e2e/demo-picture.ts`, after a build.

process.env.CHROMIUM_PATH = await ensureChromium();
const stack = await Stack.start();
const browser = await launchBrowser();
try {
  const visitor = await Visitor.arrive(browser, stack.addresses, {
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  const shop = await visitor.openInvoice();
  const pay = await shop.pressPay();
  await pay.signInAndConfirm();
  await shop.becomes('approval_needed');
  await shop.badgeBecomes('in-progress');
  await pay.closesItself();
  await shop.page.screenshot({ path: path.join(root, 'docs/demo.png') });
} finally {
  await browser.close();
  await stack.stop();
}
