import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Expected } from './support/bank.js';
import { type Batch, groupedAmount, linesOf, makeBatch } from './support/batch.js';
import { journeys } from './support/journeys.js';
import { PayPage } from './support/pay-page.js';

const world = journeys();
const { it } = world;
const SLOW = { amount: '666.31' };
/** Above what the bank lets one person pay, once its switch is set. */
const LARGE = { amount: '1500.00' };
const UNTIL_SLOW_IS_SETTLED_S = 130;

it.concurrent('ends with a part paid, and a retry pays exactly the 3 that failed', async ({
  newVisitor,
}) => {
  const others = { 2: LARGE, 5: { amount: '1234.56' }, 8: LARGE };
  const batch = await makeBatch(world.addresses, linesOf(12, others));
  const failed = rowsAt(batch, [2, 5, 8]);
  const visitor = await newVisitor();
  await world.bank.wantSecondPerson(true);
  const pay = await visitor.openPayPage(batch.intent);
  await pay.signInAndConfirmAll(12);
  await pay.becomes('approval_needed');
  const books = await visitor.openBatch(batch);
  const phone = await visitor.openPhone();
  await phone.approve(first(batch));
  await Promise.all([pay, books].map((page) => page.becomes('partially_settled')));
  await world.bank.wantSecondPerson(false);
  await books.panelSays('9 of 12 paid');
  await books.panelSays('Rows 3, 6 and 9 were not paid.');
  await pay.table.hasGroup('3 not paid');
  for (const row of [2, 5, 8])
    await pay.table.details(row).getByText('somebody else’s approval').waitFor();
  await world.bank.expectNoTransfers(failed);

  await books.element.getByRole('button', { name: 'Retry the 3 that failed' }).click();
  const again = new PayPage(await visitor.context.waitForEvent('page'));
  await again.page.locator('#again').click();
  await again.offers(`Pay 3 invoices · €${groupedAmount(failed)}`);
  await again.table.hasGroup('9 not to be paid now');
  expect(await again.table.element.locator('[data-select]').count()).toBe(3);
  await again.confirm();
  await phone.approve(failed[0] as Expected);
  await books.becomes('settled');
  await books.panelSays('12 of 12 paid');
  await pay.page.reload();
  await pay.becomes('settled');
  visitor.expectNoProblems();
  await world.bank.expectOneTransferEach(batch.rows);
  expect(await world.bank.approvalsOf(failed[0] as Expected)).toMatchObject([
    { count: 12, result: 'allow' },
    { count: 3, result: 'allow' },
  ]);
});

it.concurrent('pays nothing of what is refused on the phone, and all of it the next time', async ({
  newVisitor,
}) => {
  const batch = await makeBatch(world.addresses, linesOf(5));
  const visitor = await newVisitor();
  const pay = await visitor.openPayPage(batch.intent);
  await pay.signInAndConfirmAll(5, 'Adam Dupont');
  await pay.becomes('approval_needed');
  const books = await visitor.openBatch(batch);
  const phone = await visitor.openPhone('adam');
  await phone.refuse(first(batch));
  await Promise.all([pay, books].map((page) => page.becomes('denied')));
  await books.panelSays('Refused on the phone');
  await world.bank.expectNoTransfers(batch.rows);
  const again = await books.pressPay();
  await again.page.locator('#again').click();
  await again.offers('Pay 5 invoices');
  await again.confirm();
  await phone.approve(first(batch));
  await books.becomes('settled');
  visitor.expectNoProblems();
  await world.bank.expectOneTransferEach(batch.rows);
});

it.concurrent('goes on live after a reload of both pages, and in a second tab, while results come in', async ({
  newVisitor,
}) => {
  const batch = await makeBatch(world.addresses, linesOf(12, { 6: SLOW }));
  const visitor = await newVisitor();
  const pay = await visitor.openPayPage(batch.intent);
  await pay.signInAndConfirmAll(12, 'Adam Dupont');
  await pay.becomes('approval_needed');
  const books = await visitor.openBatch(batch);
  const phone = await visitor.openPhone('adam');
  await phone.approve(first(batch));
  await Promise.all([pay, books].map((page) => page.becomes('processing')));
  await Promise.all([pay.page.reload(), books.page.reload()]);
  const [secondPay, secondBooks] = [
    await visitor.openPayPage(batch.intent),
    await visitor.openBatch(batch),
  ];
  for (const page of [pay, secondPay]) {
    await page.becomes('processing');
    await page.says('11 of 12 settled');
  }
  for (const page of [books, secondBooks]) await page.panelSays('11 of 12 paid');
  await world.bank.advanceSeconds(UNTIL_SLOW_IS_SETTLED_S);
  await Promise.all([pay, secondPay, books, secondBooks].map((page) => page.becomes('settled')));
  visitor.expectNoProblems();
  expect(await world.bank.approvalsOf(first(batch))).toHaveLength(1);
  await world.bank.expectOneTransferEach(batch.rows);
});

it.concurrent('pays one invoice after the other once the plan has refused to pay them together', async ({
  newVisitor,
}) => {
  const batch = await makeBatch(world.addresses, linesOf(2));
  const visitor = await newVisitor();
  const pay = await visitor.openPayPage(batch.intent);
  await pay.signInAndConfirmAll(2, 'Nora Petit');
  await pay.becomes('declined');
  await pay.says('Your Qonto plan or role pays one invoice at a time. Nothing was paid.');
  await pay.page.locator('#again').click();
  const phone = await visitor.openPhone('nora');
  for (const [place, row] of batch.rows.entries()) {
    await pay.offers(`Pay 1 invoice · €${amountOf(batch, place)}`);
    await pay.confirm();
    await phone.approve(row);
    await pay.becomes('settled');
    if (place === 0) await pay.page.getByRole('button', { name: 'one that failed' }).click();
  }
  const books = await visitor.openBatch(batch);
  await books.becomes('settled');
  visitor.expectNoProblems();
  await world.bank.expectOneTransferEach(batch.rows);
});

it.concurrent('gives the proofs and a table of the results to who has paid', async ({
  newVisitor,
}) => {
  const batch = await makeBatch(world.addresses, linesOf(3, { 1: { amount: '666.01' } }));
  const visitor = await newVisitor();
  const pay = await visitor.openPayPage(batch.intent);
  await pay.signInAndConfirmAll(3);
  const phone = await visitor.openPhone();
  await phone.approve(first(batch));
  await pay.becomes('partially_settled');
  const proof = await download(pay.page, pay.table.row(0).getByRole('link', { name: 'Proof' }));
  expect(proof.subarray(0, 5).toString()).toBe('%PDF-');
  const proofs = await download(pay.page, pay.page.locator('#proofs'));
  expect(proofs.subarray(0, 2).toString()).toBe('PK');
  expect(proofs.toString('latin1').split('%PDF-')).toHaveLength(3);
  const results = await download(pay.page, pay.page.locator('#results'));
  const lines = results.toString().trim().split('\r\n').slice(1);
  expect(lines.map((line) => line.split(',').slice(1, 5))).toEqual(
    batch.rows.map(({ number, payee, iban }, row) => [number, payee, iban, amountOf(batch, row)]),
  );
  expect(lines.map((line) => line.split(',')[7])).toEqual(['settled', 'declined', 'settled']);
  visitor.expectNoProblems();
  await world.bank.expectOneTransferEach(rowsAt(batch, [0, 2]));
  await world.bank.expectNoTransfers(rowsAt(batch, [1]));
});

function first({ rows }: Batch): Expected {
  const [row] = rows;
  if (!row) throw new Error('A batch has rows.');
  return row;
}

const rowsAt = ({ rows }: Batch, places: number[]): Expected[] =>
  rows.filter((_, place) => places.includes(place));

const amountOf = ({ rows }: Batch, place: number): string =>
  groupedAmount(rows.slice(place, place + 1));

async function download(page: Page, link: Locator): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return readFileSync(await file.path());
}
