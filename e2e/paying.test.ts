import { expect } from 'vitest';
import { journeys } from './support/journeys.js';

const world = journeys();
const { it } = world;

it('pays the invoice by sign-in, review, phone and settlement, seen on the page it began on', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openInvoice();
  const pay = await shop.pressPay();
  await shop.becomes('connecting');
  await pay.signIn();
  await pay.payeeCheckIs('match');
  await pay.says(shop.invoice.payee);
  await pay.confirm();
  await shop.becomes('approval_needed');
  await shop.panelSays('Approve on your phone');
  await pay.closesItself();
  const phone = await visitor.openPhone();
  await phone.approve(shop.invoice);
  await shop.becomes('settled');
  await shop.buttonSays('Paid');
  await shop.badgeBecomes('paid');
  await shop.expectEvents([
    'qonto-pay-update',
    'qonto-pay-start',
    'qonto-pay-accepted',
    'qonto-pay-complete',
  ]);
  visitor.expectNoProblems();
  await world.bank.expectOneTransfer(shop.invoice);
  expect(await world.bank.approvalsOf(shop.invoice)).toMatchObject([
    { member: 'alice', result: 'allow' },
  ]);
});
