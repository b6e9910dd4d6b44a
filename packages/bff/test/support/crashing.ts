import { afterAll, afterEach, beforeAll } from 'vitest';
import { ServiceProcess } from './process.js';
import { assertSound } from './soundness.js';
import { startWorld, type World } from './world.js';

/** A service that is a process of its own, so that it can be killed. */
export interface Crashing {
  world: World;
  /** Killed, left alone for so long, and started again. */
  crash(meanwhile?: () => Promise<void>): Promise<void>;
}

/** Whatever a file's tests break, what is stored has to be sound after each of them. */
export function crashing({ aloneForSeconds }: { aloneForSeconds: number }): Crashing {
  const held = {} as { world: World; service: ServiceProcess };
  beforeAll(async () => {
    held.world = await startWorld({ isStarted: false });
    held.service = await ServiceProcess.start(held.world);
  });
  afterEach(async () => {
    await held.world.bank.clearFaults();
    await assertSound(held.world);
  });
  afterAll(async () => {
    await held.service.kill();
    await held.world.close();
  });
  return {
    get world() {
      return held.world;
    },
    async crash(meanwhile) {
      await held.service.kill();
      await meanwhile?.();
      await held.world.passTime(aloneForSeconds, { withLeases: true });
      held.service = await ServiceProcess.start(held.world);
    },
  };
}
