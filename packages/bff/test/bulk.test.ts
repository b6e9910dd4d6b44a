import type { Snapshot } from '@qonto-pay/shared';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BULK_CHECK } from './support/bank.js';
import { Bulk, problemOf } from './support/bulk.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { startWorld, until, type World } from './support/world.js';

vi.setConfig({ testTimeout: 60_000 });

let world: World;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld();
  alice = await world.signedIn();
});
afterAll(async () => {
  await assertSound(world);
  await world.close();
});

const CHECKS = `${BULK_CHECK.method} ${BULK_CHECK.path}`;

const five = async () => [
  { amount: '10.50' },
  await world.bank.payee('close-match'),
  { amount: '0.01' },
  await world.bank.payee('no-match'),
  await world.bank.payee('not-possible'),
];

describe('five invoices in one approval', () => {
  it('are checked at once, decided row by row, approved once, and each is one transfer', async () => {
    const bulk = await Bulk.begin(world, alice, await five());
    const checks = await world.bank.calls(CHECKS);
    const review = await bulk.review();
    expect(review).toMatchObject({ selected: [0, 1, 2, 3, 4], count: 5, amount: '3714.01' });
    expect(review.items.map(({ payeeCheck }) => payeeCheck.result)).toEqual([
      ...['match', 'close_match', 'match', 'no_match', 'not_possible'],
    ]);
    expect(await world.bank.calls(CHECKS)).toBe(checks + 1);

    await bulk.confirmed();
    await bulk.reaches('approval_needed');
    const [session, ...more] = await bulk.sessions();
    expect(more).toEqual([]);
    expect(session?.summary).toMatchObject({ title: 'Make 5 payments', amount_cents: 371_401 });
    expect(session?.summary.items?.map(({ payee, iban }) => ({ name: payee, iban }))).toEqual(
      bulk.rows.map(({ payee }) => payee),
    );

    await bulk.approve();
    const payment = await bulk.reaches('settled');
    expect(payment).toMatchObject({ count: 5, amount: '3714.01', final: true, reason: null });
    expect(payment.items.map(({ status }) => status)).toEqual(Array(5).fill('settled'));
    expect(await bulk.paidTimes()).toEqual([1, 1, 1, 1, 1]);
    const [attempt] = await bulk.attempts();
    for (const transfer of await bulk.transfers()) {
      const row = bulk.rows.find(({ reference }) => reference === transfer.reference);
      expect(transfer).toMatchObject({
        ...{ idempotency_key: attempt?.bank_key, initiator: 'alice', status: 'settled' },
        ...{ credit_iban: row?.payee.iban, credit_name: row?.payee.name },
        amount_cents: Math.round(Number(row?.amount) * 100),
        note: expect.stringMatching(new RegExp(`^${row?.externalRef} · QP-[0-9A-Z]{8}$`, 'i')),
      });
    }
  });
});

describe.concurrent('the rows of a bulk', () => {
  it('are told to the world by number, without payees and amounts', async () => {
    const bulk = await Bulk.accepted(world, alice, 5);
    await bulk.reaches('settled');
    const answer = await fetch(`${world.url}/v1/intents/${bulk.id}`);
    const snapshot = (await answer.json()) as Snapshot;
    expect(snapshot).toMatchObject({ status: 'settled', count: 5, why: 'paid', payable: false });
    expect(snapshot.items).toEqual([0, 1, 2, 3, 4].map((index) => ({ index, status: 'settled' })));
    const { rows } = await world.database.query<{ snapshot: unknown }>(
      'select snapshot from intent_events where intent_id = $1',
      [bulk.id],
    );
    const told = JSON.stringify(rows);
    for (const { externalRef, reference, payee } of bulk.rows) {
      for (const secret of [externalRef, reference, payee.name, payee.iban]) {
        expect(told).not.toContain(secret);
      }
    }
  });

  it('are refused while one decision is missing, and nothing is stored', async () => {
    const bulk = await Bulk.begin(world, alice, await five());
    const { accept, ...fields } = await bulk.confirmation();
    expect(accept).toBe('1,3,4');
    for (const [given, row] of [
      ['', 1],
      ['1,3', 4],
      ['1,4,0,2', 3],
    ] as const) {
      const answer = await alice.sendConfirmation(bulk.id, { ...fields, accept: given });
      expect(await problemOf(answer)).toEqual([409, 'payee-not-accepted', `items[${row}]`]);
    }
    await bulk.expectUntouched();
    expect((await bulk.confirm({ accept: 'all' })).status).toBe(202);
  });

  it('leave each decision in the audit log, as it was shown', async () => {
    const bulk = await Bulk.begin(world, alice, await five());
    await bulk.confirmed({ lang: 'fr' });
    const { rows } = await world.database.query(
      `select detail from audit_log where intent_id = $1 and action = 'status:confirmed'`,
      [bulk.id],
    );
    expect(rows[0].detail).toMatchObject({
      ...{ lang: 'fr', count: 5, amount: '3714.01', matches: 2, trusted: false },
      decisions: [
        { row: 1, payeeCheck: 'close_match', bankName: 'Jean Dupont', accepted: true },
        { row: 3, payeeCheck: 'no_match', bankName: null },
        { row: 4, payeeCheck: 'not_possible', shown: expect.stringMatching(/\S/) },
      ],
    });
  });
});

describe.concurrent('a bulk that nobody approves', () => {
  it('is denied as a whole when the member refuses, and may be paid anew', async () => {
    const bulk = await Bulk.pending(world, alice, 3);
    await bulk.refuse();
    const payment = await bulk.reaches('denied');
    expect(payment.items.map(({ status }) => status)).toEqual(['denied', 'denied', 'denied']);
    expect(await bulk.transfers()).toEqual([]);
    expect((await bulk.state()).snapshot).toMatchObject({ status: 'denied', payable: true });
    await bulk.confirmed();
    await bulk.reaches('approval_needed');
    await bulk.approve();
    await bulk.reaches('settled');
    expect(await bulk.paidTimes()).toEqual([1, 1, 1]);
    const keys = (await bulk.attempts()).map(({ bank_key }) => bank_key);
    expect(new Set(keys).size).toBe(2);
  });

  it('is canceled as a whole by the payer, and a later approval moves nothing', async () => {
    const bulk = await Bulk.pending(world, alice, 3);
    expect((await bulk.cancel({})).status).toBe(200);
    await bulk.reaches('canceled');
    await bulk.approve();
    expect(await bulk.attempts()).toMatchObject([{ live: false, sends: 1 }]);
    expect(await bulk.transfers()).toEqual([]);
  });

  it('can be asked for anew: another key, one transfer for each row', async () => {
    const bulk = await Bulk.pending(world, alice, 3);
    const pageToken = await alice.openPage(bulk.id);
    const path = `/pay/api/intents/${bulk.id}/approval`;
    expect((await alice.form(path, { pageToken, method: 'passkey' })).status).toBe(202);
    await until(
      () => bulk.sessions(),
      ({ length }) => length === 2,
    );
    await bulk.reaches('approval_needed');
    await bulk.approve();
    await bulk.reaches('settled');
    const [first, next] = await bulk.attempts();
    expect(next?.bank_key).not.toBe(first?.bank_key);
    const keys = (await bulk.transfers()).map(({ idempotency_key }) => idempotency_key);
    expect(keys).toEqual([next?.bank_key, next?.bank_key, next?.bank_key]);
  });
});

describe('by the bank’s clock a bulk', () => {
  it('is expired when nobody has answered, every row with it', async () => {
    const bulk = await Bulk.pending(world, alice, 3);
    await world.passTime(901);
    const { items } = await bulk.reaches('expired');
    expect(items.map(({ status }) => status)).toEqual(['expired', 'expired', 'expired']);
    expect((await bulk.state()).snapshot).toMatchObject({ payable: true });
    expect(await bulk.transfers()).toEqual([]);
  });
});
