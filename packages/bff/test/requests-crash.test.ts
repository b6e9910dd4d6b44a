import { beforeAll, describe, expect, it } from 'vitest';
import { APPROVE, ASK, Asking, colleagues } from './support/asking.js';
import { crashing } from './support/crashing.js';
import { OwnApp } from './support/own-app.js';
import type { Payer } from './support/payer.js';
import { until, type World } from './support/world.js';

/** Longer than any lease, shorter than a key's life. */
const TWO_MINUTES = 120;

const crashes = crashing({ aloneForSeconds: TWO_MINUTES });
let world: World;
let emma: Payer;
let alice: Payer;
const { crash } = crashes;
beforeAll(async () => {
  ({ world } = crashes);
  ({ emma, alice } = await colleagues(world));
});

/** Lets time pass until the payment is there; nobody clicks anything. */
async function goesOnTo(asking: Asking, status: string): Promise<void> {
  await until(
    async () => {
      const [payment] = await asking.payments();
      if (payment?.status !== status) await world.passTime(31);
      return payment?.status;
    },
    (now) => now === status,
    30_000,
  );
}

const pending = () => Asking.pending(world, { asker: emma, approver: alice });

describe('a service that is killed', () => {
  it('right after a member has asked passes it on when it is back', async () => {
    const asking = await Asking.begin(world);
    await asking.asked(emma);
    await crash();
    await goesOnTo(asking, 'requested');
    expect(await asking.requests()).toHaveLength(1);
  });

  it('while the request is on its way finds the one that the bank has taken', async () => {
    const asking = await Asking.begin(world);
    const fields = { ...(await asking.fields(emma)), pageToken: await emma.openPage(asking.id) };
    await world.bank.faults({ match: ASK, do: { delayMs: 5000 } });
    await asking.asked(emma, fields);
    await until(
      () => asking.requests(),
      ({ length }) => length === 1,
    );
    await crash();
    await goesOnTo(asking, 'requested');
    expect(await asking.requests()).toHaveLength(1);
  });

  it('while a request waits sees what was decided meanwhile', async () => {
    const asking = await Asking.requested(world, emma);
    const [request] = await asking.requests();
    await crash(async () => {
      if (request) await (await OwnApp.of(world, 'adam')).approve(request);
    });
    await goesOnTo(asking, 'settled');
    expect(await asking.transfers()).toHaveLength(1);
  });

  it('while the phone is asked goes on when the approval was given meanwhile', async () => {
    const asking = await pending();
    await crash(() => asking.phone('allow'));
    await goesOnTo(asking, 'settled');
    expect(await asking.transfers()).toHaveLength(1);
    expect(await asking.challenges()).toHaveLength(1);
    expect(await asking.attempts()).toMatchObject([{ sends: 1 }, { sends: 2, unanswered: false }]);
  });

  it('while the phone is asked lets the request wait when it was refused meanwhile', async () => {
    const asking = await pending();
    await crash(() => asking.phone('deny'));
    await goesOnTo(asking, 'requested');
    expect((await asking.state(alice)).payment?.reviewable).toBe(true);
    expect(await asking.transfers()).toEqual([]);
  });

  it('during the approved replay does not pay a second time', async () => {
    const asking = await pending();
    await world.bank.faults({ match: APPROVE, do: { delayMs: 5000 } });
    await asking.phone('allow');
    await until(
      () => asking.transfers(),
      ({ length }) => length === 1,
    );
    await crash();
    await goesOnTo(asking, 'settled');
    expect(await asking.transfers()).toHaveLength(1);
    expect(await asking.requests()).toMatchObject([{ status: 'approved', approver: 'alice' }]);
  });
});
