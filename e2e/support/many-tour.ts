import type { Bank, Expected } from './bank.js';
import { type Batch, linesOf, makeBatch } from './batch.js';
import type { Tour } from './guide.js';
import type { PayPage } from './pay-page.js';
import type { PayablesPage } from './payables-page.js';
import type { Phone } from './phone.js';
import type { Visitor } from './visitor.js';

/** Of the demo's invoices one of each kind; the places are those among these. */
const ROWS = [0, 2, 4, 6, 8, 12, 13, 17, 19, 21, 27];
const TO_DECIDE = [2, 3, 4, 5, 6];
const WITH_DOCUMENT = 7;
const WITHOUT_DOCUMENT = 8;
const DECLINED = 9;
const UNTIL_SLOW_IS_SETTLED_S = 130;
const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n');

/** What a payment of many invoices adds, on every page that has to do with it. */
export async function manyTour({ visitor, bank, look }: Tour): Promise<void> {
  const adam = await visitor.another();
  const begun = await review(adam, look);
  await confirm(adam, begun, look);
  await settle(adam, { ...begun, bank }, look);
  await schedule(adam, bank, look);
  await adam.leave();
  await askAndDecline(visitor, look);
  await oneByOne(visitor, look);
  // What was paid here is no journey's business.
  await bank.startCounting();
}

interface Begun {
  payables: PayablesPage;
  pay: PayPage;
  invoices: Expected[];
}

async function review(adam: Visitor, look: Tour['look']): Promise<Begun> {
  const payables = await adam.openPayables();
  await look('many-open', payables.page);
  await payables.tickOnly(ROWS);
  // On a phone the way would lead on in the tab.
  await payables.element.evaluate((element) => element.setAttribute('presentation', 'popup'));
  const popup = await payables.pressPay();
  await popup.becomes('sign-in');
  const { intent } = popup;
  const invoices = await payables.expected(intent, ROWS);
  await popup.page.close();
  const pay = await adam.openPayPage(intent);
  await pay.signIn('Adam Dupont');
  await pay.offers(`Pay ${ROWS.length} invoices`);
  await look('many-review', pay.page);
  await pay.confirm();
  await pay.table.isAtDecision(2);
  await look('many-undecided', pay.page);
  const consent = pay.table.details(WITH_DOCUMENT).getByRole('link');
  await pay.table.bring(consent);
  await consent.click();
  await pay.signInAtBank('Adam Dupont');
  await pay.offers(`Pay ${ROWS.length} invoices`);
  const file = pay.table.details(WITHOUT_DOCUMENT).locator('input[type=file]');
  await pay.table.bring(file);
  await look('many-documents', pay.page);
  await look('plain-many-review', (await adam.openPlainPage(intent)).page);
  await file.setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: PDF });
  await pay.says('This file is not a PDF, JPEG or PNG.');
  await look('many-file-refused', pay.page);
  await file.setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: PDF });
  await pay.table.details(WITHOUT_DOCUMENT).waitFor({ state: 'detached' });
  return { payables, pay, invoices };
}

async function confirm(adam: Visitor, { pay, payables }: Begun, look: Tour['look']): Promise<void> {
  await pay.table.fold('matched');
  await pay.table.choose(0, false);
  await pay.page.locator('#check:not([aria-disabled])').waitFor();
  await look('many-check-needed', pay.page);
  await pay.table.choose(0, true);
  await pay.offers(`Pay ${ROWS.length} invoices`);
  for (const place of TO_DECIDE) await pay.table.decide(place);
  await look('many-ready', pay.page);
  await pay.confirm();
  await pay.becomes('approval_needed');
  await payables.page.reload();
  await payables.becomes('approval_needed');
  await look('many-approval', pay.page);
  await look('many-open-approval', payables.page);
  await look('plain-many-approval', (await adam.openPlainPage(pay.intent)).page);
}

async function settle(
  adam: Visitor,
  { pay, payables, invoices, bank }: Begun & { bank: Bank },
  look: Tour['look'],
): Promise<void> {
  const phone = await adam.openPhone('adam');
  const [first] = invoices as [Expected];
  await phone.card(first).waitFor();
  await look('phone-many', phone.page);
  await phone.approve(first);
  await Promise.all([pay.becomes('processing'), payables.becomes('processing')]);
  await pay.says('9 of 11 settled, 1 failed');
  await look('many-processing', pay.page);
  await look('many-open-processing', payables.page);
  await bank.advanceSeconds(UNTIL_SLOW_IS_SETTLED_S);
  await Promise.all([pay, payables].map((page) => page.becomes('partially_settled')));
  await payables.rowBecomes(ROWS[DECLINED] ?? 0, 'failed');
  await look('many-partly', pay.page);
  await look('many-open-partly', payables.page);
  await look('plain-many-partly', (await adam.openPlainPage(pay.intent)).page);
  await pay.page.locator('#again').click();
  await pay.offers('Pay 1 invoice');
  await look('many-retry', pay.page);
}

async function schedule(adam: Visitor, bank: Bank, look: Tour['look']): Promise<void> {
  const line = { dueDate: await bank.dayIn(20) };
  const batch = await makeBatch(adam.addresses, [line, line]);
  const pay = await adam.openPayPage(batch.intent);
  await pay.page.locator('#pay-on').selectOption('date');
  await pay.page.locator('#pay-date').waitFor();
  await look('many-date', pay.page);
  await pay.page.locator('#pay-on').selectOption('due');
  await pay.says('2 on their date');
  await pay.confirm();
  await approve(await adam.openPhone('adam'), batch);
  await pay.becomes('scheduled');
  await look('many-scheduled', pay.page);
  await pay.table.withdrawButton(1).click();
  await look('many-withdraw', pay.page);
}

async function askAndDecline(visitor: Visitor, look: Tour['look']): Promise<void> {
  const batch = await makeBatch(visitor.addresses, linesOf(3));
  const [emma, alice] = [await visitor.another(), await visitor.another()];
  const asked = await emma.openPayPage(batch.intent);
  await asked.signIn('Emma Schmidt');
  if (await asked.isStillToAllow('#ask-consent', '#note')) await look('ask-consent', asked.page);
  await asked.allow('#ask-consent', { leadsTo: '#note', member: 'Emma Schmidt' });
  await look('ask', asked.page);
  await look('plain-ask', (await emma.openPlainPage(batch.intent)).page);
  await asked.page.locator('#ask').click();
  await asked.becomes('requested');
  await look('asked', asked.page);
  const reviewer = await alice.openPayPage(batch.intent);
  await reviewer.signIn();
  if (await reviewer.isStillToAllow('#review-consent', '#approve'))
    await look('approve-consent', reviewer.page);
  await reviewer.allow('#review-consent', { leadsTo: '#approve' });
  await look('approve', reviewer.page);
  await look('plain-approve', (await alice.openPlainPage(batch.intent)).page);
  await reviewer.page.locator('#decline').click();
  await look('decline', reviewer.page);
  await reviewer.page.locator('#decline-note').fill('Paid by card');
  await reviewer.page.locator('#decline-yes').click();
  await Promise.all([asked, reviewer].map((page) => page.becomes('denied')));
  await look('asked-denied', asked.page);
  await look('approve-denied', reviewer.page);
  await Promise.all([emma, alice].map((person) => person.leave()));
}

/** On a plan without bulks, which is known for a day once the bank has said so. */
async function oneByOne(visitor: Visitor, look: Tour['look']): Promise<void> {
  const batch = await makeBatch(visitor.addresses, linesOf(3));
  const zoe = await visitor.another();
  const pay = await zoe.openPayPage(batch.intent);
  await pay.page.locator('#sign-in').click();
  await pay.page.getByRole('button', { name: 'Zoé Laurent', exact: true }).click();
  await pay.page.getByRole('button', { name: 'Solo', exact: true }).click();
  await pay.page.getByRole('button', { name: 'Allow', exact: true }).click();
  await pay.offers('Pay');
  if ((await pay.confirmButton.textContent())?.includes('Pay 3 invoices')) {
    await pay.confirm();
    await pay.becomes('declined');
    await look('many-not-allowed', pay.page);
    await pay.page.locator('#again').click();
  }
  await pay.offers('Pay 1 invoice');
  await look('many-one-by-one', pay.page);
  await zoe.leave();
}

async function approve(phone: Phone, { rows }: Batch): Promise<void> {
  await phone.approve(rows[0] as Expected);
  await phone.page.close();
}
