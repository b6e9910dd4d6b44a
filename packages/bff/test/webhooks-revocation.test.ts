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
afterEach(async () => {
  await world.bank.clearFaults();
  await worked();
});
afterAll(async () => {
  await second.close();
  await world.close();
});

/** Until then nobody is asked about again. */
const aMinutePasses = () =>
  world.database.query(
    `update connections set consent_seen_at = consent_seen_at - interval '1 minute';
     update webhook_events set next_at = next_at - interval '1 minute'
     where done_at is null and lease_owner is null`,
  );

/** Each subscription tells of a revocation; what comes during the work on it waits for its minute. */
const worked = () =>
  until(
    async () => {
      await aMinutePasses();
      return hooks.stored();
    },
    (events) => events.every(({ done_at }) => done_at !== null),
  );

/** Tells of a revocation, once. */
async function told(receivedAt = 'clock_timestamp()'): Promise<void> {
  await world.database.query(
    `insert into webhook_events
       (connection_id, id, partner_id, organization_id, topic, received_at)
     select s.connection_id, gen_random_uuid(), s.partner_id, s.organization_id,
       'consent-revocations', ${receivedAt} from webhook_subscriptions s limit 1`,
  );
}

/** How often a consent was asked about, from now on. */
async function countAsked(): Promise<() => Promise<number>> {
  const asked = () => world.bank.calls('POST /oauth2/token');
  const before = await asked();
  return async () => (await asked()) - before;
}

async function signedIn(memberName: string) {
  const [payer, { id }] = [await world.signedIn(memberName), await world.createIntent()];
  return { payer, intent: id };
}

async function signedInBoth(): Promise<void> {
  for (const name of ['Alice Martin', 'Adam Dupont']) await world.signedIn(name);
  await hooks.has(2);
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

    await worked();
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
    const [old] = (await worked()).slice(-1);
    await alice.payer.signIn(alice.intent);
    const late = { ...revocation(), id: old?.id };
    for (const event of [late, revocation()]) {
      await hooks.send(subscription as Subscription, event);
      await worked();
    }
    expect(await statusOf('Alice Martin')).toBe('active');
    expect(await memberOn(alice.payer, alice.intent)).toBe('Alice Martin');
  });

  it('ends what it ends when the bank can be asked again', async () => {
    const alice = await signedIn('Alice Martin');
    // Whoever is asked about first: a colleague's consent is in doubt, too.
    await world.bank.faults({ match: { ...REFRESH, times: 99 }, do: { status: 503 } });
    await world.bank.revokeConsent('alice');
    await hooks.putOff();
    expect(await memberOn(alice.payer, alice.intent)).toBe('Alice Martin');
    await world.bank.clearFaults();
    // The refresh that failed holds its lease for a while.
    await world.database.query('update connections set refresh_lease_until = null');
    await until(
      () => statusOf('Alice Martin'),
      (status) => status === 'signed_out',
    );
    await worked();
    expect(await memberOn(alice.payer, alice.intent)).toBeUndefined();
  });

  it('is asked about again only of whom the bank did not answer', async () => {
    await signedInBoth();
    const asked = await countAsked();
    await world.bank.faults({ match: REFRESH, do: { status: 503 } });
    await told();
    // The second member, although the answer about the first was none.
    await until(asked, (count) => count >= 2);
    await world.database.query('update connections set refresh_lease_until = null');
    await hooks.worked();
    expect(await asked()).toBe(3);
  });

  it('is asked about once a minute, however often it is told', async () => {
    await signedInBoth();
    const asked = await countAsked();
    await told();
    await hooks.worked();
    expect(await asked()).toBe(2);
    await told();
    await hooks.putOff();
    expect(await asked()).toBe(2);
    await aMinutePasses();
    await hooks.worked();
    expect(await asked()).toBe(4);
  });

  it('about which the bank says nothing for eight days is asked about no more', async () => {
    await signedInBoth();
    await world.bank.faults({ match: { ...REFRESH, times: 99 }, do: { status: 503 } });
    await told(`clock_timestamp() - interval '9 days'`);
    await hooks.worked();
    expect(await statusOf('Alice Martin')).toBe('active');
  });

  it('is asked about once per member, however many subscriptions tell of it', async () => {
    await signedInBoth();
    const asked = await countAsked();
    // Taken together, as they are when the worker has been busy.
    await world.database.query(
      `insert into webhook_events (connection_id, id, partner_id, organization_id, topic)
       select gen_random_uuid(), n::text, s.partner_id, s.organization_id, 'consent-revocations'
       from generate_series(1, 8) n, (select * from webhook_subscriptions limit 1) s`,
    );
    await hooks.worked();
    expect(await asked()).toBe(2);
  });

  it('goes into the audit log', async () => {
    const { rows } = await world.database.query<{ detail: { connection: string } }>(
      `select detail from audit_log where action = 'consent-ended'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { detail } of rows) expect(detail.connection).toMatch(/^[0-9a-f-]{36}$/);
  });
});
