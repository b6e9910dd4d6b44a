import { expect } from 'vitest';
import { journeys } from './support/journeys.js';

const world = journeys();
const { it } = world;

it.concurrent('says that the payment was refused on the phone, and pays nothing', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const pay = await shop.pressPay();
  await pay.signInAndConfirm();
  const phone = await visitor.openPhone();
  await phone.refuse(shop.invoice);
  await shop.becomes('denied');
  await shop.panelSays('Refused on the phone');
  await shop.badgeBecomes('unpaid');
  visitor.expectNoProblems();
  await world.bank.expectNoTransfer(shop.invoice);
});

it.concurrent('pays again after a refusal, in one transfer', async ({ newVisitor }) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const pay = await shop.pressPay();
  await pay.signInAndConfirm();
  const phone = await visitor.openPhone();
  await phone.refuse(shop.invoice);
  await shop.becomes('denied');
  const again = await shop.pressPay();
  await again.page.locator('#again').click();
  await again.payeeCheckIs('match');
  await again.confirm();
  await phone.approve(shop.invoice);
  await shop.becomes('settled');
  visitor.expectNoProblems();
  await world.bank.expectOneTransfer(shop.invoice);
});

it.concurrent('pays a payee whose name nearly matches once the payer has decided so', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice({ payee: 'close-match' });
  const pay = await shop.pressPay();
  await pay.signIn();
  await pay.payeeCheckIs('close_match');
  await pay.says('Jean Dupont');
  await pay.confirm();
  await pay.says('Please decide about the payee first');
  await pay.becomes('review');
  await pay.acceptPayee();
  await pay.confirm();
  const phone = await visitor.openPhone();
  await phone.approve(shop.invoice);
  await shop.becomes('settled');
  visitor.expectNoProblems();
  await world.bank.expectOneTransfer(shop.invoice);
});

it.concurrent('warns when the account belongs to somebody else, and the payer who leaves pays nothing', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice({ payee: 'no-match' });
  const pay = await shop.pressPay();
  await pay.signIn();
  await pay.payeeCheckIs('no_match');
  await pay.says('This may be fraud');
  await pay.page.locator('#cancel').click();
  await pay.closesItself();
  visitor.expectNoProblems();
  expect(await world.bank.approvalsOf(shop.invoice)).toEqual([]);
  await world.bank.expectNoTransfer(shop.invoice);
});

it.concurrent('pays a trusted payee after a fresh sign-in, without the phone', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice({ payee: 'trusted' });
  const pay = await shop.pressPay();
  await pay.signIn();
  await pay.says('your phone will not ask');
  await pay.confirm();
  await shop.becomes('settled');
  visitor.expectNoProblems();
  expect(await world.bank.approvalsOf(shop.invoice)).toEqual([]);
  await world.bank.expectOneTransfer(shop.invoice);
});

it.concurrent("lets a colleague pay after “Not you?”, in the colleague's own name", async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const pay = await visitor.openPayPage(shop.invoice.intent);
  await pay.signIn();
  await pay.payeeCheckIs('match');
  await pay.switchMember('Adam Dupont');
  await pay.says('as Adam Dupont');
  await pay.payeeCheckIs('match');
  await pay.confirm();
  await pay.becomes('approval_needed');
  const phone = await visitor.openPhone('adam');
  await phone.approve(shop.invoice);
  await pay.becomes('settled');
  visitor.expectNoProblems();
  expect(await world.bank.approvalsOf(shop.invoice)).toMatchObject([{ member: 'adam' }]);
  await world.bank.expectOneTransfer(shop.invoice);
});

it.concurrent('tells only the payer that no phone is paired, and pays nothing', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const pay = await shop.pressPay();
  await pay.signInAndConfirm('Noah Bernard');
  await pay.becomes('not_enrolled');
  await pay.says('No phone is paired');
  await shop.becomes('declined');
  visitor.expectNoProblems();
  await world.bank.expectNoTransfer(shop.invoice);
});

it.concurrent('says why the bank declined on the pay page only, and pays nothing', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice({ amount: 'insufficient-funds' });
  const pay = await shop.pressPay();
  await pay.signInAndConfirm();
  const phone = await visitor.openPhone();
  await phone.approve(shop.invoice);
  await shop.becomes('declined');
  await shop.panelSays('The bank declined');
  const [opened] = await Promise.all([
    visitor.context.waitForEvent('page'),
    shop.element.locator('a[part=action]').click(),
  ]);
  await opened.locator('main[data-status="declined"]').waitFor();
  await opened.getByText(/not enough money|holds too little/i).waitFor();
  visitor.expectNoProblems();
  await world.bank.expectNoTransfer(shop.invoice);
});

it.concurrent('cancels on the pay page: an approval that comes later no longer counts', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const popup = await shop.pressPay();
  await popup.signInAndConfirm();
  const pay = await visitor.openPayPage(shop.invoice.intent);
  await pay.becomes('approval_needed');
  await pay.page.locator('#cancel').click();
  await pay.page.getByRole('button', { name: 'Yes, cancel it' }).click();
  await pay.becomes('canceled');
  await shop.becomes('canceled');
  const phone = await visitor.openPhone();
  await phone.approve(shop.invoice);
  await shop.page.reload();
  await shop.becomes('canceled');
  visitor.expectNoProblems();
  await world.bank.expectNoTransfer(shop.invoice);
});
