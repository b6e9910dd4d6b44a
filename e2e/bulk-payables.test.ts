import type { Expected } from './support/bank.js';
import { journeys } from './support/journeys.js';

const world = journeys();
const { it } = world;
/** Rows of the demo's invoices, by what they meet. */
const WITH_DOCUMENT = 17;
const WITHOUT_DOCUMENT = 19;
const SLOW = 27;
/** The bank knows one name of an account, so only the first to pay them finds both in its ledger. */
const SHARED_IBAN = [12, 13];
const IBAN_CHANGES = 15;
const FAILING = [21, 23, 29, 38];
const TO_DECIDE = [4, 6, 8, 25];
const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n');

it('pays what was ticked of every kind, and says of each row what became of it', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor({ viewport: { width: 1280, height: 900 } });
  const payables = await visitor.openPayables();
  await payables.choose('all');
  await payables.untick([WITH_DOCUMENT, WITHOUT_DOCUMENT, SLOW, ...SHARED_IBAN]);
  const rows = await payables.ticked();
  const pay = await payables.pressPay();
  await pay.signIn();
  await pay.offers('Pay 34 invoices');
  const invoices = await payables.expected(pay.intent, rows);
  for (const row of TO_DECIDE) await pay.table.decide(rows.indexOf(row));
  await pay.confirm();
  const phone = await visitor.openPhone();
  await phone.approve(invoices[0] as Expected);
  await payables.becomes('partially_settled');
  await payables.panelSays('30 of 34 paid');
  for (const row of FAILING) await payables.rowBecomes(row, 'failed');
  for (const row of [0, ...TO_DECIDE]) await payables.rowBecomes(row, 'paid');
  const isFailing = (_: Expected, place: number) => FAILING.includes(rows[place] ?? -1);
  await world.bank.expectNoTransfers(invoices.filter(isFailing));
  await world.bank.expectOneTransferEach(
    invoices.filter((invoice, place) => !isFailing(invoice, place)),
  );

  await payables.page.locator('#make-set').click();
  await payables.rowBecomes(0, 'unpaid');
  await payables.tickOnly([0, IBAN_CHANGES]);
  const next = await payables.pressPay();
  await next.becomes('review');
  await next.table.row(1).getByText('IBAN has changed').waitFor();
  await next.table.decision(1).waitFor();
  visitor.expectNoProblems();
});

it('pays above 30,000 EUR with the partner’s document, and with one that the payer adds', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const payables = await visitor.openPayables();
  const rows = [0, WITH_DOCUMENT, WITHOUT_DOCUMENT];
  await payables.tickOnly(rows);
  const pay = await payables.pressPay();
  await pay.signIn();
  const invoices = await payables.expected(pay.intent, rows);
  const document = (place: number, state: string) =>
    pay.table.details(place).locator(`[data-document="${state}"]`);
  await pay.table.problem(2, 'Invoice needed').waitFor();
  await document(1, 'consent').getByRole('link').click();
  await pay.signInAtBank();
  await document(2, 'missing').waitFor();
  await pay.table.problem(1, 'Invoice needed').waitFor({ state: 'detached' });
  await pay.table.row(1).click();
  await document(1, 'ready').waitFor();
  const file = document(2, 'missing').locator('input[type=file]');
  await file.setInputFiles({ name: 'invoice.txt', mimeType: 'text/plain', buffer: PDF });
  await pay.says('This file is not a PDF, JPEG or PNG.');
  await file.setInputFiles({ name: 'invoice.pdf', mimeType: 'application/pdf', buffer: PDF });
  await pay.table.problem(2, 'Invoice needed').waitFor({ state: 'detached' });
  await pay.offers('Pay 3 invoices');
  await pay.confirm();
  const phone = await visitor.openPhone();
  await phone.approve(invoices[0] as Expected);
  await payables.becomes('settled');
  for (const row of rows) await payables.rowBecomes(row, 'paid');
  visitor.expectNoProblems();
  await world.bank.expectOneTransferEach(invoices);
});
