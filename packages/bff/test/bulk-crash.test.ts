import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CREATE_BULK, READ_BULK } from './support/bank.js';
import { Bulk } from './support/bulk.js';
import { crashing } from './support/crashing.js';
import type { Payer } from './support/payer.js';
import { until, type World } from './support/world.js';

vi.setConfig({ testTimeout: 120_000 });

/** Longer than the lease of a bulk, shorter than a key's life. */
const TWO_MINUTES = 120;
const ROWS = 12;

const crashes = crashing({ aloneForSeconds: TWO_MINUTES });
let world: World;
let alice: Payer;
const { crash } = crashes;
beforeAll(async () => {
  ({ world } = crashes);
});
beforeEach(async () => {
  alice = await world.signedIn();
});

/** Lets time pass until all has settled; nobody clicks anything. */
async function settles(bulk: Bulk, approve = false): Promise<void> {
  await until(
    async () => {
      const status = (await bulk.payment())?.status;
      if (status === 'settled') return status;
      if (approve) await bulk.approve().catch(() => {});
      await world.passTime(31);
      return status;
    },
    (status) => status === 'settled',
    60_000,
  );
  expect(await bulk.paidTimes()).toEqual(Array(ROWS).fill(1));
  expect(await bulk.payments()).toHaveLength(1);
}

describe('a service that is killed while it pays a bulk', () => {
  it('right after the confirmation pays each row once, by itself, when it is back', async () => {
    const bulk = await Bulk.begin(world, alice, ROWS);
    await bulk.confirmed();
    await crash();
    await settles(bulk, true);
  });

  it('while the approval is pending goes on when it was given meanwhile', async () => {
    const bulk = await Bulk.pending(world, alice, ROWS);
    await crash(() => bulk.approve());
    await settles(bulk);
    expect(await bulk.sessions()).toHaveLength(1);
  });

  it('during the approved call finds the bulk at the bank, and does not pay a second time', async () => {
    const bulk = await Bulk.pending(world, alice, ROWS);
    await world.bank.faults({ match: CREATE_BULK, do: { delayMs: 8000 } });
    await bulk.approve();
    await until(
      () => bulk.transfers(),
      ({ length }) => length > 0,
    );
    await crash();
    await settles(bulk);
    expect(await bulk.attempts()).toMatchObject([{ sends: 2, unanswered: true }]);
  });

  it('before the approved call has reached the bank sends the same bytes again', async () => {
    const bulk = await Bulk.pending(world, alice, ROWS);
    await world.bank.faults({ match: CREATE_BULK, do: { resetBefore: true } });
    await bulk.approve();
    await until(
      () => bulk.attempts(),
      ([attempt]) => attempt?.sends === 2,
    );
    await crash();
    await settles(bulk);
    const [attempt, ...others] = await bulk.attempts();
    expect([attempt?.unanswered, others]).toEqual([true, []]);
    // One more where the kill came after the next send.
    expect([3, 4]).toContain(attempt?.sends);
    expect(await bulk.sessions()).toHaveLength(1);
  });

  it('while the bank works on it follows each row to its end', async () => {
    const bulk = await Bulk.pending(world, alice, ROWS);
    await bulk.approve();
    await bulk.reaches('processing');
    await crash();
    await settles(bulk);
    expect(await bulk.attempts()).toMatchObject([{ sends: 2, unanswered: false }]);
  });

  it('again and again, while it hears of the rows, tells each of them once', async () => {
    const bulk = await Bulk.pending(world, alice, ROWS);
    await world.bank.faults({ match: { ...READ_BULK, times: 3 }, do: { delayMs: 1500 } });
    await bulk.approve();
    await bulk.reaches('processing');
    for (let times = 0; times < 3; times += 1) await crash();
    await settles(bulk);
  });
});
