import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collector } from './support/collectors.js';
import { LinkJourney } from './support/link-journey.js';
import type { Payer } from './support/payer.js';
import { Hooks, type Subscription, TOLD } from './support/webhooks.js';
import { startWorld, until, type World } from './support/world.js';

let world: World;
let hooks: Hooks;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld(TOLD);
  hooks = new Hooks(world);
  alice = await collector(world);
  await until(
    () => hooks.subscriptions(),
    ([first]) => first?.types.includes('v1/payment-links') ?? false,
  );
});
afterAll(() => world.close());

/** Everybody is told, and not only who made it. */
const isPaid = (journey: LinkJourney) =>
  until(
    () => journey.publicSnapshot(),
    ({ status }) => status === 'paid',
  );

it('a link that a client pays is paid at once, although nobody would have asked for an hour', async () => {
  const journey = await LinkJourney.made(world, alice);
  await journey.paid();
  await isPaid(journey);
  const events = await hooks.worked();
  expect(events.map(({ topic }) => topic)).toContain('payment-links');
});

it('a link is looked at after a look that was under way when the event came', async () => {
  const journey = await LinkJourney.made(world, alice);
  const lease = (until: string) =>
    world.database.query(`update links set lease_until = ${until} where intent_id = $1`, [
      journey.id,
    ]);
  await lease(`clock_timestamp() + interval '1 minute'`);
  await journey.paid();
  await until(
    () => hooks.stored(),
    (events) => events.some(({ tries, done_at }) => tries >= 2 && done_at === null),
  );
  expect((await journey.publicSnapshot()).status).toBe('open');
  await lease('null');
  await isPaid(journey);
});

it('a link is looked at once a second, however often somebody tells of it', async () => {
  const journey = await LinkJourney.made(world, alice);
  const [subscription] = (await hooks.has(1)) as [Subscription];
  const [row] = await journey.rows();
  const looks = () => world.bank.calls('GET /v2/payment_links/{id}');
  const [before, startedAt] = [await looks(), performance.now()];
  for (let told = 0; told < 20; told++) {
    const data = { event: 'updated', payment_link_id: row?.bank_id };
    await hooks.send(subscription, { id: randomUUID(), type: 'v1/payment-links', data });
    await hooks.worked();
  }
  const made = (await looks()) - before;
  expect(made).toBeLessThanOrEqual(1 + (performance.now() - startedAt) / 1000);
});
