import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CREATE_BULK } from './support/bank.js';
import { Bulk, problemOf } from './support/bulk.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { startWorld, type World } from './support/world.js';

vi.setConfig({ testTimeout: 60_000 });

let world: World;
let alice: Payer;
let adam: Payer;
beforeAll(async () => {
  world = await startWorld();
  [alice, adam] = await Promise.all([world.signedIn(), world.signedIn('Adam Dupont')]);
});
afterAll(async () => {
  await assertSound(world);
  await world.close();
});

/** Of four rows the second fails when its transfer is to be made, the third afterwards. */
async function settledInPart(): Promise<Bulk> {
  const [early, late] = await Promise.all(
    ['insufficient-funds', 'declined:organisation_compliance_reasons'].map((effect) =>
      world.bank.amount(effect),
    ),
  );
  const rows = [{}, { amount: early ?? '' }, { amount: late ?? '' }, {}];
  const bulk = await Bulk.accepted(world, alice, rows);
  await bulk.reaches('partially_settled');
  return bulk;
}

const reasonsOf = async (payer: Payer, { id }: Bulk) =>
  (await payer.state(id)).items.map(({ status, reason }) => [status, reason]);

describe.concurrent('a bulk of which some rows fail', () => {
  it('settles in part, and says why by row to the partner and to who paid', async () => {
    const bulk = await settledInPart();
    const outcome = [
      ['settled', null],
      ['declined', 'insufficient-funds'],
      ['declined', 'compliance'],
      ['settled', null],
    ];
    const payment = await bulk.payment();
    expect(payment).toMatchObject({ final: true, reason: null });
    expect(payment?.items.map(({ status, reason }) => [status, reason])).toEqual(outcome);
    expect(await reasonsOf(alice, bulk)).toEqual(outcome);
    expect(await reasonsOf(adam, bulk)).toEqual(outcome.map(([status]) => [status, null]));
    const { snapshot } = await bulk.state();
    expect(snapshot).toMatchObject({
      ...{ status: 'partially_settled', final: true, payable: true, why: null },
      nextAction: 'open',
    });
    expect(JSON.stringify(snapshot)).not.toContain('insufficient');
  });

  it('offers exactly those for another payment: new key, new proof, the others are locked', async () => {
    const bulk = await settledInPart();
    const review = await bulk.review();
    expect(review).toMatchObject({ selected: [1, 2], count: 2, amount: '1332.26' });
    expect(review.items.map(({ index }) => index)).toEqual([1, 2]);
    const { version } = review;
    const paid = await bulk.choose({ select: '1,3' });
    expect(await problemOf(paid)).toEqual([409, 'already-paid', 'items[3]']);
    expect((await bulk.review()).version).toBe(version);

    await bulk.confirmed();
    await bulk.reaches('approval_needed');
    await bulk.approve();
    const again = await bulk.reaches('declined');
    expect(again.items.map(({ index }) => index)).toEqual([1, 2]);
    const [first, second] = (await bulk.attempts()).map(({ bank_key, body }) => ({
      bank_key,
      ...(JSON.parse(body.toString()) as { vop_proof_token: unknown }),
    }));
    expect(second?.bank_key).not.toBe(first?.bank_key);
    expect(second?.vop_proof_token).not.toEqual(first?.vop_proof_token);
    expect((await bulk.paidTimes()).filter((_times, row) => row !== 2)).toEqual([1, 0, 1]);
    expect(await bulk.statuses()).toEqual(['settled', 'declined', 'declined', 'settled']);
  });

  it('is declined where all fail for one reason, and settles from another account', async () => {
    const bulk = await Bulk.begin(world, alice, 3);
    const { accounts, accountId } = await bulk.review();
    const empty = accounts.find(({ balance }) => balance === '0.00')?.id ?? '';
    await bulk.choose({ account: empty });
    expect((await bulk.review()).balanceTooLow).toBe(true);
    await bulk.confirmed();
    await bulk.reaches('approval_needed');
    await bulk.approve();
    expect(await bulk.reaches('declined')).toMatchObject({ reason: 'insufficient-funds' });
    await bulk.choose({ account: accountId });
    await bulk.confirmed();
    await bulk.reaches('approval_needed');
    await bulk.approve();
    await bulk.reaches('settled');
    expect(await bulk.paidTimes()).toEqual([1, 1, 1]);
    expect((await bulk.payments()).map(({ status }) => status)).toEqual(['settled', 'declined']);
  });

  it('shows a row that needs a colleague as declined, and the others go on', async () => {
    const amount = await world.bank.amount('policy-approval-required');
    const bulk = await Bulk.accepted(world, alice, [{}, { amount }]);
    const { items } = await bulk.reaches('partially_settled');
    expect(items.map(({ status, reason }) => [status, reason])).toEqual([
      ['settled', null],
      ['declined', 'needs-approver'],
    ]);
    expect((await bulk.state()).canAsk).toBe(true);
  });
});

describe.concurrent('a row above 30,000 EUR', () => {
  it('without its document stops the confirmation, which names the row and stores nothing', async () => {
    const bulk = await Bulk.begin(world, alice, [
      {},
      { amount: '30000.00' },
      { amount: '30000.01' },
    ]);
    const review = await bulk.review();
    expect(review.items.map(({ document }) => document)).toEqual([
      ...['not-needed', 'not-needed'],
      expect.stringMatching(/missing|consent/),
    ]);
    expect(await problemOf(await bulk.confirm())).toEqual([409, 'document-missing', 'items[2]']);
    await bulk.expectUntouched();
    await bulk.chosen('0-1');
    await bulk.confirmed();
    expect(await bulk.reaches('approval_needed')).toMatchObject({ amount: '31234.50' });
  });
});

describe('a plan that may not pay many at once', () => {
  it('pays one row after the other, each with an approval of its own', async () => {
    const nora = await world.signedIn('Nora Petit');
    const bulk = await Bulk.begin(world, nora, [
      { amount: '1.00' },
      { amount: '2.00' },
      { amount: '3.00' },
    ]);
    expect(await bulk.review()).toMatchObject({ selectable: 'many', selected: [0, 1, 2] });
    const creates = await world.bank.calls(`POST ${CREATE_BULK.path}`);
    await bulk.confirmed();
    expect(await bulk.reaches('declined')).toMatchObject({ reason: 'bulk-not-allowed' });
    expect(await bulk.sessions()).toEqual([]);
    for (const row of [0, 1, 2]) {
      expect(await bulk.review()).toMatchObject({ selectable: 'one', selected: [row], count: 1 });
      await bulk.confirmed();
      await bulk.reaches('approval_needed');
      await bulk.approve();
      await bulk.reaches('settled');
    }
    expect(await world.bank.calls(`POST ${CREATE_BULK.path}`)).toBe(creates + 1);
    expect(await bulk.paidTimes()).toEqual([1, 1, 1]);
    expect((await bulk.state()).snapshot).toMatchObject({ status: 'settled', why: 'paid' });
  });
});
