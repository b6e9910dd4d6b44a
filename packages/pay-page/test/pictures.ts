/**
 * Takes pictures of every state, for looking at: `pnpm pictures [folder] [state…]`.
 * Widths of a phone, of our own window and of a full page; light and dark.
 */
import { mkdir } from 'node:fs/promises';
import type { PayState } from '@qonto-pay/shared';
import { type Browser, chromium } from 'playwright';
import { chromiumArgs, chromiumPath } from '../../../scripts/chromium.js';
import { COLLECT_STATES } from './collect-states.js';
import { MANY_STATES } from './many-states.js';
import { startPayServer } from './pay-server.js';
import { review, STATES, signedOut, transfer, transfers } from './states.js';

const SIZES = [
  [360, 740],
  [480, 760],
  [1280, 900],
] as const;

const BANK_TRANSFER_STATES: Record<string, PayState> = {
  'bank transfer': signedOut(),
  'fr bank transfer': signedOut(),
  'review with bank transfer': review(),
};
const ALL = { ...STATES, ...MANY_STATES, ...BANK_TRANSFER_STATES, ...COLLECT_STATES };
const [folder = 'screenshots', ...wanted] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const { origin } = await startPayServer();
const executablePath = chromiumPath();
const browser: Browser = await chromium.launch({
  args: chromiumArgs,
  ...(executablePath ? { executablePath } : {}),
});

async function take(name: string, lang: string): Promise<void> {
  const state = ALL[name];
  const intent = `in_picture_${name.replaceAll(' ', '-')}`;
  const body = transfers(transfer(), transfer({ index: 1, name: 'Garage Moreau' }));
  const answers = { 'bank-transfer': { body } };
  const script = { method: 'PUT', body: JSON.stringify({ state, answers }) };
  await fetch(`${origin('pay').replace('pay.', '')}/script/${intent}`, script);
  for (const [width, height] of SIZES) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      await page.goto(`${origin('pay')}/pay/${intent}?lang=${lang}`);
      await page.locator('main:not([data-status="loading"])').waitFor();
      if (name in BANK_TRANSFER_STATES) {
        await page.locator('#bank-transfer summary').click();
        await page.locator('qpay-qr-code svg').waitFor();
      }
      await page.waitForTimeout(150);
      const file = `${name.replaceAll(' ', '-')}-${lang}-${width}-${colorScheme}.png`;
      // Rows exist only where they are in sight, so a page of many is taken as a tall window too.
      await page.screenshot({ path: `${folder}/${file}`, fullPage: !name.includes('many') });
      if (name.includes('many')) {
        await page.setViewportSize({ width, height: 2_400 });
        await page.screenshot({ path: `${folder}/${file.replace('.png', '-tall.png')}` });
      }
      await page.close();
    }
  }
}

const names = wanted.length > 0 ? wanted : Object.keys(ALL);
for (const name of names) await take(name, name.startsWith('fr ') ? 'fr' : 'en');
await browser.close();
process.exit(0);
