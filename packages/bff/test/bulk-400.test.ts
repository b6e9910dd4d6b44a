import type { Snapshot } from '@qonto-pay/shared';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Bulk, problemOf } from './support/bulk.js';
import { refusal } from './support/journey.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { intentBody, startWorld, until, type World } from './support/world.js';

vi.setConfig({ testTimeout: 180_000 });

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

const FAILING = [17, 203, 399];

async function fourHundred(): Promise<Bulk> {
  const late = await world.bank.amount('declined:beneficiary_iban_invalid');
  const rows = Array.from({ length: 400 }, (_, row) => ({
    amount: FAILING.includes(row) ? late : `${row + 1}.${String(row % 100).padStart(2, '0')}`,
  }));
  return Bulk.begin(world, alice, rows);
}

/** How many times each of these was written for the newest payment. */
async function writes(bulk: Bulk) {
  const { rows } = await world.database.query<Record<string, number>>(
    `select p.version::int as changes,
       (select count(*)::int from audit_log a where a.payment_id = p.id) as audited,
       (select count(*)::int from intent_events e where e.intent_id = p.intent_id) as events
     from payments p where p.intent_id = $1 order by p.ordinal limit 1`,
    [bulk.id],
  );
  return rows[0] ?? {};
}

describe('400 invoices in one approval', () => {
  it('settle but for three, in few writes; the three are retried alone', async () => {
    const bulk = await fourHundred();
    const { count, check } = await bulk.review();
    expect([count, check]).toEqual([400, 'done']);
    await bulk.confirmed();
    await bulk.reaches('approval_needed');
    const [session] = await bulk.sessions();
    expect(session?.summary).toMatchObject({ title: 'Make 400 payments', count: 400 });
    await bulk.approve();
    const payment = await bulk.reaches('partially_settled', 90_000);
    expect(
      payment.items.flatMap(({ status, index }) => (status === 'settled' ? [] : index)),
    ).toEqual(FAILING);
    expect(await bulk.paidTimes()).toEqual(Array(400).fill(1));
    const { changes = 0, audited = 0, events = 0 } = await writes(bulk);
    // Each look at the bank is one write, whatever the number of rows.
    expect(Math.max(changes, audited, events)).toBeLessThan(90);

    const answer = await fetch(`${world.url}/v1/intents/${bulk.id}`);
    const snapshot = (await answer.json()) as Snapshot;
    expect(snapshot.items).toHaveLength(400);
    expect(snapshot).toMatchObject({ status: 'partially_settled', payable: true, final: true });

    expect(await bulk.review()).toMatchObject({ selected: FAILING, count: 3 });
    await bulk.confirmed();
    await bulk.reaches('approval_needed');
    await bulk.approve();
    const retried = await bulk.reaches('declined');
    expect(retried.items.map(({ index }) => index)).toEqual(FAILING);
    const moved = (await bulk.transfers()).filter(({ status }) => status === 'settled');
    expect(moved).toHaveLength(397);
  });
});

describe('an intent that is refused', () => {
  const create = (items: unknown[]) =>
    world.partner('POST', '/partner/v1/intents', { body: { ...intentBody(), items } });
  const rows = (count: number) => Array.from({ length: count }, () => intentBody().items[0]);

  it('has no rows or 401 of them', async () => {
    expect(await refusal(await create([]))).toEqual([400, 'invalid-request']);
    expect(await refusal(await create(rows(401)))).toEqual([400, 'too-many-items']);
    expect((await create(rows(400))).status).toBe(201);
  });

  it('names one invoice twice, or another currency, and is told which row', async () => {
    const [first, second, third] = rows(3);
    const twice = await create([first, second, { ...third, externalRef: first?.externalRef }]);
    expect(await problemOf(twice)).toEqual([
      ...[400, 'duplicate-external-ref', 'items[2].externalRef'],
    ]);
    const mixed = await create([first, { ...second, currency: 'USD' }]);
    expect(await problemOf(mixed)).toEqual([400, 'invalid-currency', 'items[1].currency']);
    const none = await world.partner(
      'GET',
      `/partner/v1/payments?externalRef=${first?.externalRef}`,
    );
    expect(await none.json()).toEqual({ payments: [] });
  });
});

describe('rows in a form that are none', () => {
  it('are refused wherever they stand, and nothing is stored', async () => {
    const bulk = await Bulk.begin(world, alice, 3);
    const fields = await bulk.confirmation();
    for (const accept of ['x', '2-1', '400', '-1', '1,,2', 'all,1', '1.5']) {
      const answer = await alice.sendConfirmation(bulk.id, { ...fields, accept });
      expect([accept, ...(await problemOf(answer))]).toEqual([
        ...[accept, 400, 'invalid-selection', 'accept'],
      ]);
    }
    for (const reviewVersion of ['-1', 'x', '1.5']) {
      const answer = await alice.sendConfirmation(bulk.id, { ...fields, reviewVersion });
      expect(answer.status).toBe(400);
    }
    await until(
      () => bulk.payments(),
      ({ length }) => length === 0,
    );
    await bulk.expectUntouched();
  });
});
