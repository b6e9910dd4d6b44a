import { expect } from 'vitest';
import type { Expected } from './support/bank.js';
import { type Batch, groupedAmount, linesOf, makeBatch } from './support/batch.js';
import { journeys } from './support/journeys.js';
import type { PayPage } from './support/pay-page.js';
import type { Visitor } from './support/visitor.js';

const world = journeys();
const { it } = world;

it.concurrent('lets an employee prepare and ask, and the owner approve on the same page', async ({
  newVisitor,
}) => {
  const batch = await makeBatch(world.addresses, linesOf(4));
  const emma = await newVisitor();
  const asked = await ask(emma, batch, 'For this month’s flyers');
  const books = await emma.openBatch(batch);
  await books.becomes('requested');
  await books.panelSays('Waiting for a colleague');
  const alice = await newVisitor();
  const approval = await openAsReviewer(alice, batch);
  await approval.says(`€${groupedAmount(batch.rows)}`);
  await approval.page.locator('#approve').click();
  await approval.becomes('approval_needed');
  const phone = await alice.openPhone();
  const [first] = batch.rows as [Expected];
  await phone
    .card(first)
    .getByText(`${groupedAmount(batch.rows)} EUR`)
    .waitFor();
  await phone.approve(first);
  await Promise.all([asked, approval, books].map((page) => page.becomes('settled')));
  await books.panelSays('4 of 4 paid');
  emma.expectNoProblems();
  alice.expectNoProblems();
  expect(await world.bank.approvalsOf(first)).toMatchObject([{ member: 'alice', count: 4 }]);
  await world.bank.expectOneTransferEach(batch.rows);
});

it.concurrent('tells both people and the partner’s page that the owner declined, and pays nothing', async ({
  newVisitor,
}) => {
  const batch = await makeBatch(world.addresses, linesOf(2));
  const emma = await newVisitor();
  const asked = await ask(emma, batch);
  const books = await emma.openBatch(batch);
  await books.becomes('requested');
  const alice = await newVisitor();
  const approval = await openAsReviewer(alice, batch);
  await approval.page.locator('#decline').click();
  await approval.page.locator('#decline-note').fill('Already paid by card');
  await approval.page.locator('#decline-yes').click();
  await Promise.all([asked, approval, books].map((page) => page.becomes('denied')));
  await asked.says('Your colleague declined');
  emma.expectNoProblems();
  alice.expectNoProblems();
  expect(await world.bank.approvalsOf(batch.rows[0] as Expected)).toEqual([]);
  await world.bank.expectNoTransfers(batch.rows);
});

/** An employee may not pay: she allows the question at the bank and asks it here. */
async function ask(emma: Visitor, batch: Batch, note = ''): Promise<PayPage> {
  const pay = await emma.openPayPage(batch.intent);
  await pay.signIn('Emma Schmidt');
  await pay.says('Prepare and ask a colleague');
  await pay.allow('#ask-consent', { leadsTo: '#note', member: 'Emma Schmidt' });
  await pay.page.locator('#note').fill(note);
  await pay.page.locator('#ask').click();
  await pay.becomes('requested');
  return pay;
}

async function openAsReviewer(owner: Visitor, batch: Batch): Promise<PayPage> {
  const pay = await owner.openPayPage(batch.intent);
  await pay.signIn();
  await pay.says('A colleague asks you to approve');
  await pay.allow('#review-consent', { leadsTo: '#approve' });
  return pay;
}
