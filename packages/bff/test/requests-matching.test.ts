import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Asking, colleagues } from './support/asking.js';
import { refusal } from './support/journey.js';
import { OwnApp } from './support/own-app.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { newIban, newName, startWorld, type World } from './support/world.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const dayAfter = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

let world: World;
let emma: Payer;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld();
  ({ emma, alice } = await colleagues(world));
});
afterEach(async () => {
  await assertSound(world);
});
afterAll(() => world.close());

async function approved(asking: Asking): Promise<void> {
  await asking.approved(alice);
  await asking.reaches('approval_needed');
  await asking.phone('allow');
}

const transferIds = (payment: { items: { transferId: string | null }[] }) =>
  payment.items.map(({ transferId }) => transferId);

describe('each row of an approved request is tied to its transfer', () => {
  it('though another request asks for the very same', async () => {
    const row = { amount: '55.00', iban: newIban(), name: newName(), reference: 'Same' };
    const askings = [
      await Asking.requested(world, emma, row, row),
      await Asking.requested(world, emma, row, row),
    ] as const;
    for (const asking of askings) await asking.approved(alice);
    for (const asking of askings) await asking.reaches('approval_needed');
    const waiting = (await askings[0].challenges()).filter(({ result }) => result === 'waiting');
    for (const { token } of waiting) await world.bank.answer(token, 'allow');
    const payments = [await askings[0].settles(), await askings[1].settles()];
    expect(new Set(payments.flatMap(transferIds)).size).toBe(4);
    const { transfers } = await world.bank.ledger();
    for (const [index, asking] of askings.entries()) {
      const [attempt] = await asking.attempts();
      const own = transfers.filter(({ note }) => note === attempt?.tag).map(({ id }) => id);
      expect(transferIds(payments[index] ?? { items: [] }).sort()).toEqual(own.sort());
      expect(await asking.alarms()).toEqual([]);
    }
  });

  it('though somebody pays the very same without our mark', async () => {
    const asking = await Asking.requested(world, emma, { amount: '77.00' });
    const adam = await OwnApp.of(world, 'adam');
    const twin = await adam.ask(asking.rows);
    await adam.approve(twin);
    await approved(asking);
    const payment = await asking.settles();
    const transfers = await asking.transfers();
    expect(transfers).toHaveLength(2);
    const [attempt] = await asking.attempts();
    const own = transfers.find(({ note }) => note.includes(attempt?.tag ?? '-'));
    expect(transferIds(payment)).toEqual([own?.id]);
    expect(await asking.alarms()).toEqual([]);
  });

  it('where there are many', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({ amount: `${index + 1}.00` }));
    const asking = await Asking.requested(world, emma, ...rows);
    await approved(asking);
    const payment = await asking.settles();
    const transfers = await asking.transfers();
    expect(transferIds(payment)).toEqual(
      asking.rows.map(({ reference }) => transfers.find((one) => one.reference === reference)?.id),
    );
    expect(new Set(transferIds(payment)).size).toBe(40);
  });

  it('where some fail and others do not', async () => {
    const amount = await world.bank.amount('declined:beneficiary_iban_invalid');
    const asking = await Asking.requested(world, emma, { amount }, { amount: '8.00' });
    await approved(asking);
    await asking.reaches('processing');
    await world.passTime(12);
    const payment = await asking.reaches('partially_settled');
    expect(payment.items).toMatchObject([
      { status: 'declined', reason: 'payee-account-invalid' },
      { status: 'settled' },
    ]);
    expect(await asking.state(emma)).toMatchObject({
      ...{ snapshot: { status: 'partially_settled', payable: true }, canAsk: true },
      review: { selected: [0] },
    });
  });
});

describe('a request above 30,000 EUR', () => {
  it('needs a document, which travels with it', async () => {
    const asking = await Asking.begin(world, { amount: '31000.00' }, { amount: '9.00' });
    await emma.signIn(asking.id, 'Emma Schmidt', { wanted: 'documents' });
    const early = await asking.ask(emma);
    expect(await early.clone().json()).toMatchObject({ field: 'items[0]' });
    expect(await refusal(early)).toEqual([409, 'document-missing']);
    expect(await asking.payments()).toEqual([]);
    const form = new FormData();
    form.set('pageToken', await emma.openPage(asking.id));
    form.set('item', '0');
    form.set('file', new Blob(['%PDF-1.7 an invoice']), 'invoice.pdf');
    const path = `/pay/api/intents/${asking.id}/documents`;
    const headers = { Origin: world.url };
    const added = await emma.page(path, { method: 'POST', headers, body: form });
    expect(added.status).toBe(200);
    await asking.asked(emma);
    await asking.reaches('requested');
    const [attempt] = await asking.attempts();
    const body = JSON.parse(String(attempt?.body)) as {
      request_multi_transfer: { transfers: { attachment_ids?: string[] }[] };
    };
    const { transfers } = body.request_multi_transfer;
    expect(transfers.map(({ attachment_ids }) => attachment_ids?.length)).toEqual([1, undefined]);
    await approved(asking);
    await asking.settles();
  });
});

describe('the day of a request', () => {
  it('is one for all rows: due dates that differ are refused', async () => {
    const [one, other] = [{ dueDate: dayAfter(20) }, { dueDate: dayAfter(30) }];
    const asking = await Asking.begin(world, one, other, one);
    expect((await asking.choose(emma, { payOn: 'due' })).status).toBe(200);
    const answer = await asking.ask(emma);
    expect(await answer.clone().json()).toMatchObject({ field: 'payOn' });
    expect(await refusal(answer)).toEqual([400, 'invalid-date']);
    expect(await asking.payments()).toEqual([]);
    await asking.choose(emma, { select: '0,2' });
    await asking.asked(emma);
    await asking.reaches('requested');
    const [attempt] = await asking.attempts();
    expect(String(attempt?.body)).toContain(`"scheduled_date":"${one.dueDate}"`);
  });

  it('comes: until then its transfers are scheduled, and whoever asked may withdraw them', async () => {
    const day = dayAfter(10);
    const asking = await Asking.begin(world, {}, { amount: '6.00' });
    await asking.choose(emma, { payOn: day });
    await asking.asked(emma);
    await asking.reaches('requested');
    await approved(asking);
    const payment = await asking.reaches('scheduled');
    expect(payment.items).toMatchObject([{ scheduledOn: day }, { scheduledOn: day }]);
    expect((await asking.state(emma)).snapshot).toMatchObject({ status: 'scheduled' });
    expect((await asking.cancel(emma, { items: '1' })).status).toBe(200);
    await world.passTime(11 * 24 * 60 * 60);
    await world.passTime(12);
    const ended = await asking.reaches('partially_settled');
    expect(ended.items).toMatchObject([{ status: 'settled' }, { status: 'canceled' }]);
    expect((await asking.transfers()).map(({ status }) => status)).toEqual(['settled', 'canceled']);
  });
});
