import { expect } from 'vitest';
import { journeys } from './support/journeys.js';
import { PayPage } from './support/pay-page.js';
import { ShopPage } from './support/shop-page.js';

const world = journeys();
const { it } = world;

it.concurrent('shows the same live payment after a reload of both pages', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const pay = await visitor.openPayPage(shop.invoice.intent);
  await pay.signIn();
  await pay.payeeCheckIs('match');
  await pay.page.reload();
  await pay.payeeCheckIs('match');
  await pay.confirm();
  await pay.becomes('approval_needed');
  await Promise.all([pay.page.reload(), shop.page.reload()]);
  await pay.becomes('approval_needed');
  await shop.becomes('approval_needed');
  const phone = await visitor.openPhone();
  await phone.approve(shop.invoice);
  await shop.becomes('settled');
  await pay.becomes('settled');
  visitor.expectNoProblems();
  expect(await world.bank.approvalsOf(shop.invoice)).toHaveLength(1);
  await world.bank.expectOneTransfer(shop.invoice);
});

it.concurrent('joins the live payment from a second tab of the invoice and of the pay page', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const pay = await shop.pressPay();
  await pay.signIn();
  await pay.payeeCheckIs('match');
  const secondPay = await visitor.openPayPage(shop.invoice.intent);
  await secondPay.payeeCheckIs('match');
  await pay.confirm();
  await secondPay.becomes('approval_needed');
  const secondTab = await visitor.context.newPage();
  await secondTab.goto(shop.page.url());
  const secondShop = await ShopPage.of(secondTab);
  await secondShop.becomes('approval_needed');
  await secondShop.buttonSays('In progress');
  const phone = await visitor.openPhone();
  await phone.approve(shop.invoice);
  await Promise.all([shop, secondShop, secondPay].map((page) => page.becomes('settled')));
  visitor.expectNoProblems();
  expect(await world.bank.approvalsOf(shop.invoice)).toHaveLength(1);
  await world.bank.expectOneTransfer(shop.invoice);
});

it.concurrent('pays once when two windows confirm at the same moment', async ({ newVisitor }) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const pay = await visitor.openPayPage(shop.invoice.intent);
  await pay.signIn();
  const twin = await visitor.openPayPage(shop.invoice.intent);
  await Promise.all([pay.payeeCheckIs('match'), twin.payeeCheckIs('match')]);
  const ready = [pay, twin].map(({ page }) => page.locator('#confirm:not([aria-disabled])'));
  await Promise.all(ready.map((button) => button.focus()));
  await Promise.all([pay, twin].map(({ page }) => page.keyboard.press('Enter')));
  await Promise.all([pay.becomes('approval_needed'), twin.becomes('approval_needed')]);
  const phone = await visitor.openPhone();
  await phone.approve(shop.invoice);
  await Promise.all([pay.becomes('settled'), twin.becomes('settled')]);
  expect(await world.bank.approvalsOf(shop.invoice)).toHaveLength(1);
  await world.bank.expectOneTransfer(shop.invoice);
});

it.concurrent('opens a second window on the same payment at a second click', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const first = await shop.pressPay();
  await first.becomes('sign-in');
  const second = await shop.pressPay();
  await second.signInAndConfirm();
  await shop.becomes('approval_needed');
  const phone = await visitor.openPhone();
  await phone.approve(shop.invoice);
  await shop.becomes('settled');
  visitor.expectNoProblems();
  await world.bank.expectOneTransfer(shop.invoice);
});

it.concurrent('takes a double click for one', async ({ newVisitor }) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const popup = shop.page.waitForEvent('popup');
  await shop.button.dblclick();
  const pay = new PayPage(await popup);
  await pay.becomes('sign-in');
  expect(visitor.pages).toHaveLength(2);
  await world.bank.expectNoTransfer(shop.invoice);
});

it.concurrent('says that the invoice is paid, wherever it is opened again', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const popup = await shop.pressPay();
  await popup.signInAndConfirm();
  const phone = await visitor.openPhone();
  await phone.approve(shop.invoice);
  await shop.becomes('settled');
  await shop.page.reload();
  await shop.buttonSays('Paid');
  await shop.badgeBecomes('paid');
  const pay = await visitor.openPayPage(shop.invoice.intent);
  await pay.becomes('settled');
  expect(await pay.confirmButton.count()).toBe(0);
  const colleague = await newVisitor();
  const seenByColleague = await colleague.openPayPage(shop.invoice.intent);
  await seenByColleague.signIn('Adam Dupont');
  await seenByColleague.becomes('settled');
  expect(await seenByColleague.page.getByText(shop.invoice.payee).count()).toBe(0);
  visitor.expectNoProblems();
  await world.bank.expectOneTransfer(shop.invoice);
});

it.concurrent('goes on by itself when the network was gone while the phone answered', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const pay = await visitor.openPayPage(shop.invoice.intent);
  await pay.signInAndConfirm();
  await pay.becomes('approval_needed');
  await shop.page.reload();
  await shop.becomes('approval_needed');
  const phone = await visitor.openPhone();
  await visitor.context.setOffline(true);
  await pay.says('No connection');
  await phone.approve(shop.invoice);
  await visitor.context.setOffline(false);
  await pay.becomes('settled');
  await shop.becomes('settled');
  await world.bank.expectOneTransfer(shop.invoice);
});
