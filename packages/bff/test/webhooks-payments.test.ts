import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '../src/service.js';
import { CREATE } from './support/bank.js';
import { Journey } from './support/journey.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { Hooks, TOLD } from './support/webhooks.js';
import { type IntentChanges, startWorld, until, type World } from './support/world.js';

let world: World;
let second: Service;
let hooks: Hooks;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld(TOLD);
  second = await world.startInstance();
  hooks = new Hooks(world);
  alice = await world.signedIn();
  await hooks.has(1);
});
afterEach(async () => {
  await world.bank.clearFaults();
  await assertSound(world);
});
afterAll(async () => {
  await second.close();
  await world.close();
});

/** Taken by the bank, which carries it out in two minutes; nobody will ask it for an hour. */
async function slow(changes: IntentChanges = {}): Promise<Journey> {
  const [amount, before] = [await world.bank.amount('slow-settlement'), (await outcomes()).length];
  const journey = await Journey.pending(world, alice, { ...changes, amount });
  await journey.approve();
  await journey.reaches('processing');
  // That it was created, and that it is on its way.
  await until(outcomes, ({ length }) => length >= before + 2);
  await hooks.worked();
  await noPolls(journey);
  return journey;
}

async function noPolls(journey: Journey): Promise<void> {
  const [attempt] = await journey.attempts();
  const putOff = () =>
    world.database.query(
      `update attempts set next_at = clock_timestamp() + interval '1 hour'
       where id = $1 and lease_owner is null`,
      [attempt?.id],
    );
  await until(putOff, ({ rowCount }) => rowCount === 1);
}

const trouble = (webhook: string) =>
  world.bank.faults({ match: { path: 'v1/transfers' }, do: { webhook } });

const outcomes = async () => (await world.bank.told('v1/transfers')).map(({ outcome }) => outcome);

describe('a transfer of which the bank tells', () => {
  it('is settled at once, although nobody would have asked for an hour', async () => {
    const journey = await slow();
    await world.bank.advance(120);
    await journey.reaches('settled');
    expect(await journey.transfers()).toHaveLength(1);
  });

  it('is looked at after a look that was under way when the event came', async () => {
    const journey = await slow();
    const [attempt] = await journey.attempts();
    const lease = (until: string) =>
      world.database.query(
        `update attempts set lease_until = ${until}, last_polled_at = clock_timestamp() where id = $1`,
        [attempt?.id],
      );
    await lease(`clock_timestamp() + interval '1 minute'`);
    await world.bank.advance(120);
    const event = await until(
      async () => (await hooks.stored()).find(({ done_at }) => done_at === null),
      (one) => (one?.tries ?? 0) >= 2,
    );
    expect((await journey.payment())?.status).toBe('processing');
    // The look is over, and has found nothing new.
    await world.database.query('update attempts set lease_until = null where id = $1', [
      attempt?.id,
    ]);
    await journey.reaches('settled');
    expect(event?.topic).toBe('transfers');
  });

  it('twice, or in another order, is settled once', async () => {
    const before = (await hooks.stored()).length;
    await trouble('duplicate');
    const twice = await slow();
    await trouble('reorder');
    const disordered = await slow();
    await world.bank.advance(120);
    await Promise.all([twice.reaches('settled'), disordered.reaches('settled')]);
    const events = await hooks.worked();
    // Created, processing and settled; the duplicate is none of them.
    expect(events.slice(before)).toHaveLength(6);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  it.each(['bad-signature', 'stale'])(
    '%s is refused, and taken when it is told again',
    async (webhook) => {
      const journey = await slow();
      await trouble(webhook);
      await world.bank.advance(120);
      await until(outcomes, (all) => all.at(-1) === 401);
      expect((await journey.payment())?.status).toBe('processing');
      await world.bank.advance(10);
      await journey.reaches('settled');
      expect((await outcomes()).at(-1)).toBe(204);
    },
  );

  it('is found by asking where the bank does not tell', async () => {
    await world.bank.faults({ match: { path: 'v1/transfers', times: 9 }, do: { webhook: 'drop' } });
    const journey = await slow();
    await world.bank.advance(120);
    await until(outcomes, (all) => all.slice(-3).every((one) => one === 'dropped'));
    expect((await journey.payment())?.status).toBe('processing');
    await world.passTime(0);
    await journey.reaches('settled');
  });

  it('whose making was not answered is found at once', async () => {
    const journey = await Journey.begin(world, alice, await world.bank.payee('trusted'));
    await world.bank.faults({ match: CREATE, do: { resetAfterCommit: true } });
    // Its first events come before we know that we do not know.
    await world.bank.faults({ match: { path: 'v1/transfers' }, do: { webhook: 'drop' } });
    await journey.confirmed();
    await journey.reaches('unknown');
    await world.bank.advance(12);
    await journey.reaches('settled');
    expect(await journey.attempts()).toMatchObject([{ sends: 1, unanswered: true }]);
  });

  it('and which nobody here has made changes nothing', async () => {
    const journey = await slow();
    const [subscription] = await hooks.has(1);
    if (!subscription) throw new Error('the bank tells us');
    const before = await journey.attempts();
    await hooks.send(subscription, {
      ...{ id: 'an-event', type: 'v1/transfers' },
      data: { event: 'settled', id: 'a-transfer-of-another', status: 'settled' },
    });
    await hooks.worked();
    expect(await journey.attempts()).toEqual(before);
    await world.bank.advance(120);
    await journey.reaches('settled');
  });
});
