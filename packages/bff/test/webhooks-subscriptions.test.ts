import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Payer } from './support/payer.js';
import {
  Hooks,
  SUBSCRIPTIONS,
  type Subscription,
  TOLD,
  transferEvent,
} from './support/webhooks.js';
import { startWorld, until, type World } from './support/world.js';

const CREATE = { method: 'POST', path: SUBSCRIPTIONS };
const LIST = { method: 'GET', path: SUBSCRIPTIONS };

let world: World;
let hooks: Hooks;
beforeAll(async () => {
  world = await startWorld(TOLD);
  hooks = new Hooks(world);
});
afterEach(async () => {
  await world.bank.clearFaults();
  for (const one of await hooks.subscriptions()) await hooks.lose(one);
  await world.database.query('delete from webhook_subscriptions; delete from sessions');
  await world.database.query('delete from connections');
});
afterAll(() => world.close());

interface Row {
  bank_id: string | null;
  failures: number;
  in_seconds: number;
  is_leased: boolean;
}

async function row(): Promise<Row | undefined> {
  const { rows } = await world.database.query<Row>(
    `select bank_id, failures, lease_owner is not null as is_leased,
       extract(epoch from next_at - clock_timestamp())::float8 as in_seconds
     from webhook_subscriptions`,
  );
  return rows[0];
}

const looked = (isSo: (row: Row) => boolean) =>
  until(row, (now) => now !== undefined && !now.is_leased && isSo(now));

/** Nobody looks at any of them. */
const released = () =>
  until(
    () => world.database.query('select 1 from webhook_subscriptions where lease_owner is not null'),
    ({ rowCount }) => rowCount === 0,
  );

const isDaily = ({ in_seconds }: Row) => in_seconds > 86_000;

/** Alice is signed in, and the bank tells us. */
async function subscribed(): Promise<Subscription> {
  await world.signedIn();
  await looked(isDaily);
  const [subscription] = (await hooks.has(1)) as [Subscription];
  return subscription;
}

/** The day of the next look has come; an instance that starts looks at once, as does each second one. */
async function lookAgain(isSo: (row: Row) => boolean): Promise<void> {
  await world.database.query('update webhook_subscriptions set next_at = clock_timestamp()');
  const instances = await Promise.all([world.startInstance(), world.startInstance()]);
  await looked(isSo);
  await Promise.all(instances.map((one) => one.close()));
}

/** The member allows to read links by a new sign-in: what was allowed before is asked for again. */
async function withLinks(payer: Payer, intent: string): Promise<Subscription | undefined> {
  await world.database.query(`update connections set scopes = scopes || ' payment_link.read'`);
  await payer.signIn(intent);
  const [changed] = await until(
    () => hooks.subscriptions(),
    ([first]) => first?.types.length === 4,
  );
  return changed;
}

describe('a subscription', () => {
  it('is made at the sign-in, one per connection, with a secret and an address of its own', async () => {
    const alices = await subscribed();
    expect(alices.types.sort()).toEqual(['v1/consent-revocations', 'v1/transfers']);
    expect(alices.callback_url).toMatch(/^http:\/\/localhost:\d+\/webhooks\/qonto\/[\w-]{22}$/);
    expect(alices.secret).toMatch(/^[\w-]{43}$/);
    await world.signedIn('Adam Dupont');
    const both = await hooks.has(2);
    for (const what of ['callback_url', 'secret'] as const) {
      expect(new Set(both.map((one) => one[what])).size).toBe(2);
    }
    await world.signedIn();
    await lookAgain(isDaily);
    expect((await hooks.subscriptions()).map(({ id }) => id)).toEqual(both.map(({ id }) => id));
  });

  it('is stored so that nobody can read address and secret in a dump', async () => {
    const { callback_url, secret } = await subscribed();
    const { rows } = await world.database.query('select * from webhook_subscriptions');
    const token = callback_url.split('/').at(-1) ?? '';
    const dump = JSON.stringify(rows.map((one) => Object.values(one).map(String)));
    expect(dump).not.toContain(token);
    expect(dump).not.toContain(secret);
  });

  it('that the bank has lost is made anew, where it was and with its secret', async () => {
    const lost = await subscribed();
    await hooks.lose(lost);
    await lookAgain(isDaily);
    const [made] = (await hooks.has(1)) as [Subscription];
    expect(made).toMatchObject({ callback_url: lost.callback_url, secret: lost.secret });
    expect(made.id).not.toBe(lost.id);
  });

  it('whose key is gone gets another address and secret, and keeps no other waiting', async () => {
    const alices = await subscribed();
    await world.signedIn('Adam Dupont');
    const adams = (await hooks.has(2)).find(({ id }) => id !== alices.id) as Subscription;
    await released();
    await hooks.lose(adams);
    await world.database.query(
      `update webhook_subscriptions set token = '\\x0104676f6e65', secret = '\\x0104676f6e65'
       where bank_id = $1`,
      [alices.id],
    );
    const instance = await world.startInstance();
    const url = instance.url + new URL(alices.callback_url).pathname;
    expect((await hooks.send(alices, transferEvent('x'), { url })).status).toBe(404);
    await instance.close();
    await lookAgain(isDaily);
    const both = await until(
      () => hooks.subscriptions(),
      (all) => all.length === 2 && all.every(({ callback_url: at }) => at !== alices.callback_url),
    );
    const hers = both.find(({ id }) => id === alices.id) as Subscription;
    expect(hers.secret).not.toBe(alices.secret);
    expect(both.map(({ callback_url: at }) => at)).toContain(adams.callback_url);
    expect((await hooks.send(hers, transferEvent('x'))).status).toBe(204);
  });

  it('needs an old key no more after the next look', async () => {
    const subscription = await subscribed();
    const file = path.join(world.env.DATA_DIR ?? '', 'token-keys');
    const [old, newest] = [readFileSync(file, 'utf8'), `k2:${randomBytes(32).toString('base64')}`];
    const restartWith = async (keys: string) => {
      await world.stopInstance();
      await world.database.query('update webhook_subscriptions set next_at = clock_timestamp()');
      writeFileSync(file, keys);
      await world.startInstance();
    };
    await restartWith(`${newest},${old}`);
    await looked(isDaily);
    await restartWith(newest);
    expect((await hooks.send(subscription, transferEvent('x'))).status).toBe(204);
  });

  it('names links, too, when the member allows to read them', async () => {
    const { id } = await subscribed();
    const payer = world.newPayer();
    const intent = await world.createIntent();
    await payer.signIn(intent.id);
    const changed = await withLinks(payer, intent.id);
    expect(changed?.id).toBe(id);
    expect(changed?.types).toEqual(
      expect.arrayContaining(['v1/payment-links', 'v1/payment-links-connections']),
    );
  });

  it('is looked at again at once when the member signs in during a look', async () => {
    const { id } = await subscribed();
    const payer = world.newPayer();
    const intent = await world.createIntent();
    await payer.signIn(intent.id);
    await looked(isDaily);
    await world.bank.faults({ match: { ...LIST, times: 1 }, do: { delayMs: 3_000 } });
    await world.database.query('update webhook_subscriptions set next_at = clock_timestamp()');
    const instances = await Promise.all([world.startInstance(), world.startInstance()]);
    await until(row, (now) => now?.is_leased === true);
    expect((await withLinks(payer, intent.id))?.id).toBe(id);
    await Promise.all(instances.map((one) => one.close()));
  });

  it('is one when the answer to its making is lost', async () => {
    await world.bank.faults({ match: CREATE, do: { resetAfterCommit: true } });
    await world.signedIn();
    await looked(({ failures }) => failures === 1);
    const [made] = (await hooks.has(1)) as [Subscription];
    await lookAgain(({ bank_id }) => bank_id !== null);
    expect(await hooks.subscriptions()).toEqual([made]);
    expect(await row()).toMatchObject({ bank_id: made.id, failures: 0 });
  });

  it('leaves out the transfers where the bank offers no such type', async () => {
    const body = { errors: [{ code: 'not_in_list', detail: 'is no webhook type' }] };
    await world.bank.faults({ match: { ...CREATE, times: 1 }, do: { status: 422, body } });
    await world.signedIn();
    await looked(({ bank_id }) => bank_id !== null);
    const [made] = (await hooks.has(1)) as [Subscription];
    expect(made.types).toEqual(['v1/consent-revocations']);
    await lookAgain(isDaily);
    // Not asked for again as long as nothing else is to be changed.
    expect(await hooks.subscriptions()).toEqual([made]);
  });

  it('that came late, and is the second one, is removed', async () => {
    const first = await subscribed();
    const token = await world.bank.token('alice', 'webhook organization.read');
    const { callback_url, types, secret } = first;
    const late = await fetch(world.bank.url + SUBSCRIPTIONS, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ callback_url, types, secret }),
    });
    expect(late.status).toBe(201);
    await hooks.has(2);
    await lookAgain(isDaily);
    expect((await hooks.subscriptions()).map(({ id }) => id)).toEqual([first.id]);
  });

  it('is not made while the bank cannot tell whether there is one', async () => {
    await world.bank.faults({ match: LIST, do: { status: 503 } });
    await world.signedIn();
    const { in_seconds } = (await looked(({ failures }) => failures === 1)) as Row;
    expect(in_seconds).toBeGreaterThan(50);
    expect(await hooks.subscriptions()).toEqual([]);
  });

  it('of somebody else at the bank is left alone', async () => {
    await subscribed();
    const token = await world.bank.token('alice', 'webhook organization.read');
    await fetch(world.bank.url + SUBSCRIPTIONS, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ callback_url: 'https://example.com/hook', types: ['v1/transfers'] }),
    });
    await lookAgain(isDaily);
    expect(await hooks.subscriptions()).toHaveLength(2);
  });

  it('is not asked for by whoever has not allowed it', async () => {
    await world.signedIn();
    await hooks.has(1);
    await world.database.query(`update connections set scopes = 'offline_access payment.write'`);
    const [lost] = (await hooks.has(1)) as [Subscription];
    await hooks.lose(lost);
    await world.database.query('update webhook_subscriptions set next_at = clock_timestamp()');
    const instance = await world.startInstance();
    await instance.close();
    expect(await hooks.subscriptions()).toEqual([]);
  });
});
