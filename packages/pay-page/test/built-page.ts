import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';
import type { BrowserCommand } from 'vitest/node';
import { collect, linked } from './collect-states.js';
import { manyChecked } from './many-states.js';
import { type PayServer, startPayServer } from './pay-server.js';
import type { Script } from './scripted-api.js';
import { paying, review, signedOut, transfers } from './states.js';

/** Journeys of the built page in windows of its own, under the headers that the BFF sends. */

interface Journey {
  server: PayServer;
  context: BrowserContext;
  intent: string;
  script: (script: Script, room?: string) => Promise<void>;
  /** Console errors, CSP reports and answers that are not 2xx or 3xx. */
  complaints: string[];
}

let started: Promise<PayServer> | undefined;

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('response', (response) => {
    const ok = response.status() < 400 || response.url().endsWith('/favicon.ico');
    if (!ok) complaints.push(`${response.status()} ${response.url()}`);
  });
}

function journey<Result>(
  walk: (journey: Journey) => Promise<Result>,
  options: BrowserContextOptions = {},
): BrowserCommand<[]> {
  return async ({ context: ours }: { context: BrowserContext }) => {
    started ??= startPayServer();
    const server = await started;
    const context = await (ours.browser() as Browser).newContext(options);
    const complaints: string[] = [];
    context.on('page', (page) => listen(page, complaints));
    const intent = `in_${randomUUID()}`;
    const script = async (next: Script, room = intent): Promise<void> => {
      const init = { method: 'PUT', body: JSON.stringify(next) };
      await fetch(`${server.origin('pay').replace('pay.', '')}/script/${room}`, init);
    };
    try {
      return { ...(await walk({ server, context, intent, script, complaints })), complaints };
    } finally {
      await context.close();
    }
  };
}

const payUrl = ({ server, intent }: Journey): string => `${server.origin('pay')}/pay/${intent}`;

const statusIs = (page: Page, status: string): Promise<void> =>
  page.locator(`main[data-status="${status}"]`).waitFor({ timeout: 20_000 });

/** Clicks on the partner's page, which opens the pay page in a window. */
async function openFromShop(way: Journey, url: string): Promise<Page> {
  const shop = await way.context.newPage();
  await shop.goto(`${way.server.origin('shop')}/shop?to=${encodeURIComponent(url)}`);
  const opened = way.context.waitForEvent('page');
  await shop.getByRole('button').click();
  return opened;
}

async function signInAndConfirm(page: Page): Promise<void> {
  await page.locator('#sign-in').click();
  await page.locator('#allow').click();
  await statusIs(page, 'review');
  await page.locator('#confirm').click();
}

/** Signed out at first; the bank's page leads back to the review. */
async function scriptJourney(way: Journey, confirmed: unknown): Promise<void> {
  const state = signedOut();
  const to = encodeURIComponent(payUrl(way));
  const signIn = { reason: 'signed-out' as const, url: `/auth/sign-in?to=${to}` };
  await way.script({
    state: { ...state, signIn },
    answers: { confirm: { status: 202, state: confirmed } },
  });
}

const payInOwnWindow = journey(async (way) => {
  await scriptJourney(way, paying('approval_needed'));
  const page = await openFromShop(way, `${payUrl(way)}?lang=fr&window=1`);
  await statusIs(page, 'sign-in');
  await way.script({ state: review() });
  const closed = page.waitForEvent('close', { timeout: 20_000 });
  await signInAndConfirm(page);
  await statusIs(page, 'approval_needed');
  const lang = await page.locator('html').getAttribute('lang');
  const confirmedAt = Date.now();
  await closed;
  return { lang, closedAfterMs: Date.now() - confirmedAt };
});

const resultInOwnWindow = journey(async (way) => {
  await scriptJourney(way, paying('settled'));
  const page = await openFromShop(way, `${payUrl(way)}?window=1`);
  await statusIs(page, 'sign-in');
  await way.script({ state: review() });
  await signInAndConfirm(page);
  await statusIs(page, 'settled');
  await page.waitForTimeout(3_500);
  const stayed = !page.isClosed();
  const closed = page.waitForEvent('close', { timeout: 15_000 });
  await page.locator('#back').click();
  await closed;
  return { stayed };
});

const collectInOwnWindow = journey(async (way) => {
  await way.script({
    state: collect(),
    answers: { link: { status: 202, state: linked('making') } },
  });
  const page = await openFromShop(way, `${payUrl(way)}?window=1`);
  await statusIs(page, 'review');
  await page.locator('#create-link:not([aria-disabled])').click();
  await statusIs(page, 'making');
  await page.waitForTimeout(3_500);
  const stayed = !page.isClosed();
  const closed = page.waitForEvent('close', { timeout: 15_000 });
  await way.script({ state: linked('open') });
  await statusIs(page, 'open');
  await closed;
  return { stayed };
});

/** The code is drawn under the policy of the page, too. */
const linkInTab = journey(async (way) => {
  await way.script({ state: linked('open') });
  const page = await way.context.newPage();
  await page.goto(payUrl(way));
  await statusIs(page, 'open');
  await page.locator('#link-qr summary').click();
  await page.locator('qpay-qr-code svg').waitFor();
  await page.waitForTimeout(3_500);
  return { stayed: !page.isClosed() };
});

const payInTab = journey(async (way) => {
  await scriptJourney(way, paying('approval_needed'));
  const page = await way.context.newPage();
  await page.goto(payUrl(way));
  await statusIs(page, 'sign-in');
  await way.script({ state: review() });
  await signInAndConfirm(page);
  await statusIs(page, 'approval_needed');
  await page.waitForTimeout(3_500);
  return { stayed: !page.isClosed() };
});

const manyInTab = journey(async (way) => {
  await way.script({ state: manyChecked(400) });
  const page = await way.context.newPage();
  const files: string[] = [];
  page.on('response', (response) => files.push(new URL(response.url()).pathname));
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
  const files: string[] = [];
  page.on('response', (response) => files.push(new URL(response.url()).pathname));
  await page.goto(payUrl(way));
  await statusIs(page, 'processing');
  return { later: files.filter((file) => /many|table/.test(file)) };
});

/** Before sign-in, in the dark, on a phone: what another device's camera would see of the page. */
const bankTransfer = journey(
  async (way) => {
    await way.script({ state: signedOut(), answers: { 'bank-transfer': { body: transfers() } } });
    const page = await way.context.newPage();
    const files: string[] = [];
    page.on('response', (response) => files.push(new URL(response.url()).pathname));
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

const openThroughFlow = journey(async (way) => {
  const flow = randomUUID();
  await way.script({ answers: { read: { body: { state: 'waiting', url: null } } } }, flow);
  await way.script({ state: review() });
  const opening = `${way.server.origin('pay')}/pay/opening?flow=${flow}&lang=en&window=1`;
  const page = await openFromShop(way, opening);
  await page.locator('h1', { hasText: 'Opening…' }).waitFor();
  const ready = { state: 'ready', url: `/pay/${way.intent}?window=1` };
  await way.script({ answers: { read: { body: ready } } }, flow);
  await statusIs(page, 'review');
  return { entries: await page.evaluate(() => history.length) };
});

const failedFlow = journey(async (way) => {
  const flow = randomUUID();
  await way.script({ answers: { read: { body: { state: 'failed', url: null } } } }, flow);
  const page = await openFromShop(way, `${way.server.origin('pay')}/pay/opening?flow=${flow}`);
  await page.locator('#close').waitFor();
  const sentence = await page.locator('#sentence').textContent();
  const closed = page.waitForEvent('close', { timeout: 15_000 });
  await page.locator('#close').click();
  await closed;
  return { sentence };
});

export const builtPageCommands = {
  payInOwnWindow,
  resultInOwnWindow,
  payInTab,
  collectInOwnWindow,
  linkInTab,
  manyInTab,
  oneWaitsForNothing,
  endLoadsNoMore,
  bankTransfer,
  leave,
  switchMember,
  staleToken,
  withoutScript,
  openThroughFlow,
  failedFlow,
};
