import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Bulk, problemOf } from './support/bulk.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { startWorld, until, type World } from './support/world.js';

vi.setConfig({ testTimeout: 60_000 });
const A_DAY = 86_400;

let world: World;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld();
});
// No token outlives the days that a test lets pass.
beforeEach(async () => {
  alice = await world.signedIn();
});
afterAll(async () => {
  await assertSound(world);
  await world.close();
});

/** A day by the bank's clock, seen from today. */
async function dayIn(days: number): Promise<string> {
  const { rows } = await world.database.query<{ day: string }>(
    `select to_char((money_now() at time zone 'Europe/Paris') + $1::interval, 'YYYY-MM-DD') as day`,
    [`${days} days`],
  );
  return rows[0]?.day ?? '';
}

const sentDays = async (bulk: Bulk) => {
  const [attempt] = await bulk.attempts();
  const { bulk_transfers } = JSON.parse(attempt?.body.toString() ?? '{}') as {
    bulk_transfers: { scheduled_date?: string }[];
  };
  return bulk_transfers.map(({ scheduled_date }) => scheduled_date ?? null);
};

async function scheduled(count: number, day: string): Promise<Bulk> {
  const bulk = await Bulk.begin(world, alice, count);
  expect((await bulk.choose({ payOn: day })).status).toBe(200);
  await bulk.confirmed();
  await bulk.reaches('approval_needed');
  await bulk.approve();
  await bulk.reaches('scheduled');
  return bulk;
}

/** The bank's clock goes on to then, and the rows have become so. */
async function goesOn(bulk: Bulk, seconds: number, wanted: string[]): Promise<void> {
  await world.passTime(seconds);
  await until(
    async () => {
      await world.passTime(4);
      return bulk.statuses();
    },
    (statuses) => statuses.join() === wanted.join(),
  );
}

describe('paying on the due date', () => {
  it('sends each row on its own day, and those that are due at once', async () => {
    const [later, past] = [await dayIn(3), await dayIn(-3)];
    const bulk = await Bulk.begin(world, alice, [{ dueDate: later }, {}, { dueDate: past }]);
    await bulk.choose({ payOn: 'due' });
    const review = await bulk.review();
    expect(review.items.map(({ executesOn, speed }) => [executesOn, speed])).toEqual([
      [later, 'scheduled'],
      [null, 'instant'],
      [null, 'instant'],
    ]);
    await bulk.confirmed();
    await bulk.reaches('approval_needed');
    expect(await sentDays(bulk)).toEqual([later, null, null]);
    await bulk.approve();
    await until(
      () => bulk.statuses(),
      (statuses) => statuses.join() === 'scheduled,settled,settled',
    );
    const state = await bulk.state();
    expect(state.snapshot).toMatchObject({ status: 'processing', final: false, payable: false });
    expect(state.items[0]).toMatchObject({ scheduledOn: later, cancelable: true });
    expect(state.items[1]).toMatchObject({ scheduledOn: null, cancelable: false });
    await goesOn(bulk, 4 * A_DAY, ['settled', 'settled', 'settled']);
    expect(await bulk.reaches('settled')).toMatchObject({ final: true });
    expect(await bulk.paidTimes()).toEqual([1, 1, 1]);
  });
});

describe('paying on a chosen day', () => {
  it('sends every row on that day', async () => {
    const day = await dayIn(2);
    const bulk = await scheduled(3, day);
    expect(await sentDays(bulk)).toEqual([day, day, day]);
    const payment = await bulk.payment();
    expect(payment?.items.map(({ scheduledOn }) => scheduledOn)).toEqual([day, day, day]);
    expect((await bulk.state()).snapshot).toMatchObject({
      ...{ status: 'scheduled', final: false, payable: false, why: 'in-progress' },
    });
    await goesOn(bulk, 3 * A_DAY, ['settled', 'settled', 'settled']);
    await bulk.reaches('settled');
  });

  it('that has passed until the confirmation is refused, and nothing is stored', async () => {
    const bulk = await Bulk.begin(world, alice, 2);
    await bulk.choose({ payOn: await dayIn(1) });
    await bulk.review();
    await world.passTime(3 * A_DAY);
    await alice.signIn(bulk.id);
    expect(await problemOf(await bulk.confirm())).toEqual([400, 'invalid-date', 'payOn']);
    await bulk.expectUntouched();
    await bulk.choose({ payOn: 'now' });
    await bulk.confirmed();
  });

  it('is refused in the past, after a year, and where there is no such day', async () => {
    const bulk = await Bulk.begin(world, alice, 2);
    const { version } = await bulk.review();
    for (const payOn of [await dayIn(-1), await dayIn(370), '2027-02-30', 'tomorrow']) {
      const answer = await bulk.choose({ payOn });
      expect(await problemOf(answer)).toEqual([400, 'invalid-date', 'payOn']);
    }
    expect((await bulk.review()).version).toBe(version);
  });
});

describe('a row that waits for its day', () => {
  it('can be withdrawn by who paid, alone, and may be paid anew', async () => {
    const bulk = await scheduled(3, await dayIn(5));
    expect((await bulk.cancel({ items: '1' })).status).toBe(200);
    await until(
      () => bulk.statuses(),
      (statuses) => statuses.join() === 'scheduled,canceled,scheduled',
    );
    const { snapshot, items } = await bulk.state();
    expect(snapshot).toMatchObject({ status: 'processing', payable: true });
    expect(items.map(({ payable }) => payable)).toEqual([false, true, false]);
    expect(await bulk.review()).toMatchObject({ selected: [1], count: 1 });
    await bulk.choose({ payOn: 'now' });
    await bulk.confirmed();
    await bulk.reaches('approval_needed');
    await bulk.approve();
    await bulk.reaches('settled');
    await goesOn(bulk, 6 * A_DAY, ['settled', 'settled', 'settled']);
    const made = (await bulk.transfers()).filter(({ status }) => status !== 'canceled');
    expect(made.map(({ reference }) => reference).sort()).toEqual(
      bulk.rows.map(({ reference }) => reference).sort(),
    );
  });

  it('all withdrawn, the payment is canceled', async () => {
    const bulk = await scheduled(2, await dayIn(5));
    expect((await bulk.cancel({ items: 'all' })).status).toBe(200);
    expect(await bulk.reaches('canceled')).toMatchObject({ final: true });
    expect((await bulk.state()).snapshot).toMatchObject({ status: 'canceled', payable: true });
  });

  it('cannot be withdrawn by a colleague, nor once it is on its way', async () => {
    const bulk = await scheduled(2, await dayIn(2));
    const adam = await world.signedIn('Adam Dupont');
    const theirs = await new Bulk(world, adam, bulk).cancel({ items: '1' });
    expect(await problemOf(theirs)).toEqual([409, 'not-cancelable', 'items[1]']);
    // Seldom looked at by now: the bank is ahead of what we know.
    await world.passTime(3700);
    await alice.signIn(bulk.id);
    await world.passTime(0);
    await world.bank.advance(3 * A_DAY);
    const late = await bulk.cancel({ items: '0-1' });
    expect(await problemOf(late)).toEqual([409, 'not-cancelable', 'items[0]']);
    await goesOn(bulk, 10, ['settled', 'settled']);
    expect(await bulk.paidTimes()).toEqual([1, 1]);
  });
});
