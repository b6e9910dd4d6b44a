import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Driver, type Json } from './driver.js';

const PATH = '/v2/webhook_subscriptions';
const SCOPES = 'webhook organization.read payment_link.read';
const WISH = { callback_url: 'https://partner.example/hook', types: ['v1/transfers'] };
const SECRET = 'a secret of the integrator, long enough';

let bank: Driver;
let alice: string;

beforeAll(async () => {
  bank = await Driver.start();
});
beforeEach(async () => {
  await bank.control('POST', '/reset');
  alice = await bank.token('alice', SCOPES);
});
afterAll(() => bank.close());

async function subscribe(wish: Json = WISH) {
  return bank.post(PATH, alice, wish);
}

async function replace(id: string, wish: Json) {
  const headers = { authorization: `Bearer ${alice}`, 'content-type': 'application/json' };
  return bank.send('PUT', `${PATH}/${id}`, { headers, body: JSON.stringify(wish) });
}

describe('a webhook subscription', () => {
  it('is created bare, with a secret that is made up where none is given (facts 4.13)', async () => {
    const { status, json } = await subscribe();
    expect(status).toBe(201);
    expect(json).toMatchObject({ ...WISH, secret: expect.stringMatching(/^whsec_\w{32,}$/) });
    expect(json).not.toHaveProperty('description');
    const own = await subscribe({ ...WISH, secret: SECRET, description: 'Ledger' });
    expect(own.json).toMatchObject({ secret: SECRET, description: 'Ledger' });
  });

  it('is listed under the key subscriptions, without its secret (facts 4.13)', async () => {
    const { json } = await subscribe();
    const list = (await bank.get(PATH, alice)).json;
    expect(list.subscriptions).toEqual([{ ...json, secret: null }]);
    expect((await bank.get(`${PATH}/${json.id}`, alice)).json).toEqual({ ...json, secret: null });
    await bank.control('PUT', '/switches', { webhook_secret_shown: true });
    expect((await bank.get(`${PATH}/${json.id}`, alice)).json).toEqual(json);
  });

  it('is replaced as a whole by PUT: what is left out is gone (facts 4.13)', async () => {
    const { json } = await subscribe({ ...WISH, secret: SECRET, description: 'Ledger' });
    const changed = await replace(json.id, { ...WISH, types: ['v1/beneficiaries'] });
    expect(changed.status).toBe(200);
    expect(changed.json.types).toEqual(['v1/beneficiaries']);
    expect(changed.json).not.toHaveProperty('description');
    expect(changed.json.secret).toMatch(/^whsec_/);
  });

  it('keeps its secret over a PUT where the switch says so (facts 4.13)', async () => {
    await bank.control('PUT', '/switches', {
      ...{ webhook_put_secret: 'kept', webhook_secret_shown: true },
    });
    const { json } = await subscribe({ ...WISH, secret: SECRET });
    expect((await replace(json.id, WISH)).json.secret).toBe(SECRET);
  });

  it('is refused without a callback_url, by POST and by PUT (facts 4.13)', async () => {
    const { json } = await subscribe();
    for (const answer of [
      await subscribe({ types: WISH.types }),
      await replace(json.id, { types: WISH.types }),
    ]) {
      expect(answer.status).toBe(400);
      expect(answer.json.errors[0].detail).toBe('CallbackURL is missing');
    }
  });

  it.each([
    ['http to another machine', { callback_url: 'http://partner.example/hook' }],
    ['an address that is none', { callback_url: 'partner' }],
    ['a long address', { callback_url: `https://partner.example/${'x'.repeat(500)}` }],
    ['no types', { types: [] }],
    ['a type that is none', { types: ['v1/sca'] }],
    ['a short secret', { secret: 'short' }],
    ['a long secret', { secret: 'x'.repeat(129) }],
    ['a long description', { description: 'x'.repeat(257) }],
  ])('is refused with %s (facts 4.13)', async (_name, fields) => {
    const { status, json } = await subscribe({ ...WISH, ...fields });
    expect(status).toBe(422);
    expect(json.errors[0].source.pointer).toContain(Object.keys(fields)[0]);
  });

  it('may be to this machine over http (facts 4.13)', async () => {
    for (const host of ['localhost:4100', '127.0.0.1:4100', '[::1]:4100', 'demo.localhost']) {
      expect((await subscribe({ ...WISH, callback_url: `http://${host}/` })).status).toBe(201);
    }
  });

  it('needs the scope to read each family (facts 2.3, 4.13)', async () => {
    alice = await bank.token('alice', 'webhook organization.read');
    expect((await subscribe({ ...WISH, types: ['v1/payment-links'] })).status).toBe(403);
    alice = await bank.token('alice', 'webhook');
    expect((await subscribe()).status).toBe(403);
    expect((await subscribe({ ...WISH, types: ['v1/consent-revocations'] })).status).toBe(201);
    alice = await bank.token('alice', 'organization.read');
    expect((await bank.get(PATH, alice)).status).toBe(403);
  });

  it('is gone after DELETE with 204, and never of another organisation (facts 4.13)', async () => {
    const { json } = await subscribe();
    const remove = (token: string) =>
      bank.send('DELETE', `${PATH}/${json.id}`, { headers: { authorization: `Bearer ${token}` } });
    expect((await remove(await bank.token('nora', SCOPES))).status).toBe(404);
    expect((await remove(alice)).status).toBe(204);
    expect((await remove(alice)).status).toBe(404);
  });
});
