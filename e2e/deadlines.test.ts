import { beforeAll, expect } from 'vitest';
import { connectProvider } from './support/as-member.js';
import type { Expected } from './support/bank.js';
import { linesOf, makeBatch } from './support/batch.js';
import { journeys } from './support/journeys.js';

const world = journeys();
const { it } = world;
const PAST_THE_DEADLINE_S = 16 * 60;
const A_DAY_S = 24 * 3600;
/** Longer than the service waits for the answer to a link. */
const TOO_LATE_MS = 25_000;
beforeAll(() => connectProvider(world.addresses, 'alice'));

it('says that time ran out when nobody answers the phone, and pays nothing', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const pay = await shop.pressPay();
  await pay.signInAndConfirm();
  await shop.becomes('approval_needed');
  await world.bank.advanceSeconds(PAST_THE_DEADLINE_S);
  await shop.becomes('expired');
  await shop.panelSays('Time ran out');
  visitor.expectNoProblems();
  await world.bank.expectNoTransfer(shop.invoice);
});

it('pays none of many when nobody answers the phone, and all of them the next time', async ({
  newVisitor,
}) => {
  const batch = await makeBatch(world.addresses, linesOf(5));
  const [first] = batch.rows;
  if (!first) throw new Error('A batch has rows.');
  const visitor = await newVisitor();
  const books = await visitor.openBatch(batch);
  const popup = await books.pressPay();
  await popup.signInAndConfirmAll(5);
  await books.becomes('approval_needed');
  await world.bank.advanceSeconds(PAST_THE_DEADLINE_S);
  await books.becomes('expired');
  await books.panelSays('Time ran out');
  await world.bank.expectNoTransfers(batch.rows);
  const again = await books.pressPay();
  await again.page.locator('#again').click();
  await again.offers('Pay 5 invoices');
  await again.confirm();
  const phone = await visitor.openPhone();
  await phone.approve(first);
  await books.becomes('settled');
  visitor.expectNoProblems();
  await world.bank.expectOneTransferEach(batch.rows);
});

it('asks for a new sign-in before it pays a trusted payee on an old one', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice({ payee: 'trusted' });
  const pay = await visitor.openPayPage(shop.invoice.intent);
  await pay.signIn();
  await pay.payeeCheckIs('match');
  await world.bank.advanceSeconds(PAST_THE_DEADLINE_S);
  await pay.confirm();
  await pay.becomes('sign-in');
  await pay.says('Confirm that it is you');
  await world.bank.expectNoTransfer(shop.invoice);
  await pay.signIn();
  await pay.payeeCheckIs('match');
  await pay.confirm();
  await pay.becomes('settled');
  await world.bank.expectOneTransfer(shop.invoice);
});

it('pays on the due dates: what is canceled before stays unpaid, the rest goes out on its day', async ({
  newVisitor,
}) => {
  const dueDate = await world.bank.dayIn(3);
  const line = { dueDate };
  const batch = await makeBatch(world.addresses, [line, line, line]);
  const visitor = await newVisitor();
  const pay = await visitor.openPayPage(batch.intent);
  await pay.signIn('Adam Dupont');
  await pay.offers('Pay 3 invoices');
  await pay.page.locator('#pay-on').selectOption('date');
  await pay.confirm();
  await pay.says('Choose the date first');
  await pay.becomes('review');
  await pay.page.locator('#pay-on').selectOption('due');
  await pay.says('3 on their date');
  await pay.offers('Pay 3 invoices');
  await pay.confirm();
  const phone = await visitor.openPhone('adam');
  await phone.approve(batch.rows[0] as Expected);
  await pay.becomes('scheduled');
  const books = await visitor.openBatch(batch);
  await books.becomes('scheduled');
  await pay.table.withdrawButton(1).click();
  await pay.page.locator('#withdraw-yes').click();
  await pay.table.row(1).getByText('Canceled').waitFor();
  await books.panelSays('Rows 1 and 3 are scheduled.');
  await world.bank.advanceSeconds(3 * A_DAY_S);
  await Promise.all([pay, books].map((page) => page.becomes('partially_settled')));
  visitor.expectNoProblems();
  await world.bank.expectOneTransferEach(batch.rows.filter((_, row) => row !== 1));
  await world.bank.expectNoTransfers(batch.rows.slice(1, 2));
});

it('shares one link when the bank has made it, but answered too late', async ({ newVisitor }) => {
  const visitor = await newVisitor();
  const shop = await visitor.openReceivable();
  const popup = await shop.pressPay();
  await popup.signIn();
  await world.bank.answerLinkLate(TOO_LATE_MS);
  await popup.createLink();
  const { number, amountCents } = shop;
  await world.bank.links.holds(1, number);
  await shop.panelSays('The link is being made');
  await popup.becomes('unknown', TOO_LATE_MS);
  expect(await shop.link.count()).toBe(0);
  await popup.becomes('open');
  visitor.expectNoProblems();
  const made = { url: await shop.sharedUrl(), amountCents, status: 'open' };
  await world.bank.links.expectLinks([made], number);
  await popup.closesItself();
});

it('says that a link has expired, and makes a new one', async ({ newVisitor }) => {
  await world.bank.letLinksLive(1);
  const visitor = await newVisitor();
  const shop = await visitor.openReceivable();
  const popup = await shop.pressPay();
  await popup.signIn();
  await popup.createLink();
  const first = await shop.sharedUrl();
  await popup.closesItself();
  const pay = await visitor.openPayPage(shop.intent);
  await pay.becomes('open');
  await world.bank.advanceSeconds(A_DAY_S);
  await Promise.all([shop, pay].map((page) => page.becomes('expired')));
  await shop.badgeBecomes('unpaid');
  const client = await newVisitor();
  const checkout = await client.openCheckout(first);
  await checkout.says('This link has expired.');
  await world.bank.letLinksLive(365);
  await pay.page.locator('#again').click();
  await pay.createLink();
  await pay.becomes('open');
  await shop.page.reload();
  const second = await shop.sharedUrl();
  visitor.expectNoProblems();
  const { number, amountCents } = shop;
  await world.bank.links.expectLinks(
    [
      { url: first, amountCents, status: 'expired' },
      { url: second, amountCents, status: 'open' },
    ],
    number,
  );
});
