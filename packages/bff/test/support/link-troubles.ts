import { afterAll, afterEach, beforeAll } from 'vitest';
import { collector } from './collectors.js';
import type { Payer } from './payer.js';
import { assertSound } from './soundness.js';
import { startWorld, type World } from './world.js';

/** A service that waits for its bank only shortly, and Alice, who collects. */
export interface LinkTroubles {
  world: World;
  alice: Payer;
}

/** Whatever a file's tests break, what is stored has to be sound after each of them. */
export function linkTroubles(): LinkTroubles {
  const held = {} as LinkTroubles;
  beforeAll(async () => {
    held.world = await startWorld({ bankTimeouts: { createMs: 1500, readMs: 2000, pollMs: 2000 } });
    held.alice = await collector(held.world);
  });
  afterEach(async () => {
    await held.world.bank.clearFaults();
    await assertSound(held.world);
    // What a test leaves open must not meet the next one's trouble.
    await held.world.database.query("update links set next_at = 'infinity'");
  });
  afterAll(() => held.world.close());
  return held;
}
