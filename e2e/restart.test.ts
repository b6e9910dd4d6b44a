import { afterAll, beforeAll, expect } from 'vitest';
import { connectProvider } from './support/as-member.js';
import { linesOf, makeBatch } from './support/batch.js';
import { journeys } from './support/journeys.js';
import { Stack } from './support/stack.js';

const UNTIL_KILLED_MS = 60_000;
/** What was in flight when the service died is looked for once no answer can come any more. */
const UNTIL_FOUND_MS = 150_000;

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
  // What the dead process was at is free again after its lease, 25 s.
  await shop.becomes('settled', { timeout: 60_000 });
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

it('shares one link when the service was killed while the bank made it', {
  timeout: 200_000,
}, async ({ newVisitor }) => {
  await connectProvider(stack.addresses, 'alice');
  const visitor = await newVisitor();
  const shop = await visitor.openReceivable();
  const popup = await shop.pressPay();
  await popup.signIn();
  await world.bank.answerLinkLate(UNTIL_KILLED_MS);
  await popup.createLink();
  const { number, amountCents } = shop;
  await world.bank.links.holds(1, number);
  await stack.killBff();
  await stack.startBff();
  await popup.becomes('open', UNTIL_FOUND_MS);
  const made = { url: await shop.sharedUrl(), amountCents, status: 'open' };
  await world.bank.links.expectLinks([made], number);
});
