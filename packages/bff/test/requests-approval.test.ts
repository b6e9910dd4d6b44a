import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Asking, colleagues } from './support/asking.js';
import { refusal } from './support/journey.js';
import { OwnApp } from './support/own-app.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { startWorld, until, type World } from './support/world.js';

let world: World;
let emma: Payer;
let alice: Payer;
let adam: Payer;
beforeAll(async () => {
  world = await startWorld();
  ({ emma, alice } = await colleagues(world));
  adam = world.newPayer();
  await adam.signIn((await world.createIntent()).id, 'Adam Dupont', { wanted: 'review' });
});
afterEach(async () => {
  await world.bank.clearFaults();
  await assertSound(world);
});
afterAll(() => world.close());

const pending = () => Asking.pending(world, { asker: emma, approver: alice });

/** Approved once more, to the end: one transfer, under a key of its own. */
async function approvedAnew(asking: Asking, approver: Payer): Promise<void> {
  await asking.approved(approver);
  await asking.reaches('approval_needed');
  await asking.phone('allow');
  await asking.settles();
  expect(await asking.transfers()).toHaveLength(1);
  const keys = (await asking.attempts()).map(({ bank_key }) => bank_key);
  expect(new Set(keys).size).toBe(keys.length);
}

describe('an approval that fails leaves the request waiting', () => {
  it('when it is refused on the phone; the same form does not ask again', async () => {
    const asking = await Asking.requested(world, emma);
    const pageToken = await alice.openPage(asking.id);
    const form = { pageToken, idempotencyKey: 'a-key-of-this-approval' };
    expect((await asking.approve(alice, form)).status).toBe(202);
    await asking.reaches('approval_needed');
    await asking.phone('deny');
    await asking.reaches('requested');
    expect(await asking.state(alice)).toMatchObject({
      payment: { status: 'requested', reviewable: true, cancelable: false, approval: null },
    });
    const again = await asking.approve(alice, form);
    expect([again.status, again.headers.get('Idempotent-Replayed')]).toEqual([202, 'true']);
    expect(await asking.challenges()).toHaveLength(1);
    expect((await asking.requests())[0]?.status).toBe('pending');
    await approvedAnew(asking, alice);
  });

  it('when nobody answers in time', async () => {
    const asking = await pending();
    await world.passTime(901);
    await asking.reaches('requested');
    expect(await asking.transfers()).toEqual([]);
    await approvedAnew(asking, adam);
  });

  it('when they stop it while the phone is asked, whatever the phone says then', async () => {
    const asking = await pending();
    expect((await asking.cancel(alice)).status).toBe(200);
    await asking.reaches('requested');
    await asking.phone('allow');
    await world.passTime(1);
    await asking.reaches('requested');
    expect(await asking.transfers()).toEqual([]);
    const twice = await asking.cancel(alice);
    expect(await refusal(twice)).toEqual([409, 'not-cancelable']);
    await approvedAnew(asking, alice);
  });

  it('when the bank refuses it then, and only who approved learns why', async () => {
    const amount = await world.bank.amount('insufficient-funds');
    const asking = await Asking.requested(world, emma, { amount });
    await asking.approved(alice);
    await asking.reaches('approval_needed');
    await asking.phone('allow');
    await asking.reaches('requested');
    expect((await asking.state(alice)).payment).toMatchObject({
      ...{ status: 'requested', reason: 'insufficient-funds', reviewable: true },
    });
    for (const payer of [adam, emma]) {
      const { payment, items } = await asking.state(payer);
      expect(payment).toMatchObject({ status: 'requested', reason: null });
      expect(items).toMatchObject([{ reason: null }]);
    }
    await asking.approved(adam);
    await asking.reaches('approval_needed');
    expect((await asking.state(adam)).payment?.reason).toBeNull();
    expect((await asking.decline(alice)).status).toBe(409);
  });

  it('when they have no phone, or may not after all', async () => {
    const asking = await Asking.requested(world, emma);
    const noah = world.newPayer();
    await noah.signIn(asking.id, 'Noah Bernard', { wanted: 'review' });
    const mia = world.newPayer();
    await mia.signIn(asking.id, 'Mia Rossi', { wanted: 'review' });
    for (const approver of [noah, mia]) {
      await asking.approved(approver);
      await until(
        () => asking.state(approver),
        ({ payment }) => payment?.status === 'requested',
      );
    }
    expect((await asking.state(mia)).payment?.reason).toBe('not-allowed');
    expect(await refusal(await asking.decline(mia))).toEqual([403, 'not-allowed']);
    expect(await asking.challenges()).toEqual([]);
    await approvedAnew(asking, alice);
  });
});

describe('while a colleague approves', () => {
  it('a second one is told so: one phone is asked, and one transfer is made', async () => {
    const asking = await Asking.requested(world, emma);
    const tokens = [await alice.openPage(asking.id), await adam.openPage(asking.id)];
    const answers = await Promise.all(
      [alice, adam].map((payer, index) =>
        asking.approve(payer, { pageToken: tokens[index] ?? '' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    await asking.reaches('approval_needed');
    expect(await asking.challenges()).toHaveLength(1);
    const late = await Promise.all([asking.approve(adam), asking.approve(alice)]);
    expect(late.map(({ status }) => status).sort()).toEqual([202, 409]);
    await asking.phone('allow');
    await asking.settles();
    expect(await asking.challenges()).toHaveLength(1);
    expect(await asking.transfers()).toHaveLength(1);
    expect(await asking.attempts()).toHaveLength(2);
  });

  it('nobody else may stop it or ask for another approval', async () => {
    const asking = await pending();
    expect(await refusal(await asking.cancel(emma))).toEqual([409, 'not-cancelable']);
    expect(await refusal(await asking.cancel(adam))).toEqual([404, 'payment-not-found']);
    for (const payer of [emma, adam]) {
      const pageToken = await payer.openPage(asking.id);
      const path = `/pay/api/intents/${asking.id}/approval`;
      const answer = await payer.form(path, { pageToken, method: 'passkey' });
      expect([404, 409]).toContain(answer.status);
    }
    expect(await asking.challenges()).toMatchObject([{ result: 'waiting' }]);
    await asking.reaches('approval_needed');
  });

  it('they may use another method: the first approval moves nothing any more', async () => {
    const asking = await pending();
    const pageToken = await alice.openPage(asking.id);
    const path = `/pay/api/intents/${asking.id}/approval`;
    const answer = await alice.form(path, { pageToken, method: 'passkey' });
    expect(answer.status).toBe(202);
    const challenges = await until(
      () => asking.challenges(),
      ({ length }) => length === 2,
    );
    expect(challenges.map(({ method }) => method)).toEqual(['paired-device', 'passkey']);
    await world.bank.answer(challenges[0]?.token ?? '', 'allow');
    await asking.reaches('approval_needed');
    await world.passTime(1);
    expect(await asking.transfers()).toEqual([]);
    await asking.phone('allow');
    await asking.settles();
    expect(await asking.transfers()).toHaveLength(1);
    expect(await asking.attempts()).toMatchObject([{ live: false }, { sends: 1 }, { sends: 2 }]);
  });

  it("another one in Qonto's own app may be faster: one transfer, whoever was", async () => {
    const asking = await pending();
    const [request] = await asking.requests();
    if (request) await (await OwnApp.of(world, 'adam')).approve(request);
    await asking.phone('allow');
    await until(
      async () => (await asking.payments())[0]?.status,
      (status) => status !== 'approval_needed',
    );
    await world.passTime(31);
    await asking.settles();
    expect(await asking.transfers()).toHaveLength(1);
    expect((await asking.requests())[0]).toMatchObject({ approver: 'adam' });
  });

  it("another one in Qonto's own app may decline: nothing moves, and the row is free", async () => {
    const asking = await pending();
    const [request] = await asking.requests();
    if (request) await (await OwnApp.of(world, 'adam')).decline(request);
    await asking.phone('allow');
    await until(
      async () => (await asking.payments())[0]?.status,
      (status) => status !== 'approval_needed',
    );
    await world.passTime(31);
    await asking.reaches('denied');
    expect(await asking.transfers()).toEqual([]);
    expect((await asking.state(emma)).snapshot?.payable).toBe(true);
  });
});

describe('when the colleague withdraws their consent', () => {
  it('while the phone is asked, the request waits for another one', async () => {
    const asking = await pending();
    await world.bank.revokeConsent('alice');
    await world.passTime(960);
    // Any other answer of the bank tells us its time.
    await adam.review((await world.createIntent()).id);
    await world.passTime(0);
    await asking.reaches('requested');
    expect((await asking.state(emma)).signIn).toBeNull();
    await approvedAnew(asking, adam);
    await alice.signIn(asking.id, 'Alice Martin', { wanted: 'review' });
  });

  it('after the approval, whoever asked sees it to its end', async () => {
    const amount = await world.bank.amount('slow-settlement');
    const asking = await Asking.requested(world, emma, { amount });
    await asking.approved(alice);
    await asking.reaches('approval_needed');
    await asking.phone('allow');
    await asking.reaches('processing');
    await world.bank.revokeConsent('alice');
    await world.passTime(125);
    await asking.reaches('settled');
    expect((await asking.attempts()).at(-1)).toMatchObject({ member: 'Alice Martin' });
    await alice.signIn(asking.id, 'Alice Martin', { wanted: 'review' });
  });

  it('when another one declines then, that is seen', async () => {
    const asking = await pending();
    await asking.phone('deny');
    await asking.reaches('requested');
    await world.bank.revokeConsent('alice');
    expect((await asking.decline(adam)).status).toBe(200);
    await world.passTime(0);
    await asking.reaches('denied');
    await alice.signIn(asking.id, 'Alice Martin', { wanted: 'review' });
  });
});
