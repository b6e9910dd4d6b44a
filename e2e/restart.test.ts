import { afterAll, beforeAll, expect } from 'vitest';
import { linesOf, makeBatch } from './support/batch.js';
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

it('settles each of many once when the service was killed while the bank worked on them', async ({
  newVisitor,
}) => {
  const batch = await makeBatch(world.addresses, linesOf(60));
  const [first] = batch.rows;
  if (!first) throw new Error('A batch has rows.');
  const visitor = await newVisitor();
  const books = await visitor.openBatch(batch);
  const popup = await books.pressPay();
  await popup.signInAndConfirmAll(60);
  await popup.closesItself();
  const phone = await visitor.openPhone();
  await phone.approve(first);
  await books.becomes('processing');
  await stack.killBff();
  await stack.startBff();
  await books.becomes('settled');
  await books.panelSays('60 of 60 paid');
  expect(await world.bank.approvalsOf(first)).toHaveLength(1);
  await world.bank.expectOneTransferEach(batch.rows);
});
