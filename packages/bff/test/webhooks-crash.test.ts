import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Journey } from './support/journey.js';
import { ServiceProcess } from './support/process.js';
import { Hooks, TOLD } from './support/webhooks.js';
import { startWorld, until, type World } from './support/world.js';

let world: World;
let service: ServiceProcess;
beforeAll(async () => {
  world = await startWorld({ ...TOLD, isStarted: false });
  service = await ServiceProcess.start(world);
});
afterAll(async () => {
  await service.kill();
  await world.close();
});

/** Created, processing, settled: so many were acknowledged. */
const told = (count: number) =>
  until(
    () => world.bank.told('v1/transfers'),
    (tries) => tries.filter(({ outcome }) => outcome === 204).length === count,
  );

it('an event that was taken by a service that is killed then is worked on by the next', async () => {
  const hooks = new Hooks(world);
  const alice = await world.signedIn();
  await hooks.has(1);
  const amount = await world.bank.amount('slow-settlement');
  const journey = await Journey.pending(world, alice, { amount });
  await journey.approve();
  await journey.reaches('processing');
  await told(2);
  await hooks.worked();
  // Whoever works on the event waits for this row, and is killed meanwhile.
  const holder = new pg.Client({ connectionString: world.databaseUrl });
  await holder.connect();
  await holder.query('begin');
  await holder.query('select 1 from attempts for update');
  await world.bank.advance(120);
  await told(3);
  await until(
    () => hooks.stored(),
    (events) => events.some(({ tries, done_at }) => tries === 1 && done_at === null),
  );
  await service.kill();
  await holder.query('rollback');
  await holder.end();
  expect((await hooks.stored()).at(-1)?.done_at).toBeNull();
  // Its leases run out; asked by itself the bank would not be for an hour.
  await world.database.query(
    `update attempts set lease_owner = null, lease_until = null,
       next_at = clock_timestamp() + interval '1 hour';
     update webhook_events set lease_until = clock_timestamp() where done_at is null`,
  );
  service = await ServiceProcess.start(world);
  await journey.reaches('settled');
  const events = await hooks.worked();
  expect(events.at(-1)?.tries).toBe(2);
}, 60_000);
