import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '../src/service.js';
import { collector } from './support/collectors.js';
import { refusal } from './support/journey.js';
import { LinkJourney } from './support/link-journey.js';
import { basketOrder } from './support/link-orders.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { startWorld, until, type World } from './support/world.js';

let world: World;
let alice: Payer;
let second: Service;
beforeAll(async () => {
  world = await startWorld();
  second = await world.startInstance();
  alice = await collector(world);
});
afterAll(async () => {
  await assertSound(world);
  await second.close();
  await world.close();
});

describe.concurrent('asking for a link twice', () => {
  it('with the same key is one, and the second answer says that it is a replay', async () => {
    const journey = await LinkJourney.begin(world, alice);
    const fields = await journey.fields();
    const both = await Promise.all([journey.ask(fields), journey.ask(fields)]);
    const refused = both.filter(({ status }) => status !== 202);
    expect(refused.length).toBeLessThan(2);
    for (const answer of refused) {
      expect(await refusal(answer)).toEqual([409, 'idempotency-in-progress']);
    }
    await journey.reaches('open');
    const again = await journey.ask(fields);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    expect(await journey.atBank()).toHaveLength(1);
  });

  it('with the same key for other methods is refused', async () => {
    const journey = await LinkJourney.begin(world, alice);
    const fields = await journey.fields();
    expect((await journey.ask(fields)).status).toBe(202);
    const answer = await journey.ask({ ...fields, methods: 'ideal' });
    expect(await refusal(answer)).toEqual([422, 'idempotency-key-reused']);
  });

  it('in two tabs, on two instances, is one, and the other tab is told', async () => {
    const journey = await LinkJourney.begin(world, alice);
    const there = journey.by(alice.through(second.url));
    const pageToken = await journey.token();
    const answers = await Promise.all(
      [journey, there, journey, there].map((tab) => tab.ask({ pageToken })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409]);
    const [refused] = answers.filter(({ status }) => status === 409);
    expect(await refusal(refused as Response)).toEqual([409, 'link-in-progress']);
    await journey.reaches('open');
    expect(await journey.atBank()).toHaveLength(1);
    expect(await refusal(await journey.ask())).toEqual([409, 'link-in-progress']);
  });

  it('by two intents of one invoice is one, and the other one shows it', async () => {
    const journey = await LinkJourney.begin(world, alice);
    const other = await LinkJourney.begin(world, alice, journey.order);
    const [one, two] = [await journey.fields(), await other.fields()];
    const answers = await Promise.all([journey.ask(one), other.ask(two)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    const urls = await until(
      () => Promise.all([journey, other].map(async (each) => (await each.snapshot()).link?.url)),
      (each) => each.every(Boolean),
    );
    expect(new Set(urls).size).toBe(1);
    expect((await other.partnerIntent()).link?.url).toBe(urls[0]);
    expect(await journey.atBank()).toHaveLength(1);
  });

  it('makes a second one only when the first is over', async () => {
    const journey = await LinkJourney.made(world, alice);
    expect((await journey.deactivate()).status).toBe(200);
    await journey.reaches('canceled');
    await journey.asked();
    await journey.reaches('open');
    expect((await journey.atBank()).map(({ status }) => status)).toEqual(['canceled', 'open']);
    expect((await journey.link()).status).toBe('open');
  });

  it('for equal baskets of two invoices is one of each', async () => {
    const { basket } = basketOrder();
    const journeys = [
      await LinkJourney.made(world, alice, basketOrder({ basket, reusable: true })),
      await LinkJourney.made(world, alice, basketOrder({ basket, reusable: true })),
    ];
    const ids = await Promise.all(journeys.map(async (each) => (await each.rows())[0]?.bank_id));
    expect(new Set(ids).size).toBe(2);
  });

  it('and withdrawing the invoice meanwhile is refused', async () => {
    const journey = await LinkJourney.made(world, alice);
    const withdraw = () => world.partner('DELETE', `/partner/v1/intents/${journey.id}`);
    expect(await refusal(await withdraw())).toEqual([409, 'link-in-progress']);
    await journey.deactivate();
    await journey.reaches('canceled');
    expect((await withdraw()).status).toBe(200);
    expect(await refusal(await journey.ask())).toEqual([409, 'intent-withdrawn']);
  });
});
