import { filesOf, type Journey, journey, payUrl, statusIs } from './built-journey.js';
import { windowCommands } from './built-windows.js';
import { manyChecked } from './many-states.js';
import { paying, review, signedOut, transfers } from './states.js';

const manyInTab = journey(async (way) => {
  await way.script({ state: manyChecked(400) });
  const page = await way.context.newPage();
  const files = filesOf(page);
  await page.goto(payUrl(way));
  await page.locator('[data-row="3"]').waitFor();
  // The last line: far below, so the table may not have drawn it yet.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await page.locator('[data-fold="matched"]').click();
  // Its rows are there, so the last line is no longer the fold itself.
  await page.locator('[data-fold="matched"][aria-expanded="true"]').waitFor();
  await page.keyboard.press('Control+End');
  await page.locator('[data-row="399"]').waitFor();
  const rows = await page.locator('[data-row]').count();
  const languages = files.filter((file) => /many\.(en|fr)/.test(file)).length;
  return { isFewRows: rows < 60, languages };
});

async function oneAt(way: Journey, size: { width: number; height: number }) {
  await way.script({ state: review() });
  const page = await way.context.newPage();
  let letGo = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/many|item-table/, async (route) => {
    await released;
    await route.continue();
  });
  await page.setViewportSize(size);
  await page.goto(payUrl(way));
  await statusIs(page, 'review');
  const confirm = page.locator('#confirm');
  const before = await confirm.boundingBox();
  const daysBefore = await page.locator('#pay-on').count();
  letGo();
  await page.locator('#pay-on').waitFor();
  const after = await confirm.boundingBox();
  await page.unrouteAll();
  await page.close();
  return { daysBefore, movedBy: Math.round((after?.y ?? 0) - (before?.y ?? 0)) };
}

const oneWaitsForNothing = journey(async (way) => ({
  inWindow: await oneAt(way, { width: 480, height: 760 }),
  onPhone: await oneAt(way, { width: 360, height: 740 }),
}));

const endLoadsNoMore = journey(async (way) => {
  await way.script({ state: paying('processing', { cancelable: false }) });
  const page = await way.context.newPage();
  const files = filesOf(page);
  await page.goto(payUrl(way));
  await statusIs(page, 'processing');
  return { later: files.filter((file) => /many|table/.test(file)) };
});

/** Before sign-in, in the dark, on a phone: what another device's camera would see of the page. */
const bankTransfer = journey(
  async (way) => {
    await way.script({ state: signedOut(), answers: { 'bank-transfer': { body: transfers() } } });
    const page = await way.context.newPage();
    const files = filesOf(page);
    await page.goto(payUrl(way));
    await statusIs(page, 'sign-in');
    const early = files.filter((file) => /bank-transfer|qr-code/.test(file));
    await page.locator('#bank-transfer summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('qpay-qr-code svg').waitFor();
    const png = (await page.screenshot({ fullPage: true })).toString('base64');
    const copied: Record<string, string> = {};
    for (const field of ['name', 'iban', 'amount', 'reference']) {
      await page.locator(`[data-copy=${field}]`).press('Enter');
      await page.locator(`[data-copy=${field}]`, { hasText: 'Copied' }).waitFor();
      copied[field] = await page.evaluate(() => navigator.clipboard.readText());
    }
    return { early, png, copied };
  },
  {
    ...{ colorScheme: 'dark', viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
    permissions: ['clipboard-read', 'clipboard-write'],
  },
);

const leave = journey(async (way) => {
  const returnUrl = `${way.server.origin('shop')}/invoice`;
  await way.script({ state: { ...review(), returnUrl } });
  const page = await way.context.newPage();
  await page.goto(payUrl(way));
  await page.locator('#cancel').click();
  await page.waitForURL(returnUrl);
  return {};
});

const switchMember = journey(async (way) => {
  const signIn = { reason: 'signed-out' as const, url: `/auth/sign-in?to=${payUrl(way)}` };
  await way.script({
    state: review(),
    answers: { 'sign-out': { state: { ...signedOut(), signIn } } },
  });
  const page = await way.context.newPage();
  await page.goto(payUrl(way));
  await page.locator('#switch-member').click();
  await page.waitForURL(/bank\.localhost/);
  return {};
});

const staleToken = journey(async (way) => {
  const refused = { status: 403, body: { code: 'page-token-invalid' } };
  await way.script({ state: review(), answers: { confirm: refused } });
  const page = await way.context.newPage();
  await page.goto(payUrl(way));
  await page.locator('#confirm').click();
  await page.waitForEvent('load');
  const notice = await page.locator('#notice').textContent();
  await statusIs(page, 'review');
  return { notice };
});

const withoutScript = journey(
  async (way) => {
    const page = await way.context.newPage();
    await page.goto(payUrl(way));
    await page.waitForURL(/\/plain$/);
    return { path: new URL(page.url()).pathname.replace(way.intent, '{intent}') };
  },
  { javaScriptEnabled: false },
);

/** Journeys of the built page: what it loads, what moves on it, and the ways out of it. */
export const builtPageCommands = {
  ...windowCommands,
  manyInTab,
  oneWaitsForNothing,
  endLoadsNoMore,
  bankTransfer,
  leave,
  switchMember,
  staleToken,
  withoutScript,
};
