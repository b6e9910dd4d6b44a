import { randomUUID } from 'node:crypto';
import type { PayState, Snapshot } from '@qonto-pay/shared';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Payer } from './support/payer.js';
import { Hooks, TOLD } from './support/webhooks.js';
import { SHOP, startWorld, until, type World } from './support/world.js';

type LinkSnapshot = Extract<Snapshot, { kind: 'link' }>;

const SCOPES = 'organization.read payment_link.read payment_link.write';

let world: World;
let hooks: Hooks;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld(TOLD);
  hooks = new Hooks(world);
  await acceptPayments();
  alice = world.newPayer();
  await alice.signIn(await createIntent(), 'Alice Martin', { wanted: 'collect' });
  await until(
    () => hooks.subscriptions(),
    ([first]) => first?.types.includes('v1/payment-links') ?? false,
  );
});
afterAll(() => world.close());

/** Alice has connected the payment provider in the bank's own app. */
async function acceptPayments(): Promise<void> {
  const token = await world.bank.token('alice', SCOPES);
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const ask = async (path: string, body?: object) => {
    const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
    return (await fetch(world.bank.url + path, { ...init, headers })).json();
  };
  const { organization } = (await ask('/v2/organization')) as {
    organization: { bank_accounts: { id: string }[] };
  };
  const connection = (await ask('/v2/payment_links/connections', {
    partner_callback_url: `${world.url}/pay`,
    user_bank_account_id: organization.bank_accounts[0]?.id,
    user_phone_number: '+33612345678',
    business_description: null,
  })) as { connection_location: string };
  const body = new URLSearchParams({ answer: 'enabled' });
  await fetch(connection.connection_location, { method: 'POST', body, redirect: 'manual' });
}

async function createIntent(): Promise<string> {
  const number = `INV-${randomUUID().slice(0, 8)}`;
  const body = {
    kind: 'link',
    externalRef: number,
    currency: 'EUR',
    methods: ['credit_card'],
    invoice: { id: randomUUID(), number, debtor: 'John Doe', amount: '120.00' },
    returnUrl: `${SHOP}/invoices/1`,
  };
  const answer = await world.partner('POST', '/partner/v1/intents', { body });
  if (answer.status !== 201) throw new Error(await answer.text());
  return ((await answer.json()) as { id: string }).id;
}

/** Made, and nobody asks the bank about it for an hour. */
async function shared(): Promise<{ intent: string; url: string }> {
  const intent = await createIntent();
  const pageToken = await alice.openPage(intent);
  const fields = { pageToken, idempotencyKey: randomUUID(), methods: 'credit_card' };
  const answer = await alice.form(`/pay/api/intents/${intent}/link`, fields);
  if (answer.status !== 202) throw new Error(await answer.text());
  const { link } = await until(
    () => snapshotOf(intent),
    (snapshot) => snapshot.link !== null,
  );
  const putOff = () =>
    world.database.query(
      `update links set next_at = clock_timestamp() + interval '1 hour'
       where intent_id = $1 and lease_owner is null`,
      [intent],
    );
  await until(putOff, ({ rowCount }) => rowCount === 1);
  return { intent, url: link?.url ?? '' };
}

const snapshotOf = async (intent: string) =>
  (await (await fetch(`${world.url}/v1/intents/${intent}`)).json()) as LinkSnapshot;

const pay = (url: string) =>
  fetch(url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      ...{ email: 'client@client.example', method: 'credit_card' },
      card: '4242 4242 4242 4242',
    }),
  });

it('a link that a client pays is paid at once, although nobody would have asked for an hour', async () => {
  const { intent, url } = await shared();
  expect((await pay(url)).status).toBe(303);
  await until(
    () => snapshotOf(intent),
    ({ status }) => status === 'paid',
  );
  const events = await hooks.worked();
  expect(events.map(({ topic }) => topic)).toContain('payment-links');
});

it('a link is looked at after a look that was under way when the event came', async () => {
  const { intent, url } = await shared();
  const lease = (until: string) =>
    world.database.query(`update links set lease_until = ${until} where intent_id = $1`, [intent]);
  await lease(`clock_timestamp() + interval '1 minute'`);
  await pay(url);
  await until(
    () => hooks.stored(),
    (events) => events.some(({ tries, done_at }) => tries >= 2 && done_at === null),
  );
  expect((await snapshotOf(intent)).status).toBe('open');
  await lease('null');
  await until(
    () => alice.state(intent),
    ({ snapshot }: PayState) => snapshot?.status === 'paid',
  );
});
