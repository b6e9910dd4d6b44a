import { randomUUID } from 'node:crypto';
import type { PayState } from '@qonto-pay/shared';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collector, newcomer } from './support/collectors.js';
import { CONNECTIONS } from './support/link-bank.js';
import { LinkJourney } from './support/link-journey.js';
import type { Payer } from './support/payer.js';
import { EventReader } from './support/stream.js';
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

const pageOf = ({ id, payer }: LinkJourney, url: string) =>
  EventReader.open<PayState>(`${url}/pay/api/intents/${id}/events`, payer.streamHeaders);

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

it('a page that waits for the provider goes on at once when the bank tells', async () => {
  const noah = await newcomer(world, 'Noah Bernard');
  await until(
    () => world.database.query('select 1 from webhook_subscriptions where bank_id is not null'),
    ({ rowCount }) => rowCount === 2,
  );
  const journey = await LinkJourney.begin(world, noah);
  await journey.connect();
  const second = await world.startInstance();
  const pages = await Promise.all([world.url, second.url].map((url) => pageOf(journey, url)));
  const is = (wanted: string) => (state: PayState) => state.link?.provider?.status === wanted;
  const [first] = await Promise.all(pages.map((page) => page.has(is('pending'))));
  const body = new URLSearchParams({ answer: 'enabled' });
  const { location } = first?.data.link?.provider ?? {};
  await fetch(location ?? '', { method: 'POST', body, redirect: 'manual' });
  // Sooner than anybody forgets by themselves what the bank said.
  await Promise.all(pages.map((page) => page.has(is('enabled'), 10_000)));
  for (const page of pages) page.close();
  await second.close();
});

it('pages ask about the provider once a second, however often somebody tells of it', async () => {
  const [subscription] = (await hooks.subscriptions()) as [Subscription];
  const journey = await LinkJourney.begin(world, alice);
  const page = await pageOf(journey, world.url);
  await page.has(({ link }) => link?.provider?.status === 'enabled');
  const reads = () => world.bank.calls(`GET ${CONNECTIONS}`);
  const [before, startedAt] = [await reads(), performance.now()];
  for (let told = 0; told < 20; told++) {
    const data = { event: 'connection_enabled', status: 'enabled' };
    const type = 'v1/payment-links-connections';
    await hooks.send(subscription, { id: randomUUID(), type, data });
    await until(
      () => hooks.stored(),
      (events) => events.at(-1)?.tries !== 0,
    );
  }
  await hooks.worked();
  const made = (await reads()) - before;
  page.close();
  expect(made).toBeLessThanOrEqual(2 + (performance.now() - startedAt) / 1000);
});
