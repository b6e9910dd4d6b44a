import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fault } from './support/bank.js';
import { collector } from './support/collectors.js';
import {
  CREATE_LINK,
  DEACTIVATE_LINK,
  LIST_LINKS,
  READ_LINK,
  READ_PAYMENTS,
} from './support/link-bank.js';
import { LinkJourney } from './support/link-journey.js';
import { passLinkTime } from './support/link-time.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { startWorld, until, type World } from './support/world.js';

const ROUNDS = 6;
const AT_ONCE = 4;
const CALLS = [CREATE_LINK, CREATE_LINK, LIST_LINKS, READ_LINK, READ_PAYMENTS, DEACTIVATE_LINK];
const TROUBLES: Fault['do'][] = [
  { resetBefore: true },
  { resetAfterCommit: true },
  { truncateBytes: 30 },
  { delayMs: 800 },
  { status: 503, body: {} },
  { status: 200, body: { ok: true } },
  { html: true },
  { rateLimit: { retryAfter: 1 } },
];

/** What goes wrong in one round, and what becomes of each link meanwhile. */
const round = fc.record({
  faults: fc.array(
    fc.record({
      match: fc.record({ call: fc.constantFrom(...CALLS), nth: fc.integer({ min: 1, max: 4 }) }),
      do: fc.constantFrom(...TROUBLES),
    }),
    { minLength: 2, maxLength: 8 },
  ),
  acts: fc.array(fc.constantFrom('pay', 'pay slowly', 'deactivate', 'wait'), {
    minLength: AT_ONCE,
    maxLength: AT_ONCE,
  }),
});

let world: World;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld({ bankTimeouts: { createMs: 500, readMs: 1500, pollMs: 1500 } });
  alice = await collector(world);
});
afterAll(() => world.close());

async function act(journey: LinkJourney, what: string): Promise<void> {
  const [row] = await journey.rows();
  if (row?.status !== 'open') return;
  if (what === 'pay') await journey.paid();
  if (what === 'pay slowly') await journey.paid('pending, then paid');
  // Whatever it answers: the bank may be silent.
  if (what === 'deactivate') await journey.deactivate();
}

/** Whatever went wrong: one link, of which we say what the bank says; or none, which is proved. */
async function isAsAtTheBank(journey: LinkJourney): Promise<void> {
  const [row, ...others] = await journey.rows();
  expect(others).toEqual([]);
  const links = await journey.atBank();
  const what = [row?.status, ...links.map(({ status }) => status)].join(' ');
  expect([
    ...['failed', 'open open', 'paid paid', 'canceled canceled', 'processing processing'],
  ]).toContain(what);
}

it('whatever goes wrong at the bank, each invoice has one link, or provably none', async () => {
  await fc.assert(
    fc.asyncProperty(round, async ({ faults, acts }) => {
      await world.bank.clearFaults();
      const journeys = await Promise.all(acts.map(() => LinkJourney.begin(world, alice)));
      const fields = await Promise.all(journeys.map((journey) => journey.fields()));
      await world.bank.faults(
        ...faults.map(({ match: { call, nth }, do: trouble }) => ({
          match: { ...call, nth },
          do: trouble,
        })),
      );
      // One that the bank cannot be asked for is not stored; the member tries again.
      await Promise.all(
        journeys.map((journey, index) =>
          until(
            async () => (await journey.ask(fields[index])).status,
            (status) => status === 202,
          ),
        ),
      );
      await passLinkTime(world, 4);
      await Promise.all(journeys.map((journey, index) => act(journey, acts[index] ?? 'wait')));
      await passLinkTime(world, 61);
      await world.bank.clearFaults();
      for (const seconds of [61, 61, 61, 61]) await passLinkTime(world, seconds);
      await Promise.all(journeys.map(isAsAtTheBank));
      await assertSound(world);
    }),
    { numRuns: ROUNDS, endOnFailure: true },
  );
}, 120_000);
