import { groupedAmount, linesOf, makeBatch } from './support/batch.js';
import { journeys } from './support/journeys.js';
import { enter, hasFocus, tabTo } from './support/keyboard.js';
import { PayPage } from './support/pay-page.js';

const world = journeys();
const { it } = world;

it.concurrent('pays exactly the chosen ones of 40, found by search, after a check of just these', async ({
  newVisitor,
}) => {
  const batch = await makeBatch(world.addresses, linesOf(40));
  const [left, chosen] = [batch.rows.slice(0, 2), batch.rows.slice(2)];
  const visitor = await newVisitor();
  const pay = await visitor.openPayPage(batch.intent);
  await pay.signIn();
  await pay.offers(`Pay 40 invoices · €${groupedAmount(batch.rows)}`);
  await pay.table.search(batch.rows[0]?.number.toLowerCase() ?? '');
  await pay.table.box(0).uncheck();
  await pay.table.search(batch.rows[1]?.iban ?? '');
  await pay.table.box(1).uncheck();
  await pay.says(`38 of 40 selected, €${groupedAmount(chosen)}`);
  await pay.page.getByRole('button', { name: 'Check 38 payees' }).click();
  await pay.offers(`Pay 38 invoices · €${groupedAmount(chosen)}`);
  await pay.confirm();
  const phone = await visitor.openPhone();
  await phone
    .card(chosen[0] as (typeof chosen)[0])
    .getByText(`${groupedAmount(chosen)} EUR`)
    .waitFor();
  await phone.approve(chosen[0] as (typeof chosen)[0]);
  await pay.becomes('settled');
  await pay.page.getByRole('button', { name: 'Pay the 2 others' }).waitFor();
  const books = await visitor.openBatch(batch);
  await books.buttonSays('Pay the remaining 2');
  visitor.expectNoProblems();
  await world.bank.expectOneTransferEach(chosen);
  await world.bank.expectNoTransfers(left);
});

it.concurrent('sorts by what a column holds, and back to how the invoices were given', async ({
  newVisitor,
  expect,
}) => {
  const others = { 0: { amount: '900.00' }, 1: { amount: '8.00' }, 2: { amount: '90.00' } };
  const batch = await makeBatch(world.addresses, linesOf(3, others));
  const visitor = await newVisitor({ viewport: { width: 1280, height: 900 } });
  const pay = await visitor.openPayPage(batch.intent);
  await pay.signIn('Adam Dupont');
  await pay.offers('Pay 3 invoices');
  const order = () =>
    pay.table.element
      .locator('.row')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.row).join());
  const amount = pay.table.element.locator('[data-sort=amount]');
  for (const rows of ['1,2,0', '0,2,1', '0,1,2']) {
    await amount.click();
    await expect.poll(order).toBe(rows);
  }
  await world.bank.expectNoTransfers(batch.rows);
});

it.concurrent('pays with the keyboard alone, one invoice left out and one decided on', async ({
  newVisitor,
}) => {
  const others = { 4: { payee: await world.bank.payee('close-match') } };
  const batch = await makeBatch(world.addresses, linesOf(5, others));
  const chosen = batch.rows.slice(1);
  const visitor = await newVisitor({ viewport: { width: 1280, height: 900 } });
  const books = await visitor.openBatch(batch);
  const popup = books.page.waitForEvent('popup');
  await tabTo(books.page, books.button);
  await books.page.keyboard.press('Enter');
  const pay = new PayPage(await popup);
  const { page } = pay;
  const press = (key: string): Promise<void> => page.keyboard.press(key);
  await enter(page, page.locator('#sign-in'));
  await enter(page, page.getByRole('button', { name: 'Adam Dupont', exact: true }));
  await enter(page, page.getByRole('button', { name: 'Allow', exact: true }));
  await pay.offers('Pay 5 invoices');

  await tabTo(page, pay.table.element.locator('[data-fold=attention]'));
  await press('ArrowDown');
  await hasFocus(pay.table.box(4));
  await pay.says('Almost matches, selected. Row 1 of 5.');
  await press('ArrowDown');
  await press('ArrowDown');
  await hasFocus(pay.table.element.locator('[data-fold=matched]'));
  await press('ArrowDown');
  await hasFocus(pay.table.box(0));
  await press('Space');
  await pay.says('4 of 5 selected');
  await enter(page, page.locator('#check:not([aria-disabled])'));
  await pay.offers('Pay 4 invoices');
  await enter(page, pay.confirmButton);
  await pay.says('One decision is missing');
  await hasFocus(pay.table.decision(4));
  await press('Space');
  await enter(page, pay.confirmButton);
  await books.becomes('approval_needed');
  const phone = await visitor.openPhone('adam');
  const card = phone.card(batch.rows[1] as (typeof chosen)[0]);
  await enter(phone.page, card.getByRole('button', { name: 'Approve', exact: true }));
  await books.becomes('partially_settled');
  visitor.expectNoProblems();
  await world.bank.expectOneTransferEach(chosen);
  await world.bank.expectNoTransfers(batch.rows.slice(0, 1));
});
