import { randomUUID } from 'node:crypto';
import type { PayState } from '@qonto-pay/shared';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '../src/service.js';
import type { Payer } from './support/payer.js';
import { EventReader } from './support/stream.js';
import { Hooks, type Subscription, TOLD } from './support/webhooks.js';
import { startWorld, until, type World } from './support/world.js';

const REFRESH = { method: 'POST', path: '/oauth2/token' };

let world: World;
let second: Service;
let hooks: Hooks;
beforeAll(async () => {
  world = await startWorld(TOLD);
  second = await world.startInstance();
  hooks = new Hooks(world);
});
afterEach(() => world.bank.clearFaults());
afterAll(async () => {
  await second.close();
  await world.close();
});

async function signedIn(memberName: string) {
  const [payer, { id }] = [await world.signedIn(memberName), await world.createIntent()];
  return { payer, intent: id };
}

/** The page as another instance serves it. */
const openPage = (payer: Payer, intent: string, url = second.url) =>
  EventReader.open<PayState>(`${url}/pay/api/intents/${intent}/events`, payer.streamHeaders);

async function statusOf(memberName: string): Promise<string | undefined> {
  const { rows } = await world.database.query<{ status: string }>(
    'select status from connections where member_name = $1',
    [memberName],
  );
  return rows[0]?.status;
}

const memberOn = async (payer: Payer, intent: string) => (await payer.state(intent)).member?.name;

const revocation = () => ({
  ...{ id: randomUUID(), type: 'v1/consent-revocations' },
  data: { event: 'deleted', client_id: 'qonto-pay-demo' },
});

describe('a consent that is withdrawn', () => {
  it('ends connection, session and open pages at once, and no colleague’s', async () => {
    const [alice, adam] = [await signedIn('Alice Martin'), await signedIn('Adam Dupont')];
    const browser = world.newPayer();
    await browser.signIn(alice.intent);
    await hooks.has(2);
    const pages = await Promise.all([
      openPage(alice.payer, alice.intent),
      openPage(browser, (await world.createIntent()).id, world.url),
      openPage(adam.payer, adam.intent),
    ]);
    const [hers, herOther, his] = pages as [
      (typeof pages)[0],
      (typeof pages)[0],
      (typeof pages)[0],
    ];
    for (const page of pages) await page.has(({ member }) => member !== null);
    await world.bank.revokeConsent('alice');
    for (const page of [hers, herOther]) {
      // Sooner than by the sweep in which everybody looks again.
      const { data } = await page.has(({ signIn }) => signIn?.reason === 'signed-out', 5_000);
      expect([data.member, data.items, data.snapshot]).toEqual([null, [], null]);
    }
    expect(await statusOf('Alice Martin')).toBe('signed_out');
    expect(await memberOn(alice.payer, alice.intent)).toBeUndefined();
    expect(await memberOn(browser, alice.intent)).toBeUndefined();

    await hooks.worked();
    expect(await statusOf('Adam Dupont')).toBe('active');
    expect(await memberOn(adam.payer, adam.intent)).toBe('Adam Dupont');
    expect(his.events.every(({ data }) => data.member !== null)).toBe(true);
    for (const page of pages) page.close();
  });

  it('and told again after a new sign-in ends nothing', async () => {
    const alice = await signedIn('Alice Martin');
    const [subscription] = await hooks.has(2);
    await world.bank.revokeConsent('alice');
    await until(
      () => statusOf('Alice Martin'),
      (status) => status === 'signed_out',
    );
    const [old] = (await hooks.worked()).slice(-1);
    await alice.payer.signIn(alice.intent);
    const late = { ...revocation(), id: old?.id };
    for (const event of [late, revocation()]) {
      await hooks.send(subscription as Subscription, event);
      await hooks.worked();
    }
    expect(await statusOf('Alice Martin')).toBe('active');
    expect(await memberOn(alice.payer, alice.intent)).toBe('Alice Martin');
  });

  it('ends what it ends when the bank can be asked again', async () => {
    const alice = await signedIn('Alice Martin');
    await world.bank.faults({ match: REFRESH, do: { status: 503 } });
    await world.bank.revokeConsent('alice');
    await until(
      () => hooks.stored(),
      (events) => events.some(({ tries, done_at }) => tries > 0 && done_at === null),
    );
    expect(await memberOn(alice.payer, alice.intent)).toBe('Alice Martin');
    // The refresh that failed holds its lease for a while.
    await world.database.query('update connections set refresh_lease_until = null');
    await until(
      () => statusOf('Alice Martin'),
      (status) => status === 'signed_out',
    );
    await hooks.worked();
    expect(await memberOn(alice.payer, alice.intent)).toBeUndefined();
  });

  it('is asked about once per member, however many subscriptions tell of it', async () => {
    const members = ['Alice Martin', 'Adam Dupont'];
    for (const name of members) await world.signedIn(name);
    const both = await hooks.has(2);
    const asked = () => world.bank.calls('POST /oauth2/token');
    const before = await asked();
    // Taken together, as they are when the worker has been busy.
    const { rows } = await world.database.query<{ partner_id: string; organization_id: string }>(
      'select partner_id, organization_id from webhook_subscriptions limit 1',
    );
    await world.database.query(
      `insert into webhook_events (connection_id, id, partner_id, organization_id, topic)
       select gen_random_uuid(), n::text, $1, $2, 'consent-revocations' from generate_series(1, 8) n`,
      [rows[0]?.partner_id, rows[0]?.organization_id],
    );
    await hooks.worked();
    expect(both).toHaveLength(members.length);
    expect((await asked()) - before).toBe(members.length);
  });

  it('goes into the audit log', async () => {
    const { rows } = await world.database.query<{ detail: { connection: string } }>(
      `select detail from audit_log where action = 'consent-ended'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { detail } of rows) expect(detail.connection).toMatch(/^[0-9a-f-]{36}$/);
  });
});
