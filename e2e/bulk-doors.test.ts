import { devices } from 'playwright-core';
import { expect } from 'vitest';
import { journeys } from './support/journeys.js';
import { PayPage } from './support/pay-page.js';

const world = journeys();
const { it } = world;
/** Rows of the demo's invoices, others in each test: a payee who has been paid is known to the bank. */
const ON_PHONE = { rows: [0, 6, 7], toDecide: 1, first: { number: 'F-1001' } };
const PLAIN = { rows: [8, 9, 11], toDecide: 0, first: { number: 'F-1009' } };

it.concurrent('pays many in cards on a phone, in the tab itself, and comes back', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor({
    ...devices['Pixel 7'],
    viewport: { width: 360, height: 740 },
  });
  const payables = await visitor.openPayables();
  await payables.tickOnly(ON_PHONE.rows);
  await payables.button.tap();
  const pay = new PayPage(payables.page);
  await pay.signIn();
  await pay.offers('Pay 3 invoices');
  const [payee, amount] = await Promise.all(
    ['.payee', '.amount'].map((part) =>
      pay.table.row(ON_PHONE.toDecide).locator(part).boundingBox(),
    ),
  );
  expect(amount?.y).toBeGreaterThan(payee?.y ?? Number.POSITIVE_INFINITY);
  expect(await pay.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await pay.table.decide(ON_PHONE.toDecide);
  await pay.confirmButton.tap();
  await pay.becomes('approval_needed');
  const { intent } = pay;
  const phone = await visitor.openPhone();
  await phone.approve(ON_PHONE.first);
  await pay.becomes('settled');
  await pay.page.locator('#back').click();
  for (const row of ON_PHONE.rows) await payables.rowBecomes(row, 'paid');
  visitor.expectNoProblems();
  await world.bank.expectOneTransferEach(await payables.expected(intent, ON_PHONE.rows));
});

it.concurrent('pays many by plain forms where there is no JavaScript', async ({ newVisitor }) => {
  const visitor = await newVisitor({ javaScriptEnabled: false });
  const payables = await visitor.openPayables();
  await payables.tickOnly(PLAIN.rows);
  await payables.element.getByRole('button', { name: 'Pay with Qonto' }).click();
  const pay = new PayPage(payables.page);
  await pay.signIn('Adam Dupont');
  await pay.page.locator(`input[name=accept][value="${PLAIN.toDecide}"]`).check();
  await pay.looksAMoment();
  await pay.confirm();
  await pay.becomes('approval_needed');
  const phone = await visitor.openPhone('adam');
  await phone.approve(PLAIN.first);
  await pay.becomes('settled');
  const { intent } = pay;
  await pay.page.locator('#back').click();
  for (const row of PLAIN.rows) await payables.rowBecomes(row, 'paid');
  visitor.expectNoProblems();
  await world.bank.expectOneTransferEach(await payables.expected(intent, PLAIN.rows));
});

it.concurrent('speaks French from the list to the end', async ({ newVisitor }) => {
  const visitor = await newVisitor({ locale: 'fr-FR' });
  const payables = await visitor.openPayables('?lang=fr');
  await payables.tickOnly([1, 3]);
  await payables.buttonOffers('Payer 2 factures');
  const pay = await payables.pressPay();
  await pay.signIn();
  await pay.offers('Payer 2 factures');
  const invoices = await payables.expected(pay.intent, [1, 3]);
  await pay.table.hasGroup('2 bénéficiaires correspondent');
  await pay.confirm();
  await payables.panelSays('Validez sur votre téléphone');
  const phone = await visitor.openPhone();
  await phone.approve({ number: 'F-1002' });
  await payables.becomes('settled');
  await payables.panelSays('2 sur 2 payées');
  visitor.expectNoProblems();
  await world.bank.expectOneTransferEach(invoices);
});
