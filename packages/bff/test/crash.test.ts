import { beforeAll, describe, expect, it } from 'vitest';
import { CREATE, POLL } from './support/bank.js';
import { crashing } from './support/crashing.js';
import { Journey } from './support/journey.js';
import type { Payer } from './support/payer.js';
import { until, type World } from './support/world.js';

/** Longer than any lease, shorter than a key's life. */
const A_MINUTE = 60;

const crashes = crashing({ aloneForSeconds: A_MINUTE });
let world: World;
let alice: Payer;
const { crash } = crashes;
beforeAll(async () => {
  ({ world } = crashes);
});

/** Lets time pass until the payment is there; nobody clicks anything. */
async function goesOnTo(journey: Journey, status: string, approve = false): Promise<void> {
  await until(
    async () => {
      const payment = await journey.payment();
      if (payment?.status === status) return payment;
      if (approve) await journey.approve().catch(() => {});
      await world.passTime(31);
      return payment;
    },
    (payment) => payment?.status === status,
    30_000,
  );
}

describe('a service that is killed', () => {
  it('right after the confirmation pays once, by itself, when it is back', async () => {
    alice = await world.signedIn();
    const journey = await Journey.begin(world, alice);
    await journey.confirmed();
    await crash();
    await goesOnTo(journey, 'settled', true);
    expect(await journey.transfers()).toHaveLength(1);
  });

  it('during the first call finds the transfer that the bank has made', async () => {
    alice = await world.signedIn();
    const journey = await Journey.begin(world, alice, await world.bank.payee('trusted'));
    await world.bank.faults({ match: CREATE, do: { delayMs: 5000 } });
    await journey.confirmed();
    await until(
      () => journey.transfers(),
      ({ length }) => length === 1,
    );
    await crash();
    await goesOnTo(journey, 'settled');
    expect(await journey.transfers()).toHaveLength(1);
    expect(await journey.attempts()).toMatchObject([{ sends: 1, unanswered: true }]);
  });

  it('while the approval is pending goes on when it was given meanwhile', async () => {
    const journey = await Journey.pending(world, alice);
    await crash(() => journey.approve());
    await goesOnTo(journey, 'settled');
    expect(await journey.transfers()).toHaveLength(1);
    expect(await journey.attempts()).toMatchObject([{ sends: 2, unanswered: false }]);
    expect(await journey.pushes()).toBe(1);
  });

  it('while the approval is pending moves nothing when it was refused meanwhile', async () => {
    const journey = await Journey.pending(world, alice);
    await crash(() => journey.refuse());
    await journey.reaches('denied');
    expect(await journey.transfers()).toEqual([]);
  });

  it('while the word about the approval is on its way still makes one transfer', async () => {
    const journey = await Journey.pending(world, alice);
    // Each answer to a poll is on its way for longer than the service lives.
    await world.bank.faults({ match: { ...POLL, times: 50 }, do: { delayMs: 2000 } });
    await journey.approve();
    await world.passTime(0);
    await crash(() => world.bank.clearFaults());
    await goesOnTo(journey, 'settled');
    expect(await journey.transfers()).toHaveLength(1);
  });

  it('during the replay finds the transfer, and does not pay a second time', async () => {
    const journey = await Journey.pending(world, alice);
    await world.bank.faults({ match: CREATE, do: { delayMs: 5000 } });
    await journey.approve();
    await until(
      () => journey.transfers(),
      ({ length }) => length === 1,
    );
    await crash();
    await goesOnTo(journey, 'settled');
    expect(await journey.transfers()).toHaveLength(1);
    expect(await journey.attempts()).toMatchObject([{ sends: 2, unanswered: true }]);
  });

  it('after the bank has accepted follows the transfer to its end', async () => {
    const amount = await world.bank.amount('slow-settlement');
    const journey = await Journey.pending(world, alice, { amount });
    await journey.approve();
    await journey.reaches('processing');
    await crash(() => world.bank.advance(A_MINUTE));
    await goesOnTo(journey, 'settled');
    expect(await journey.attempts()).toMatchObject([{ sends: 2 }]);
  });

  it('keeps who is signed in, and shows the payment as it is', async () => {
    const journey = await Journey.pending(world, alice);
    await crash();
    const { member, payment, snapshot } = await alice.state(journey.id);
    expect(member?.name).toBe('Alice Martin');
    expect(payment).toMatchObject({ status: 'approval_needed', mine: true, cancelable: true });
    expect(snapshot).toMatchObject({ nextAction: 'phone', payable: false });
    await journey.approve();
    await goesOnTo(journey, 'settled');
  });

  it('in the middle of ten confirmations makes one transfer for each that it stored', async () => {
    const journeys = await Promise.all(
      Array.from({ length: 10 }, () => Journey.begin(world, alice)),
    );
    const fields = await Promise.all(journeys.map(({ id }) => alice.confirmation(id)));
    const sent = journeys.map(({ id }, index) =>
      alice.sendConfirmation(id, fields[index] ?? {}).then(
        ({ status }) => status,
        () => 0,
      ),
    );
    await Promise.race(sent);
    await crash();
    const answers = await Promise.all(sent);
    for (const [index, journey] of journeys.entries()) {
      const stored = (await journey.payments()).length;
      if (answers[index] === 202) expect(stored).toBe(1);
      if (stored > 0) await goesOnTo(journey, 'settled', true);
      expect(await journey.transfers()).toHaveLength(stored);
    }
  });
});
