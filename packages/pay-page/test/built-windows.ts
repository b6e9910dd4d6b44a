import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright';
import { type Journey, journey, payUrl, statusIs } from './built-journey.js';
import { collect, linked } from './collect-states.js';
import { paying, review, signedOut } from './states.js';

/** Clicks on the partner's page, which opens the pay page in a window. */
async function openFromShop(way: Journey, url: string): Promise<Page> {
  const shop = await way.context.newPage();
  await shop.goto(`${way.server.origin('shop')}/shop?to=${encodeURIComponent(url)}`);
  const opened = way.context.waitForEvent('page');
  await shop.getByRole('button').click();
  return opened;
}

const closes = (page: Page): Promise<Page> => page.waitForEvent('close', { timeout: 20_000 });

/** A press that closes the window may not live to see its own end. */
async function closesBy(page: Page, button: string): Promise<void> {
  const press = page.locator(button).click();
  await Promise.all([closes(page), press.catch(() => undefined)]);
}

async function signIn(page: Page): Promise<void> {
  await page.locator('#sign-in').click();
  await page.locator('#allow').click();
  await statusIs(page, 'review');
}

async function signInAndConfirm(page: Page): Promise<void> {
  await signIn(page);
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
  await signIn(page);
  const lang = await page.locator('html').getAttribute('lang');
  const confirm = page.locator('#confirm:not([aria-disabled])');
  await confirm.waitFor();
  const pressedAt = Date.now();
  // All are waited for from the start: the window is gone when it closes.
  await Promise.all([closes(page), statusIs(page, 'approval_needed'), confirm.click()]);
  return { lang, closedAfterMs: Date.now() - pressedAt };
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
  await closesBy(page, '#back');
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
  const opens = way.script({ state: linked('open') });
  await Promise.all([closes(page), statusIs(page, 'open'), opens]);
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
  await closesBy(page, '#close');
  return { sentence };
});

/** When the page closes its window by itself, and when it never does. */
export const windowCommands = {
  payInOwnWindow,
  resultInOwnWindow,
  payInTab,
  collectInOwnWindow,
  linkInTab,
  openThroughFlow,
  failedFlow,
};
