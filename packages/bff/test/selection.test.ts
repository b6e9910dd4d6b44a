import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BULK_CHECK } from './support/bank.js';
import { Bulk, problemOf } from './support/bulk.js';
import { Journey } from './support/journey.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { newIban, newName, startWorld, type World } from './support/world.js';

vi.setConfig({ testTimeout: 60_000 });

let world: World;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld();
  alice = await world.signedIn();
});
// What one test looks at must not count against the next one's thirty payee checks an hour.
beforeEach(async () => {
  await world.database.query(`update payee_checks set started_at = started_at - interval '2 h'`);
});
afterAll(async () => {
  await assertSound(world);
  await world.close();
});

/** What the page would send of the review that it shows, whatever the check says. */
async function fieldsOf(bulk: Bulk, accept = ''): Promise<Record<string, string>> {
  const { review } = await bulk.state();
  return {
    idempotencyKey: crypto.randomUUID(),
    pageToken: await bulk.payer.openPage(bulk.id),
    reviewVersion: String(review?.version),
    account: review?.accountId ?? '',
    accept,
  };
}

const checksOf = async ({ id }: Bulk): Promise<number[][]> => {
  const { rows } = await world.database.query<{ item_rows: number[] }>(
    'select item_rows from payee_checks where intent_id = $1 order by started_at, checked_at',
    [id],
  );
  return rows.map(({ item_rows }) => item_rows);
};

/** Pays somebody else at this IBAN, so that the bank knows it under that name. */
async function paidAs(name: string, iban: string): Promise<void> {
  const journey = await Journey.pending(world, alice, { name, iban });
  await journey.approve();
  await journey.reaches('settled');
}

describe('choosing rows', () => {
  it('needs a check of exactly those before they can be confirmed, and pays no others', async () => {
    const bulk = await Bulk.begin(world, alice, 4);
    await bulk.review();
    await bulk.choose({ select: '0,2' });
    const { review } = await bulk.state();
    expect(review).toMatchObject({
      selected: [0, 2],
      count: 2,
      amount: '2469.00',
      check: 'needed',
    });
    expect(await problemOf(await alice.sendConfirmation(bulk.id, await fieldsOf(bulk)))).toEqual([
      ...[409, 'review-changed'],
    ]);
    await bulk.expectUntouched();
    await bulk.choose({ check: 'yes' });
    await bulk.review();
    await bulk.confirmed();
    await bulk.reaches('approval_needed');
    await bulk.approve();
    await bulk.reaches('settled');
    expect(await bulk.paidTimes()).toEqual([1, 0, 1, 0]);
    expect(await bulk.statuses()).toEqual(['settled', 'open', 'settled', 'open']);
    const { snapshot } = await bulk.state();
    expect(snapshot).toMatchObject({ status: 'partially_settled', payable: true, final: true });
    expect(await checksOf(bulk)).toEqual([
      [0, 1, 2, 3],
      [0, 2],
      [1, 3],
    ]);
  });

  it('anew after the check needs a new one, and an older page is refused', async () => {
    const bulk = await Bulk.begin(world, alice, 3);
    const before = await bulk.confirmation();
    await bulk.choose({ select: '0-1' });
    expect(await problemOf(await alice.sendConfirmation(bulk.id, before))).toEqual([
      ...[409, 'review-changed'],
    ]);
    await bulk.chosen('0-1');
    const checked = await bulk.confirmation();
    await bulk.choose({ select: '1' });
    expect((await bulk.state()).review?.check).toBe('needed');
    expect(await problemOf(await alice.sendConfirmation(bulk.id, checked))).toEqual([
      ...[409, 'review-changed'],
    ]);
    await bulk.expectUntouched();
  });

  it('of one sends a single transfer, with a proof of its own kind', async () => {
    const bulk = await Bulk.begin(world, alice, 3);
    await bulk.chosen('2');
    await bulk.confirmed();
    await bulk.reaches('approval_needed');
    expect(await bulk.attempts()).toMatchObject([{ kind: 'transfer', path: '/v2/sepa/transfers' }]);
    await bulk.approve();
    await bulk.reaches('settled');
    expect(await bulk.paidTimes()).toEqual([0, 0, 1]);
  });

  it('again and again is rationed, and says so', async () => {
    const bulk = await Bulk.begin(world, alice, 6);
    await bulk.review();
    const choose = async (select: string) => (await bulk.choose({ select, check: 'yes' })).status;
    const answers: number[] = [];
    for (let turn = 0; turn < 31 && !answers.includes(429); turn += 1) {
      answers.push(await choose(turn % 2 === 0 ? '0-2' : '1-3'));
    }
    expect(answers.at(-1)).toBe(429);
    expect(answers.length).toBeGreaterThan(25);
  });
});

describe('what the bank says of a payee', () => {
  it('is kept by row, and what differs later is shown and decided anew', async () => {
    const bulk = await Bulk.begin(world, alice, 3);
    const first = await bulk.review();
    expect(first.decisionNeeded).toBe(false);
    const row = bulk.rows[1];
    await paidAs('Somebody Else Entirely', row?.payee.iban ?? '');
    await bulk.chosen('0-1');
    const { items } = await bulk.review();
    expect(items.map(({ payeeCheck: { result, was } }) => [result, was])).toEqual([
      ['match', null],
      ['no_match', 'match'],
      ['match', null],
    ]);
    const undecided = await bulk.confirm({ accept: '0' });
    expect(await problemOf(undecided)).toEqual([409, 'payee-not-accepted', 'items[1]']);
    await bulk.expectUntouched();
    await bulk.confirmed({ accept: '1' });
  });

  it('is asked anew when it has aged, and the older review is refused', async () => {
    const bulk = await Bulk.begin(world, alice, 3);
    const fields = await bulk.confirmation();
    await world.passTime(22 * 3600 + 60);
    const answer = await alice.sendConfirmation(bulk.id, {
      ...fields,
      pageToken: await alice.openPage(bulk.id),
    });
    expect(await problemOf(answer)).toEqual([409, 'review-changed']);
    await bulk.confirmed();
    expect(await checksOf(bulk)).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  it('is awaited: nothing is confirmed while the bank still looks', async () => {
    const bulk = await Bulk.begin(world, alice, 3);
    await world.bank.faults({ match: BULK_CHECK, do: { delayMs: 4000 } });
    await bulk.state();
    const fields = await fieldsOf(bulk);
    expect((await bulk.state()).review?.items.map(({ payeeCheck }) => payeeCheck.result)).toEqual([
      ...['pending', 'pending', 'pending'],
    ]);
    expect(await problemOf(await alice.sendConfirmation(bulk.id, fields))).toEqual([
      ...[409, 'payee-check-pending'],
    ]);
    await bulk.review();
    await bulk.expectUntouched();
  });
});

describe('warnings of our own', () => {
  it('stand at two names on one IBAN, as long as both are selected', async () => {
    const iban = newIban();
    const bulk = await Bulk.begin(world, alice, [
      { name: newName(), iban },
      {},
      { name: newName(), iban },
    ]);
    const { items } = await bulk.review();
    expect(items.map(({ warnings }) => warnings)).toEqual([['shared-iban'], [], ['shared-iban']]);
    const undecided = await bulk.confirm({ accept: '0' });
    expect(await problemOf(undecided)).toEqual([409, 'payee-not-accepted', 'items[2]']);
    await bulk.chosen('0-1');
    const without = await bulk.review();
    expect(without.items[0]).toMatchObject({ warnings: [], decisionNeeded: false });
    await bulk.confirmed({ accept: '' });
  });

  it('say where a supplier was paid last, when that was another IBAN', async () => {
    const [name, before] = [newName(), newIban()];
    await paidAs(name, before);
    const bulk = await Bulk.begin(world, alice, [{ name }, {}, { name, iban: before }]);
    const { items } = await bulk.review();
    expect(items[0]).toMatchObject({
      ...{ warnings: ['iban-changed'], lastIban: before, decisionNeeded: true },
      payeeCheck: { result: 'match' },
    });
    expect(items[1]).toMatchObject({ warnings: [], lastIban: null });
    expect(items[2]).toMatchObject({ warnings: [], lastIban: null });
    const undecided = await bulk.confirm({ accept: '' });
    expect(await problemOf(undecided)).toEqual([409, 'payee-not-accepted', 'items[0]']);
    await bulk.confirmed({ accept: '0' });
    const { rows } = await world.database.query(
      `select detail from audit_log where intent_id = $1 and action = 'status:confirmed'`,
      [bulk.id],
    );
    expect(rows[0].detail.decisions).toMatchObject([{ row: 0, warnings: ['iban-changed'] }]);
  });
});
