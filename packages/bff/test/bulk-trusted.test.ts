import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PAYEES } from './support/bank.js';
import { Bulk, problemOf } from './support/bulk.js';
import { assertSound } from './support/soundness.js';
import { startWorld, type World } from './support/world.js';

vi.setConfig({ testTimeout: 60_000 });

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await assertSound(world);
  await world.close();
});

async function trustedRows(count: number) {
  const payee = await world.bank.payee('trusted');
  return Array.from({ length: count }, () => ({ ...payee, amount: `${randomInt(1, 900)}.05` }));
}

describe('a bulk of payees that the company trusts', () => {
  it('asks for no approval on the phone: the click on our page is all', async () => {
    const bulk = await Bulk.begin(world, await world.signedIn(), await trustedRows(4));
    const review = await bulk.review();
    expect(review).toMatchObject({ approval: 'none', decisionNeeded: false });
    expect((await bulk.state()).signIn).toBeNull();
    await bulk.confirmed();
    await bulk.reaches('settled');
    expect(await bulk.sessions()).toEqual([]);
    expect(await bulk.paidTimes()).toEqual([1, 1, 1, 1]);
    expect(await bulk.attempts()).toMatchObject([{ kind: 'bulk', sends: 1 }]);
  });

  it('asks on the phone as soon as one payee is new', async () => {
    const rows = [...(await trustedRows(3)), {}];
    const bulk = await Bulk.begin(world, await world.signedIn(), rows);
    const review = await bulk.review();
    expect(review.approval).toBe('phone');
    expect(review.items.map(({ trusted }) => trusted)).toEqual([true, true, true, false]);
    await bulk.confirmed();
    await bulk.reaches('approval_needed');
    expect(await bulk.transfers()).toEqual([]);
    await bulk.approve();
    await bulk.reaches('settled');
  });

  it('says so anew when the payer takes the one new payee out', async () => {
    const rows = [...(await trustedRows(2)), {}];
    const bulk = await Bulk.begin(world, await world.signedIn(), rows);
    expect((await bulk.review()).approval).toBe('phone');
    await bulk.chosen('0-1');
    expect((await bulk.review()).approval).toBe('none');
    await bulk.confirmed();
    await bulk.reaches('settled');
    expect(await bulk.sessions()).toEqual([]);
    expect(await bulk.paidTimes()).toEqual([1, 1, 0]);
  });

  it('needs a fresh sign-in', async () => {
    const bulk = await Bulk.begin(world, await world.signedIn(), await trustedRows(3));
    await bulk.review();
    await world.passTime(16 * 60);
    expect(await problemOf(await bulk.confirm())).toEqual([403, 'fresh-sign-in-required']);
    expect((await bulk.state()).signIn?.reason).toBe('fresh');
    await bulk.expectUntouched();
    await bulk.payer.signIn(bulk.id);
    await bulk.confirmed();
    await bulk.reaches('settled');
  });
});

describe('a payee who became trusted since the review', () => {
  it('is told before anything is sent: now nobody would be asked', async () => {
    const [row] = await trustedRows(1);
    const bulk = await Bulk.begin(world, await world.signedIn(), [{ ...row }, { ...row }]);
    const known = { id: 'b1', name: row?.name, iban: row?.iban, status: 'validated' };
    const answer = (trusted: boolean) => ({
      match: { ...PAYEES, times: 100 },
      do: { status: 200, body: { beneficiaries: [{ ...known, trusted }] } },
    });
    await world.bank.faults(answer(false));
    expect((await bulk.review()).approval).toBe('phone');
    const fields = await bulk.confirmation();
    await world.bank.clearFaults();
    await world.bank.faults(answer(true));
    expect(await problemOf(await bulk.payer.sendConfirmation(bulk.id, fields))).toEqual([
      ...[409, 'review-changed'],
    ]);
    expect((await bulk.review()).approval).toBe('none');
    expect(await problemOf(await bulk.confirm())).toEqual([403, 'fresh-sign-in-required']);
    await bulk.expectUntouched();
    await world.bank.clearFaults();
  });
});
