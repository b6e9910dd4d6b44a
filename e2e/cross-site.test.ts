import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { Bank } from './support/bank.js';
import { launchBrowser, launchOptions } from './support/browser.js';
import { HostileSite } from './support/hostile-site.js';
import { sharedStack } from './support/shared-stack.js';
import { Visitor } from './support/visitor.js';

const addresses = await sharedStack();
const bank = new Bank(addresses.sandbox);
let context: BrowserContext;
let phones: Browser;

beforeAll(async () => {
  const profile = mkdtempSync(path.join(tmpdir(), 'qonto-pay-profile-'));
  mkdirSync(path.join(profile, 'Default'));
  const preferences = { profile: { cookie_controls_mode: 1, block_third_party_cookies: true } };
  writeFileSync(path.join(profile, 'Default/Preferences'), JSON.stringify(preferences));
  context = await chromium.launchPersistentContext(profile, {
    ...launchOptions(),
    locale: 'en-GB',
  });
  phones = await launchBrowser();
  return async () => {
    await phones.close();
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
});
beforeEach(() => bank.startCounting());

it('runs in a browser that blocks third-party cookies', async () => {
  const cookies = await startCookieSite();
  const site = await HostileSite.start();
  const page = await context.newPage();
  await page.goto(site.at('shop.localhost'));
  const seen = await page.evaluate(async (url) => {
    await fetch(url, { credentials: 'include' });
    return (await fetch(url, { credentials: 'include' })).text();
  }, cookies.url);
  await Promise.all([page.close(), site.stop(), cookies.stop()]);
  expect(seen).toBe('none');
});

it('pays with the shop and the payment service on two sites', async () => {
  const visitor = new Visitor(phones, context, addresses);
  const shop = await visitor.openInvoice();
  const pay = await shop.pressPay();
  await pay.signInAndConfirm();
  await shop.becomes('approval_needed');
  await pay.closesItself();
  const phone = await visitor.openPhone();
  await phone.approve(shop.invoice);
  await shop.becomes('settled');
  await shop.buttonSays('Paid');
  await shop.badgeBecomes('paid');
  visitor.expectNoProblems();
  await bank.expectOneTransfer(shop.invoice);
});

/** Sets the most permissive cookie there is, and tells which cookie it got. */
async function startCookieSite(): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('Set-Cookie', 'third=party; Path=/; SameSite=None; Secure');
    response.end(request.headers.cookie ?? 'none');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://third.localhost:${(server.address() as AddressInfo).port}/`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
