import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMany, type RowChanges } from './support/many.js';
import type { Payer } from './support/payer.js';
import { PlainBrowser } from './support/plain-browser.js';
import { startWorld, type World } from './support/world.js';

let world: World;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld();
  alice = await world.signedIn();
});
afterAll(() => world.close());

async function open(rows: readonly RowChanges[], payer = alice): Promise<PlainBrowser> {
  const intent = await createMany(world, rows);
  return at(intent, payer);
}

async function at(intent: string, payer = alice): Promise<PlainBrowser> {
  const page = new PlainBrowser(payer, { url: world.url, intent });
  await page.open();
  return page;
}

const isReviewed = (page: PlainBrowser) => page.html.includes('id="confirm"');

/** Rows of the table, by what stands in their last cell but the file links. */
const rowsWith = (page: PlainBrowser, status: string) =>
  [...page.html.matchAll(/<tr data-row="(\d+)" data-status="([^"]+)"/g)]
    .filter(([, , found]) => found === status)
    .map(([, row]) => Number(row));

describe('without script', () => {
  it('many invoices are chosen, checked, decided about and paid in one approval', async () => {
    const close = await world.bank.payee('close-match');
    const page = await open([{ amount: '10.00' }, close, { amount: '20.00' }, { amount: '30.00' }]);
    expect([page.status, page.refreshes]).toEqual(['review', true]);
    await page.shows(isReviewed);
    expect(page.text).toContain('Pay 4 invoices · €1,294.50');
    expect(page.fields('confirm').map(([name]) => name)).not.toContain('accept');

    await page.submit('review', { select: ['1', '2'] }, 'name="select"');
    await page.shows(isReviewed);
    expect(page.text).toContain('Pay 2 invoices · €1,254.50');
    expect(page.html).toContain('name="accept" value="1" required');
    expect(page.text).toContain('Name almost matches. The bank says: Jean Dupont.');

    await page.submit('confirm');
    expect(page.text).toContain('Row 2. Please decide about the payee first.');
    await page.submit('confirm', { accept: ['1'] });
    await page.shows(({ status }) => status === 'approval_needed');
    expect([page.refreshes, page.text.includes('Cancel this payment')]).toEqual([true, true]);
    await world.bank.decide('allow');
    await page.shows(() => rowsWith(page, 'settled').length === 2);
    expect(rowsWith(page, 'settled')).toEqual([1, 2]);
    expect(page.text).toContain('2 of 4 paid.');
    expect(page.html).toContain('/proofs.zip');
    expect(page.html).toContain('/results.csv');

    await page.shows(isReviewed);
    expect(page.text).toContain('Still to pay');
    expect(page.text).toContain('Pay 2 invoices · €40.00');
  });

  it('what failed says why, and is paid again', async () => {
    const declined = await world.bank.amount('declined:debit_account_insufficient_funds');
    const page = await open([{ amount: '10.00' }, { amount: declined }]);
    await page.shows(isReviewed);
    await page.submit('confirm');
    await page.shows(({ status }) => status === 'approval_needed');
    await world.bank.decide('allow');
    await page.shows(({ status }) => status === 'partially_settled');
    expect(rowsWith(page, 'declined')[0]).toBe(1);
    expect(page.text).toContain('1 of 2 paid.');
    expect(page.text).toContain('There is not enough money on the account.');
    await page.shows(isReviewed);
    expect(page.text).toContain('Pay €666.06');
  });

  it('scheduled payments are withdrawn row by row', async () => {
    const dueDate = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    const page = await open([{ dueDate }, { dueDate }]);
    await page.shows(isReviewed);
    await page.submit('review', { payOn: ['due'] }, 'value="due"');
    expect(page.text).toContain('When: Each on its due date');
    await page.shows(isReviewed);
    await page.submit('confirm');
    await page.shows(({ status }) => status === 'approval_needed');
    await world.bank.decide('allow');
    await page.shows(() => rowsWith(page, 'scheduled').length === 2);
    await page.submit('cancel');
    expect(page.text).toContain('Please select at least one invoice');
    await page.submit('cancel', { items: ['1'] });
    await page.shows(() => rowsWith(page, 'canceled').includes(1));
    expect(rowsWith(page, 'scheduled')).toEqual([0]);
  });

  it('a day of its own is chosen, and a day that has passed is refused', async () => {
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const page = await open([{}, {}]);
    await page.shows(isReviewed);
    await page.submit('review', { payOn: ['2020-01-01'] }, 'type="date"');
    expect(page.text).toContain('Please choose a day from today on');
    await page.submit('review', { payOn: [day] }, 'type="date"');
    expect(page.html).toContain(`name="payOn" value="${day}"`);
  });

  it('a document is added where the bank asks for one', async () => {
    const intent = await createMany(world, [{ amount: '30000.01' }, {}]);
    const page = await at(intent);
    await page.shows(({ text }) => text.includes('Allow Qonto Pay to upload documents'));
    expect(isReviewed(page)).toBe(false);
    await alice.signIn(intent, 'Alice Martin', { wanted: 'documents' });
    await page.open();
    await page.upload(new Blob(['no document']));
    expect(page.text).toContain('The document must be a PDF, JPEG or PNG.');
    await page.upload(new Blob(['%PDF-1.7 an invoice']));
    await page.shows(isReviewed);
    expect(page.html).not.toContain('type="file"');
  });

  it('an employee prepares and asks, and an admin approves', async () => {
    const emma = await world.signedIn('Emma Schmidt');
    const intent = await createMany(world, [{ amount: '11.00' }, { amount: '12.00' }]);
    const hers = await at(intent, emma);
    expect(hers.text).toContain('Allow Qonto Pay to ask colleagues');
    expect(isReviewed(hers)).toBe(false);
    await emma.signIn(intent, 'Emma Schmidt', { wanted: 'ask' });
    await hers.open();
    await hers.submit('request', { note: ['For the roof & the windows'] });
    await hers.shows(({ status }) => status === 'requested');

    const adam = await world.signedIn('Adam Dupont');
    const his = await at(intent, adam);
    expect(his.text).toContain('Allow Qonto Pay to approve requests');
    await adam.signIn(intent, 'Adam Dupont', { wanted: 'review' });
    await his.open();
    expect(his.text).toContain('A colleague asks you to approve this payment');
    expect(his.refreshes).toBe(false);
    await his.submit('request/approve');
    await his.shows(({ status }) => status === 'approval_needed');
    await world.bank.decide('allow');
    await hers.shows(({ status }) => status === 'settled');
  });

  it('a request is declined, and both are told', async () => {
    const emma = await world.signedIn('Emma Schmidt');
    const intent = await createMany(world, [{}]);
    await emma.signIn(intent, 'Emma Schmidt', { wanted: 'ask' });
    const hers = await at(intent, emma);
    await hers.submit('request');
    const adam = await world.signedIn('Adam Dupont');
    await adam.signIn(intent, 'Adam Dupont', { wanted: 'review' });
    const his = await at(intent, adam);
    await his.shows(({ html }) => html.includes('id="decline"'));
    await his.submit('request/decline', { note: ['Paid by card'] });
    await hers.shows(({ text }) => text.includes('A colleague declined the request.'));
  });
});
