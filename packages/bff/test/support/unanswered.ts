import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { CREATE, type Fault } from './bank.js';
import { Journey } from './journey.js';
import { newAmount } from './new-amount.js';
import { assertSound } from './soundness.js';
import { type IntentChanges, startWorld, until, type World } from './world.js';

/** A world in which the bank gets little time to answer, and what happens in it. */
export interface Silence {
  world: World;
  /** Confirmed while this goes wrong at the bank; `trusted`: the bank asks no phone. */
  confirmed(trouble: Fault['do'] | undefined, wish?: Wish): Promise<Journey>;
  /** The same, and the answer is missing by now. */
  unanswered(trouble: Fault['do'], wish?: Wish): Promise<Journey>;
  /** Time passes until whatever can be done now has been done. */
  pass(seconds: number): Promise<void>;
  settles(journey: Journey): Promise<void>;
}

type Wish = IntentChanges & { trusted?: boolean };

export function silence(): Silence {
  const held = {} as { world: World };
  beforeAll(async () => {
    held.world = await startWorld({
      bankTimeouts: { createMs: 600, bulkMs: 1500, readMs: 2000, pollMs: 2000 },
    });
  });
  afterEach(async () => {
    await held.world.bank.clearFaults();
    await assertSound(held.world);
    // What a test leaves open must not meet the next one's trouble.
    await held.world.database.query('update attempts set live = false where live');
  });
  afterAll(() => held.world.close());

  const confirmed: Silence['confirmed'] = async (trouble, { trusted, ...changes } = {}) => {
    const { world } = held;
    const payee = trusted ? await world.bank.payee('trusted') : {};
    const payer = await world.signedIn();
    const journey = await Journey.begin(world, payer, {
      ...payee,
      amount: newAmount(),
      ...changes,
    });
    const fields = await payer.confirmation(journey.id);
    if (trouble) await world.bank.faults({ match: CREATE, do: trouble });
    expect((await payer.sendConfirmation(journey.id, fields)).status).toBe(202);
    return journey;
  };
  const pass: Silence['pass'] = async (seconds) => {
    await held.world.passTime(seconds);
    const due = `select 1 from attempts where live and next_at < 'infinity'
      and (next_at <= clock_timestamp() or lease_owner is not null)`;
    await until(
      () => held.world.database.query(due),
      ({ rowCount }) => rowCount === 0,
    );
  };
  return {
    get world() {
      return held.world;
    },
    confirmed,
    pass,
    async unanswered(trouble, wish) {
      const journey = await confirmed(trouble, wish);
      const payment = await journey.reaches('unknown');
      expect(payment).toMatchObject({ final: false, reason: null });
      return journey;
    },
    async settles(journey) {
      await journey.reaches('processing');
      await pass(4);
      await journey.reaches('settled');
      expect(await journey.transfers()).toHaveLength(1);
    },
  };
}
