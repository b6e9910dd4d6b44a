import type { Page } from 'playwright-core';
import { connectProvider } from './as-member.js';
import type { Tour } from './guide.js';
import type { Visitor } from './visitor.js';

/** An owner who may collect, and whom no other tour needs. */
const MEMBER = 'Zoé Laurent';

/** What seldom happens to who collects: seen in pictures, beside what the journeys meet. */
export async function collectTroublesTour({ visitor, look }: Tour): Promise<void> {
  const zoe = await visitor.another();
  await connectProvider(zoe.addresses, 'zoe');
  const intent = await share(zoe, look);
  await beside(zoe, intent, look);
  await silence(zoe, look);
  await blockedWindow(zoe, look);
  await withdrawn(zoe, look);
  await stranger(zoe, look);
  await zoe.leave();
}

type Look = Tour['look'];

/** The link is made; then each way to share it, also where the browser allows none. */
async function share(zoe: Visitor, look: Look): Promise<string> {
  const shop = await zoe.openReceivable('invoice');
  const pay = await zoe.openPayPage(shop.intent);
  await pay.page.locator('#sign-in').click();
  await pay.signInAtBank(MEMBER, 'ACME SAS');
  await pay.createLink();
  await pay.becomes('open');
  await look('collect-print-qr', await print(zoe, shop.intent));
  await shop.page.addInitScript(() => {
    navigator.canShare = () => true;
  });
  await shop.page.reload();
  await shop.link.waitFor();
  await shop.copy();
  await look('collect-share-copied', shop.page);
  await shop.page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
  });
  await shop.element.getByRole('button', { name: 'Copy link' }).click();
  await shop.panelSays('The link is selected');
  await look('collect-share-selected', shop.page);
  await shop.page.keyboard.press('Tab');
  await look('collect-share-focus', shop.page);
  await shop.page.close();
  await pay.page.close();
  return shop.intent;
}

async function print(zoe: Visitor, intent: string): Promise<Page> {
  const page = await zoe.context.newPage();
  await page.goto(`${zoe.addresses.bff}/pay/${intent}/print`);
  await page.emulateMedia({ media: 'print' });
  return page;
}

/** The button in a narrow column of somebody's page, and its panel beside other content. */
async function beside(zoe: Visitor, intent: string, look: Look): Promise<void> {
  const { shop, bff } = zoe.addresses;
  const url = `${shop}/beside`;
  await zoe.context.grantPermissions(['local-network-access']);
  await zoe.context.route(url, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>Beside</title>
<script type="module" src="${bff}/widget/v1/qonto-pay-button.js"></script>
<body style="display:grid;grid-template-columns:minmax(0,1fr) 15rem;gap:8px;font:italic 14px Georgia;text-align:center">
<p>A partner’s own text stands here and goes on for some lines, as on any page of an invoice.</p>
<div><qonto-pay-button mode="collect" intent="${intent}"></qonto-pay-button>
<p>What follows the button.</p></div></body></html>`,
    }),
  );
  const page = await zoe.context.newPage();
  await page.goto(url);
  await page.locator('qonto-pay-button [part=link]').waitFor();
  await look('collect-beside', page);
  await page.close();
}

/** The service has not answered yet, does not answer, or knows of no such invoice. */
async function silence(zoe: Visitor, look: Look): Promise<void> {
  const shop = await zoe.openReceivable('invoice');
  const { page } = shop;
  let isSilent = true;
  await page.route('**/v1/intents/**', (route) =>
    isSilent ? undefined : route.fulfill({ status: 404, json: {} }),
  );
  await page.reload();
  await shop.button.waitFor();
  await look('collect-loading', page);
  await shop.element.evaluate((element) => element.setAttribute('presentation', 'popup'));
  const popup = await shop.pressPay();
  await shop.panelSays('Go on in the payment window');
  await look('collect-connecting', page);
  isSilent = false;
  await page.locator('qonto-pay-button[status=error]').waitFor();
  await look('collect-error', page);
  await popup.page.close();
  await page.unrouteAll();
  await page.close();
}

async function blockedWindow(zoe: Visitor, look: Look): Promise<void> {
  const shop = await zoe.openReceivable('invoice');
  const { page } = shop;
  await shop.element.evaluate((element) => element.setAttribute('presentation', 'popup'));
  await page.evaluate(() => {
    window.open = () => null;
  });
  await shop.button.click();
  await shop.element.getByRole('link', { name: 'Go on in this tab' }).waitFor();
  await look('collect-blocked', page);
  await page.close();
}

async function withdrawn(zoe: Visitor, look: Look): Promise<void> {
  const shop = await zoe.openReceivable('invoice');
  const { bffFromNode, partnerSecret } = zoe.addresses;
  await fetch(`${bffFromNode}/partner/v1/intents/${shop.intent}`, {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${partnerSecret}` },
  });
  // With a page that is loaded anew the shop would ask for another intent.
  await shop.element.evaluate((element) =>
    (element as HTMLElement & { refresh: () => Promise<void> }).refresh(),
  );
  await shop.element.locator('[part=button][aria-expanded]').click();
  await look('collect-share-withdrawn', shop.page);
  const pay = await zoe.openPayPage(shop.intent);
  await pay.becomes('withdrawn');
  await look('collect-withdrawn', pay.page);
  await look('plain-collect-withdrawn', (await zoe.openPlainPage(shop.intent)).page);
}

/** The client, or who has not signed in yet: the bank transfer, with script and without. */
async function stranger(zoe: Visitor, look: Look): Promise<void> {
  const other = await zoe.another();
  const shop = await other.openReceivable('invoice');
  const pay = await other.openPayPage(shop.intent);
  const transfer = await pay.openBankTransfer();
  await transfer.locator('svg').waitFor();
  await transfer.locator('[data-copy=iban]').click();
  await look('collect-bank-transfer', pay.page);
  const plain = await other.context.newPage();
  await plain.goto(`${other.addresses.bff}/pay/${shop.intent}/plain?transfer=0`);
  await look('plain-collect-bank-transfer', plain);
  await other.leave();
}
