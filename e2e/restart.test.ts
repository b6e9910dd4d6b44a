import { afterAll, beforeAll, expect } from 'vitest';
import { journeys } from './support/journeys.js';
import { Stack } from './support/stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start();
});
afterAll(() => stack.stop());
const world = journeys(() => stack.addresses);
const { it } = world;

it('settles, seen live, when the service was killed while the phone was asked', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const pay = await shop.pressPay();
  await pay.signInAndConfirm();
  await pay.closesItself();
  await shop.becomes('approval_needed');
  const phone = await visitor.openPhone();
  await stack.killBff();
  await phone.approve(shop.invoice);
  await stack.startBff();
  await shop.becomes('settled');
  expect(await world.bank.approvalsOf(shop.invoice)).toHaveLength(1);
  await world.bank.expectOneTransfer(shop.invoice);
});

it('still waits for the phone after a restart, and then settles', async ({ newVisitor }) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const pay = await visitor.openPayPage(shop.invoice.intent);
  await pay.signInAndConfirm();
  await pay.becomes('approval_needed');
  await stack.killBff();
  await stack.startBff();
  await shop.page.reload();
  await shop.becomes('approval_needed');
  await pay.becomes('approval_needed');
  await world.bank.expectNoTransfer(shop.invoice);
  const phone = await visitor.openPhone();
  await phone.approve(shop.invoice);
  await Promise.all([shop.becomes('settled'), pay.becomes('settled')]);
  await world.bank.expectOneTransfer(shop.invoice);
});
