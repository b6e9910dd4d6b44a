import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Driver, type Json, MAIN_ACCOUNT, TRUSTED_BENEFICIARY } from './driver.js';
import { type Received, Receiver } from './support/receiver.js';

const SECRET = 'a secret of the integrator, long enough';
const SCOPES = 'webhook organization.read payment.write payment_link.read';

let bank: Driver;
let alice: string;
let receiver: Receiver;

beforeAll(async () => {
  bank = await Driver.start();
});
beforeEach(async () => {
  await bank.control('POST', '/reset');
  alice = await bank.token('alice', SCOPES);
  receiver = await Receiver.start();
});
afterEach(() => receiver.close());
afterAll(() => bank.close());

async function subscribe(...types: string[]): Promise<Json> {
  const wish = { callback_url: receiver.url, types, secret: SECRET };
  return (await bank.post('/v2/webhook_subscriptions', alice, wish)).json;
}

async function pay(fields: Json = {}): Promise<Json> {
  return (await bank.pay(alice, { beneficiary_id: TRUSTED_BENEFICIARY, ...fields })).json.transfer;
}

async function arm(webhook: string, match: Json = {}): Promise<void> {
  await bank.control('POST', '/faults', [{ match, do: { webhook } }]);
}

async function bankNow(): Promise<number> {
  return Date.parse((await bank.send('GET', '/')).headers.get('date') ?? '') / 1000;
}

function check({ body, signature }: Received): { isValid: boolean; seconds: number } {
  const [, seconds = '', digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  const expected = createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex');
  return { isValid: digest === expected, seconds: Number(seconds) };
}

const events = (received: readonly Received[]) => received.map(({ event }) => event.data.event);

describe('webhooks tell', () => {
  it('each step of a transfer, with what GET answers (facts 4.13)', async () => {
    const subscription = await subscribe('v1/transfers');
    const { id } = await pay();
    await receiver.until(1);
    await bank.advance(1);
    await receiver.until(2);
    await bank.advance(2);
    const received = await receiver.until(3);
    expect(events(received)).toEqual(['created', 'processing', 'settled']);
    const { transfer } = (await bank.get(`/v2/sepa/transfers/${id}`, alice)).json;
    expect(received[2]?.event).toMatchObject({
      ...{ subscription_id: subscription.id, type: 'v1/transfers' },
      ...{ organization_id: subscription.organization_id },
      ...{ membership_id: subscription.membership_id },
    });
    expect(received[2]?.event.data).toEqual({ event: 'settled', ...transfer });
    expect(new Set(received.map(({ event }) => event.id)).size).toBe(3);
  });

  it('a declined and a canceled transfer (facts 4.13)', async () => {
    await subscribe('v1/transfers');
    await pay({ amount: '666.05' });
    await bank.advance(1);
    const [, declined] = await receiver.until(2);
    expect(declined?.event.data).toMatchObject({
      ...{ event: 'declined', declined_reason: 'organisation_compliance_reasons' },
    });
    const { id } = await pay();
    await bank.post(`/v2/sepa/transfers/${id}/cancel`, alice);
    expect(
      events(await receiver.until(4))
        .slice(2)
        .sort(),
    ).toEqual(['canceled', 'created']);
  });

  it('a transaction without its cents (facts 4.13)', async () => {
    await subscribe('v1/transactions');
    await pay();
    await bank.advance(1);
    const [created] = await receiver.until(1);
    expect(created?.event.data).toMatchObject({ event: 'created', amount: 12.5, side: 'debit' });
    expect(created?.event.data).not.toHaveProperty('amount_cents');
  });

  it('a new beneficiary (facts 4.13)', async () => {
    await subscribe('v1/beneficiaries');
    await bank.pay(alice);
    const [created] = await receiver.until(1);
    expect(created?.event.data).toMatchObject({ event: 'created', name: 'Atelier Lumière SARL' });
  });

  it('a consent that is withdrawn, whose tokens are dead (facts 2.6, 4.13)', async () => {
    await subscribe('v1/consent-revocations');
    await bank.control('POST', '/consent-revocations', { member: 'alice' });
    const [revoked] = await receiver.until(1);
    expect(revoked?.event.data).toMatchObject({
      ...{ client_id: 'qonto-pay-demo', revoked_at: expect.stringMatching(/Z$/) },
    });
    expect((await bank.get('/v2/organization', alice)).status).toBe(401);
  });

  it('a payment connection and its links (facts 4.10, 4.13)', async () => {
    alice = await bank.token('alice', `${SCOPES} payment_link.write`);
    await subscribe('v1/payment-links', 'v1/payment-links-connections');
    const connection = await bank.post('/v2/payment_links/connections', alice, {
      ...{ partner_callback_url: receiver.url, user_bank_account_id: MAIN_ACCOUNT },
      ...{ user_phone_number: '+33612345678', business_description: null },
    });
    await receiver.until(1);
    const { pathname } = new URL(connection.json.connection_location);
    await bank.send('POST', pathname, { body: new URLSearchParams({ answer: 'enabled' }) });
    expect(events(await receiver.until(2))).toEqual(['connection_pending', 'connection_enabled']);
    const wish = {
      ...{ invoice_id: '550e8400-e29b-41d4-a716-446655440001', invoice_number: 'INV-1' },
      ...{ debitor_name: 'John Doe', amount: { value: '5', currency: 'EUR' } },
      potential_payment_methods: ['ideal'],
    };
    const made = await bank.post('/v2/payment_links', alice, { payment_link: wish });
    await receiver.until(3);
    const { url, id } = made.json.payment_link;
    const body = new URLSearchParams({ email: 'a@client.example', method: 'ideal' });
    await bank.send('POST', new URL(url).pathname, { body });
    const [, , created, paid] = await receiver.until(4);
    expect(created?.event.data).toMatchObject({
      ...{ event: 'created', status: 'open', payment_link_id: id, resource_type: 'Invoice' },
      ...{ amount: { value: '5.00', currency: 'EUR' }, potential_payment_methods: ['ideal'] },
      ...{ resource_metadata: { invoice_number: 'INV-1' }, expired_at: expect.any(String) },
    });
    expect(created?.event.data).not.toHaveProperty('expiration_date');
    expect(paid?.event.data).toMatchObject({
      ...{ event: 'updated', status: 'paid', latest_payment_method_used: 'ideal' },
    });
  });

  it('nothing of another type or another organisation (facts 4.13)', async () => {
    await subscribe('v1/beneficiaries');
    alice = await bank.token('nora', SCOPES);
    await subscribe('v1/transfers');
    alice = await bank.token('alice', SCOPES);
    await pay();
    await bank.advance(3);
    expect(await bank.control('GET', '/webhooks')).toEqual({ waiting: [], tries: [] });
    expect(receiver.received).toEqual([]);
  });
});

describe('a delivery', () => {
  it('is signed with the secret and the time of the bank (facts 4.13)', async () => {
    await bank.advance(86_400);
    alice = await bank.token('alice', SCOPES);
    await subscribe('v1/transfers');
    await pay();
    const [first] = await receiver.until(1);
    if (!first) throw new Error('nothing arrived');
    const { isValid, seconds } = check(first);
    expect(isValid).toBe(true);
    expect(Math.abs(seconds - (await bankNow()))).toBeLessThan(5);
  });

  it('is retried with exponential back-off on bank time, signed anew (facts 4.13)', async () => {
    await subscribe('v1/transfers');
    receiver.answers = [500, 301, 404];
    await pay({ scheduled_date: '2099-01-01' });
    await receiver.until(1);
    for (const [index, seconds] of [10, 20, 40].entries()) {
      await waiting(index + 1);
      await bank.advance(seconds - 1);
      expect(receiver.received).toHaveLength(index + 1);
      await bank.advance(1);
      await receiver.until(index + 2);
    }
    const checks = receiver.received.map(check);
    expect(checks.every(({ isValid }) => isValid)).toBe(true);
    expect((checks[3]?.seconds ?? 0) - (checks[0]?.seconds ?? 0)).toBeGreaterThanOrEqual(70);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    await settled();
  });

  it('is a failure without an answer within one second (facts 4.13)', async () => {
    await subscribe('v1/transfers');
    receiver.answers = [0];
    await pay({ scheduled_date: '2099-01-01' });
    await waiting(1);
    const { tries } = await bank.control('GET', '/webhooks');
    expect(tries).toMatchObject([{ outcome: 'no answer' }]);
    await bank.advance(10);
    await receiver.until(2);
  });

  it('is given up after a few days (facts 4.13)', async () => {
    await subscribe('v1/transfers');
    receiver.answers = Array.from({ length: 99 }, () => 500);
    await pay({ scheduled_date: '2099-01-01' });
    await waiting(1);
    await bank.advance(3 * 86_400);
    await receiver.until(2);
    await settled();
    await bank.advance(86_400);
    expect(receiver.received).toHaveLength(2);
  });

  async function waiting(tries: number): Promise<void> {
    await expect
      .poll(async () => (await bank.control('GET', '/webhooks')).waiting, { timeout: 5_000 })
      .toMatchObject([{ tries }]);
  }
});

async function settled(): Promise<void> {
  await expect
    .poll(async () => (await bank.control('GET', '/webhooks')).waiting, { timeout: 5_000 })
    .toEqual([]);
}

describe('trouble with webhooks', () => {
  it('duplicate: the same event twice (facts 7)', async () => {
    await subscribe('v1/transfers');
    await arm('duplicate');
    await pay({ scheduled_date: '2099-01-01' });
    const [one, two] = await receiver.until(2);
    expect(two?.body).toBe(one?.body);
  });

  it('reorder: the next event overtakes it (facts 7)', async () => {
    await subscribe('v1/transfers');
    await arm('reorder');
    await pay();
    await bank.advance(1);
    expect(events(await receiver.until(2))).toEqual(['processing', 'created']);
  });

  it('drop: it never arrives (facts 7)', async () => {
    await subscribe('v1/transfers');
    await arm('drop');
    await pay();
    await bank.advance(1);
    expect(events(await receiver.until(1))).toEqual(['processing']);
    expect((await bank.control('GET', '/webhooks')).tries[0].outcome).toBe('dropped');
  });

  it('bad-signature: refused, it comes again with the right one (facts 7)', async () => {
    await subscribe('v1/transfers');
    await arm('bad-signature');
    receiver.answers = [401];
    await pay({ scheduled_date: '2099-01-01' });
    await receiver.until(1);
    await expect
      .poll(async () => (await bank.control('GET', '/webhooks')).waiting.length, { timeout: 5_000 })
      .toBe(1);
    await bank.advance(10);
    expect((await receiver.until(2)).map((one) => check(one).isValid)).toEqual([false, true]);
  });

  it('stale: a right signature of ten minutes ago (facts 4.13, 7)', async () => {
    await subscribe('v1/transfers');
    await arm('stale');
    await pay({ scheduled_date: '2099-01-01' });
    const [first] = await receiver.until(1);
    if (!first) throw new Error('nothing arrived');
    const { isValid, seconds } = check(first);
    expect(isValid).toBe(true);
    expect((await bankNow()) - seconds).toBeGreaterThan(300);
  });

  it('hits the nth event of its type or of its path only (facts 7)', async () => {
    await subscribe('v1/transfers', 'v1/transactions');
    await arm('drop', { path: 'v1/transfers', nth: 2 });
    await pay();
    await bank.advance(3);
    const received = await receiver.until(4);
    expect(received.map(({ event }) => `${event.type} ${event.data.event}`).sort()).toEqual([
      ...['v1/transactions created', 'v1/transactions updated'],
      ...['v1/transfers created', 'v1/transfers settled'],
    ]);
    await arm('drop', { path: '/hook' });
    await arm('drop', { path: '/elsewhere' });
    await pay({ scheduled_date: '2099-01-01' });
    await settled();
    expect(receiver.received).toHaveLength(4);
  });
});

describe('a delivery that waits', () => {
  it('goes on after a restart from the state file (facts 4.13)', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
    const stateFile = path.join(folder, 'state.json');
    const standing = bank;
    try {
      bank = await Driver.start({ stateFile });
      alice = await bank.token('alice', SCOPES);
      await subscribe('v1/transfers');
      receiver.answers = [503];
      await pay({ scheduled_date: '2099-01-01' });
      await expect
        .poll(async () => (await bank.control('GET', '/webhooks')).waiting, { timeout: 5_000 })
        .toMatchObject([{ tries: 1 }]);
      await bank.close();
      bank = await Driver.start({ stateFile });
      await bank.advance(10);
      const [first, second] = await receiver.until(2);
      expect(second?.body).toBe(first?.body);
    } finally {
      await bank.close();
      bank = standing;
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
