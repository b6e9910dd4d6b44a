import type { PayState, Snapshot } from '@qonto-pay/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '../src/service.js';
import { Journey } from './support/journey.js';
import { createMany } from './support/many.js';
import type { Payer } from './support/payer.js';
import { EventReader } from './support/stream.js';
import { SHOP, startWorld, until, type World } from './support/world.js';

let world: World;
let alice: Payer;
let second: Service;
/** Open from the beginning, so that its heartbeat need not be waited for. */
let quiet: EventReader<Snapshot>;
beforeAll(async () => {
  world = await startWorld();
  second = await world.startInstance();
  alice = await world.signedIn();
  quiet = await open((await world.createIntent()).id);
});
afterAll(async () => {
  quiet.close();
  await second.close();
  await world.close();
});

const open = (intent: string, headers: Record<string, string> = {}, url = world.url) =>
  EventReader.open<Snapshot>(`${url}/v1/intents/${intent}/events`, headers);

const openPage = (intent: string, payer: Payer) =>
  EventReader.open<PayState>(`${world.url}/pay/api/intents/${intent}/events`, payer.streamHeaders);

const snapshot = async (intent: string) =>
  (await (await fetch(`${world.url}/v1/intents/${intent}`)).json()) as Snapshot;

/** Something changes: the page was seen. */
const see = (intent: string) => fetch(`${world.url}/pay/${intent}`);

describe('the stream of an intent', () => {
  it('begins with the current snapshot, and is kept by nobody on the way', async () => {
    const { id } = await world.createIntent();
    const stream = await open(id, { Origin: SHOP });
    const first = await stream.has(() => true);
    const current = await snapshot(id);
    expect(first).toMatchObject({ name: 'snapshot', id: current.seq });
    expect({ ...first.data, serverTime: '' }).toEqual({ ...current, serverTime: '' });
    const { headers } = stream.answer;
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store, no-transform');
    expect(headers.get('x-accel-buffering')).toBe('no');
    expect(headers.get('access-control-allow-origin')).toBe(SHOP);
    expect(headers.get('content-encoding')).toBeNull();
    stream.close();
  });

  it('is compressed where it has many rows', async () => {
    const id = await createMany(
      world,
      Array.from({ length: 60 }, () => ({})),
    );
    const stream = await open(id, { Origin: SHOP });
    await stream.has(({ items }) => items.length === 60);
    await see(id);
    await stream.has(({ seq }) => seq === 2);
    expect(stream.answer.headers.get('content-encoding')).toBe('gzip');
    expect(stream.answer.headers.get('access-control-allow-origin')).toBe(SHOP);
    stream.close();
  });

  it('tells a whole journey, each change once, in order and without gaps', async () => {
    const journey = await Journey.begin(world, alice);
    const stream = await open(journey.id);
    await journey.confirmed();
    await stream.has(({ status }) => status === 'approval_needed');
    await journey.approve();
    await stream.has(({ final }) => final);
    const ids = stream.events.map(({ id }) => id ?? 0);
    expect(ids).toEqual(ids.map((_, index) => (ids[0] ?? 0) + index));
    expect(stream.events.map(({ data }) => data.seq)).toEqual(ids);
    const statuses = stream.events.map(({ data }) => data.status);
    expect([...new Set(statuses)]).toEqual([
      ...['open', 'confirmed', 'sending', 'approval_needed', 'processing', 'settled'],
    ]);
    stream.close();

    const missed = await open(journey.id, { 'Last-Event-ID': '1' });
    await missed.has(({ final }) => final);
    expect(missed.events.map(({ id }) => id)).toEqual(
      Array.from({ length: (ids.at(-1) ?? 0) - 1 }, (_, index) => index + 2),
    );
    missed.close();
  });

  it('sends nothing that was seen already', async () => {
    const { id } = await world.createIntent();
    const { seq } = await snapshot(id);
    const stream = await open(id, { 'Last-Event-ID': String(seq) });
    await see(id);
    const next = await stream.has(() => true);
    expect(next.id).toBe(seq + 1);
    stream.close();
  });

  it.each(['abc', '-1', '1.5', '99999', '9999999999', '1e3', ' ', '1, 2'])(
    'begins anew after an id that it never gave out (%j)',
    async (lastSeen) => {
      const { id } = await world.createIntent();
      await see(id);
      const { seq } = await snapshot(id);
      const stream = await open(id, { 'Last-Event-ID': lastSeen });
      expect((await stream.has(() => true)).id).toBe(seq);
      expect(stream.events).toHaveLength(1);
      stream.close();
    },
  );

  it('tells what another intent’s payment does with the invoice', async () => {
    const one = await Journey.begin(world, alice);
    const other = await Journey.begin(world, alice, { externalRef: one.externalRef });
    const stream = await open(other.id);
    await one.confirmed();
    const { data } = await stream.has(({ status }) => status === 'approval_needed');
    expect(data).toMatchObject({ payable: false, why: 'in-progress', nextAction: 'phone' });
    await one.refuse();
    await stream.has(({ payable }) => payable && stream.events.length > 2);
    stream.close();
  });
});

describe('a change made by another instance', () => {
  it('arrives at once', async () => {
    let waitedMs = 0;
    for (let change = 0; change < 5; change += 1) {
      const { id } = await world.createIntent();
      const stream = await open(id, {}, second.url);
      await stream.has(() => true);
      const startedAt = performance.now();
      await see(id);
      await stream.has(({ seq }) => seq === 2);
      waitedMs += performance.now() - startedAt;
      stream.close();
    }
    // By the sweep alone it would be about a second for each of the five.
    expect(waitedMs).toBeLessThan(2500);
  });

  it('arrives even when its notification was lost', async () => {
    const { id } = await world.createIntent();
    const stream = await open(id, {}, second.url);
    await stream.has(() => true);
    const cut = `select pg_terminate_backend(pid) as cut from pg_stat_activity
      where datname = current_database() and query ilike 'listen%'`;
    const [{ rows }] = await Promise.all([world.database.query(cut), see(id)]);
    expect(rows.length).toBeGreaterThanOrEqual(2);
    await stream.has(({ pageSeenAt }) => pageSeenAt !== null, 6000);
    stream.close();
  });

  it('and the work goes on after that, as fast as before', async () => {
    const journey = await Journey.begin(world, alice);
    const stream = await open(journey.id, {}, second.url);
    await journey.confirmed();
    await stream.has(({ status }) => status === 'approval_needed', 5000);
    await journey.approve();
    await stream.has(({ status }) => status === 'settled');
    stream.close();
  });
});

describe("the pay page's stream", () => {
  it('begins with the state, and goes on with the check, the phone and the end', async () => {
    const journey = await Journey.begin(world, alice);
    const stream = await openPage(journey.id, alice);
    const first = await stream.has(() => true);
    expect(first.name).toBe('state');
    const checkOf = ({ review }: PayState) => review?.items[0]?.payeeCheck.result;
    expect(checkOf(first.data)).toBe('pending');
    await stream.has((state) => checkOf(state) === 'match');
    await journey.confirmed();
    const { data } = await stream.has(({ payment }) => payment?.status === 'approval_needed');
    expect(data.payment).toMatchObject({ mine: true, approval: { method: 'paired-device' } });
    await journey.approve();
    await stream.has(({ payment }) => payment?.status === 'settled');
    expect(stream.answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(stream.answer.headers.get('content-encoding')).toBe('gzip');
    stream.close();
  });

  it('of 400 rows tells each change as it comes', async () => {
    const intent = await createMany(
      world,
      Array.from({ length: 400 }, () => ({})),
    );
    const stream = await openPage(intent, alice);
    const { data } = await stream.has(({ review }) => review?.check === 'done');
    expect(data.items).toHaveLength(400);
    const pageToken = await alice.openPage(intent);
    await alice.form(`/pay/api/intents/${intent}/review`, { pageToken, select: '0-9' });
    await stream.has(({ review }) => review?.count === 10, 3000);
    stream.close();
  });

  it('shows nothing of the invoice to nobody, nor any more after a sign-out', async () => {
    const { id, iban } = await world.createIntent();
    const nobody = await openPage(id, world.newPayer());
    const { data } = await nobody.has(() => true);
    expect(data).toMatchObject({ member: null, snapshot: null, review: null, payment: null });
    nobody.close();

    const payer = await world.signedIn();
    const stream = await openPage(id, payer);
    await stream.has(({ review }) => review?.items[0]?.payeeCheck.result === 'match');
    const pageToken = await payer.openPage(id);
    await payer.form('/pay/api/sign-out', { pageToken, intent: id });
    await see(id);
    await stream.has(({ member }) => member === null);
    expect(JSON.stringify(stream.events.at(-1))).not.toContain(iban);
    stream.close();
  });
});

describe('a stream on which nothing happens', () => {
  it('is kept alive by a comment every 15 seconds', async () => {
    await until(
      async () => quiet.heartbeats,
      (heartbeats) => heartbeats >= 1,
      16_000,
    );
    expect(quiet.events).toHaveLength(1);
  });

  it('ends when the service does', async () => {
    const { id } = await world.createIntent();
    const stream = await open(id);
    await stream.has(() => true);
    await world.stopInstance();
    await until(
      async () => stream.isOver,
      (isOver) => isOver,
    );
  });
});
