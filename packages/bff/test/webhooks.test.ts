import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusal } from './support/journey.js';
import { Hooks, type Subscription, TOLD, transferEvent } from './support/webhooks.js';
import { startWorld, type World } from './support/world.js';

let world: World;
let hooks: Hooks;
let subscription: Subscription;
beforeAll(async () => {
  world = await startWorld(TOLD);
  hooks = new Hooks(world);
  await world.signedIn();
  [subscription] = (await hooks.has(1)) as [Subscription];
});
beforeEach(async () => {
  await world.database.query('delete from webhook_events');
});
afterAll(() => world.close());

const seconds = () => Math.floor(Date.now() / 1000);

describe('an event that the bank has signed', () => {
  it('is taken, and nothing of it is kept but what it is about', async () => {
    const event = transferEvent(randomUUID(), { iban: 'FR7630004000031234567890143' });
    expect((await hooks.send(subscription, event)).status).toBe(204);
    const [stored] = await hooks.worked();
    expect(stored).toMatchObject({ id: event.id, topic: 'transfers', object_id: event.data.id });
    expect(JSON.stringify(stored)).not.toContain('FR76');
  });

  it('is taken once, however often it comes', async () => {
    const event = transferEvent(randomUUID());
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => hooks.send(subscription, event)),
    );
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
    await hooks.worked();
    expect((await hooks.send(subscription, event)).status).toBe(204);
    expect(await hooks.stored()).toMatchObject([{ tries: 1 }]);
  });

  it('of a type that we did not ask for is passed over, and not to be repeated', async () => {
    const event = { id: randomUUID(), type: 'v1/cards', data: { id: 'x' } };
    expect((await hooks.send(subscription, event)).status).toBe(204);
    expect(await hooks.stored()).toEqual([]);
  });

  it('without what it is about is a wake-up all the same', async () => {
    const event = transferEvent('x', { data: null });
    expect((await hooks.send(subscription, event)).status).toBe(204);
    expect(await hooks.worked()).toMatchObject([{ id: event.id, object_id: null }]);
  });

  it('at any time of the last five minutes is taken, and one from a clock ahead of ours', async () => {
    for (const atSeconds of [seconds() - 290, seconds() + 3600]) {
      const answer = await hooks.send(subscription, transferEvent('x'), { atSeconds });
      expect(answer.status).toBe(204);
    }
    expect(await hooks.stored()).toHaveLength(2);
  });
});

describe('what is refused, and changes nothing', () => {
  const event = transferEvent('x');
  const body = JSON.stringify(event);
  const long = 'x'.repeat(260 * 1024);
  const cases: [string, number, string, () => Promise<Response>][] = [
    [
      ...(['another secret', 401, 'webhook-signature-invalid'] as const),
      () => hooks.send(subscription, event, { secret: 'x'.repeat(43) }),
    ],
    [
      ...(['other bytes', 401, 'webhook-signature-invalid'] as const),
      () => hooks.send(subscription, event, { body: `${body} ` }),
    ],
    [
      ...(['no signature', 401, 'webhook-signature-invalid'] as const),
      () => fetch(subscription.callback_url, { method: 'POST', body }),
    ],
    [
      ...(['no body', 401, 'webhook-signature-invalid'] as const),
      () => fetch(subscription.callback_url, { method: 'POST' }),
    ],
    [
      ...(['an old signature', 401, 'webhook-stale'] as const),
      () => hooks.send(subscription, event, { atSeconds: seconds() - 302 }),
    ],
    [
      ...(['an old signature of another type', 401, 'webhook-stale'] as const),
      () => hooks.send(subscription, { id: 'x', type: 'v1/cards' }, { atSeconds: 1 }),
    ],
    [
      ...(['a body that is no JSON', 400, 'malformed-json'] as const),
      () => hooks.send(subscription, '{"id":'),
    ],
    [
      ...(['a body that is no event', 400, 'invalid-request'] as const),
      () => hooks.send(subscription, [event]),
    ],
    [
      ...(['a body that is too long', 413, 'body-too-large'] as const),
      () => hooks.send(subscription, { ...event, long }),
    ],
    [
      ...(['an address that nobody was given', 404, 'not-found'] as const),
      () =>
        hooks.send(subscription, event, { url: `${world.url}/webhooks/qonto/${'A'.repeat(22)}` }),
    ],
    [
      ...(['an address that cannot be', 404, 'not-found'] as const),
      () => hooks.send(subscription, event, { url: `${world.url}/webhooks/qonto/x` }),
    ],
  ];

  it.each(cases)('%s', async (_what, status, code, send) => {
    expect(await refusal(await send())).toEqual([status, code]);
    expect(await hooks.stored()).toEqual([]);
  });

  it('an event at the address of another member, whose secret is another', async () => {
    await world.signedIn('Adam Dupont');
    const both = await hooks.has(2);
    const adams = both.find(({ id }) => id !== subscription.id) as Subscription;
    const answer = await hooks.send(subscription, event, { url: adams.callback_url });
    expect(await refusal(answer)).toEqual([401, 'webhook-signature-invalid']);
    expect((await hooks.send(adams, event)).status).toBe(204);
  });
});
