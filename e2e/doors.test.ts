import { devices } from 'playwright-core';
import { expect } from 'vitest';
import type { Bank } from './support/bank.js';
import { journeys } from './support/journeys.js';
import { PayPage } from './support/pay-page.js';
import type { ShopPage } from './support/shop-page.js';
import type { Visitor } from './support/visitor.js';

const world = journeys();
const { it } = world;

it.concurrent('offers to go on in the tab when the browser blocks the window, and comes back', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  // Nobody has clicked, so Chromium's own blocker refuses the window.
  await visitor.context.addInitScript(() => {
    if (window.top !== window || !location.host.startsWith('shop.')) return;
    if (sessionStorage.getItem('started')) return;
    void customElements.whenDefined('qonto-pay-button').then(() => {
      sessionStorage.setItem('started', 'yes');
      void document.querySelector<HTMLElement & { start(): unknown }>('qonto-pay-button')?.start();
    });
  });
  const shop = await visitor.openInvoice();
  await shop.element.getByRole('link', { name: 'Go on in this tab' }).click();
  expect(visitor.pages).toHaveLength(1);
  await payInTabAndReturn(visitor, shop, world.bank);
  visitor.expectNoProblems();
});

it.concurrent('pays by the plain link while the shop blocks our script', async ({ newVisitor }) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice(undefined, '/?block-script=1');
  await shop.element.getByRole('link', { name: 'Pay with Qonto' }).click();
  await payInTabAndReturn(visitor, shop, world.bank);
  visitor.expectNoProblems();
});

it.concurrent('goes to the pay page in the tab itself on a phone', async ({ newVisitor }) => {
  const visitor = await newVisitor({
    ...devices['Pixel 7'],
    viewport: { width: 360, height: 740 },
  });
  const shop = await visitor.openInvoice();
  await shop.button.tap();
  await payInTabAndReturn(visitor, shop, world.bank);
  visitor.expectNoProblems();
});

it.concurrent('pays without any JavaScript', async ({ newVisitor }) => {
  const visitor = await newVisitor({ javaScriptEnabled: false });
  const shop = await visitor.openInvoice();
  await shop.element.getByRole('link', { name: 'Pay with Qonto' }).click();
  const pay = new PayPage(shop.page);
  await pay.becomes('sign-in');
  await pay.signIn();
  await pay.payeeCheckIs('match');
  await pay.says(shop.invoice.payee);
  await pay.looksAMoment();
  await pay.confirm();
  await pay.becomes('approval_needed');
  const phone = await visitor.openPhone();
  await phone.approve(shop.invoice);
  await pay.becomes('settled');
  await pay.page.locator('#back').click();
  await shop.badgeBecomes('paid');
  visitor.expectNoProblems();
  await world.bank.expectOneTransfer(shop.invoice);
});

it.concurrent('answers a press that came too early without JavaScript with a page, not with raw data', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor({ javaScriptEnabled: false });
  const shop = await visitor.openInvoice();
  const pay = await visitor.openPayPage(shop.invoice.intent);
  await pay.signIn();
  await pay.payeeCheckIs('match');
  await pay.page.reload();
  await pay.confirm();
  await pay.page.waitForLoadState();
  expect(await pay.main.count()).toBe(1);
  await world.bank.expectNoTransfer(shop.invoice);
});

it.concurrent('speaks French from the invoice to the end', async ({ newVisitor }) => {
  const visitor = await newVisitor({ locale: 'fr-FR' });
  const shop = await visitor.openInvoice(undefined, '/?lang=fr');
  await shop.element.getByRole('button', { name: /^Payer .+ avec Qonto$/ }).waitFor();
  const pay = await shop.pressPay();
  await pay.page.getByRole('link', { name: 'Se connecter avec Qonto' }).waitFor();
  await pay.signIn();
  await pay.payeeCheckIs('match');
  await pay.page.getByRole('button', { name: /^Payer .+€$/ }).click();
  await shop.panelSays('Validez sur votre téléphone');
  const phone = await visitor.openPhone();
  await phone.approve(shop.invoice);
  await shop.becomes('settled');
  await shop.buttonSays('Payé');
  visitor.expectNoProblems();
  await world.bank.expectOneTransfer(shop.invoice);
});

/** The pay page stands in the shop's own tab: it stays to the end and leads back. */
async function payInTabAndReturn(visitor: Visitor, shop: ShopPage, bank: Bank): Promise<void> {
  const pay = new PayPage(shop.page);
  await pay.signInAndConfirm();
  await pay.becomes('approval_needed');
  const phone = await visitor.openPhone();
  await phone.approve(shop.invoice);
  await pay.becomes('settled');
  await pay.page.locator('#back').click();
  await pay.page.waitForURL(/\/invoices\//);
  await shop.badgeBecomes('paid');
  await bank.expectOneTransfer(shop.invoice);
}
