import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
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
  const held = {} as { world: World; service: ServiceProcess; restart?: Promise<void> };
  beforeAll(async () => {
    held.world = await startWorld({ isStarted: false });
    held.service = await ServiceProcess.start(held.world);
  });
  // A test that ran out of time, or failed, leaves a service behind that is not back yet.
  beforeEach(async () => {
    await held.restart?.catch(() => crash());
  });
  afterEach(async () => {
    await held.world.bank.clearFaults();
    await assertSound(held.world);
  });
  afterAll(async () => {
    await held.service.kill();
    await held.world.close();
  });
  async function restart(meanwhile?: () => Promise<void>): Promise<void> {
    await held.service.kill();
    await meanwhile?.();
    await held.world.passTime(aloneForSeconds, { withLeases: true });
    held.service = await ServiceProcess.start(held.world);
  }
  function crash(meanwhile?: () => Promise<void>): Promise<void> {
    held.restart = restart(meanwhile);
    return held.restart;
  }
  return {
    get world() {
      return held.world;
    },
    crash,
  };
}
