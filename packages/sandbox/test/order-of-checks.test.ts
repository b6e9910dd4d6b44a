import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Driver, EMPTY_ACCOUNT, TRUSTED_BENEFICIARY } from './driver.js';
import { bulk, type Call, call, ORDER_SCOPES, recurring, send } from './orders.js';

let bank: Driver;
let alice: string;

beforeAll(async () => {
  bank = await Driver.start({ stagingToken: undefined });
});
beforeEach(async () => {
  await bank.control('POST', '/reset');
  alice = await bank.token('alice', ORDER_SCOPES);
});
afterAll(() => bank.close());

// Each test breaks two neighbours of the order: the answer is that of the first.
describe('the order of checks', () => {
  it('asks for the staging token before the access token (facts 1, 7)', async () => {
    const staged = await Driver.start({ stagingToken: 'let-me-in' });
    const headers = { authorization: 'Bearer wrong' };
    const gate = await staged.send('POST', '/v2/sepa/transfers', { headers });
    expect([gate.status, gate.headers.get('content-type')]).toEqual([
      ...[200, 'text/html; charset=utf-8'],
    ]);
    const inside = { ...headers, 'X-Qonto-Staging-Token': 'let-me-in' };
    const answer = await staged.send('POST', '/v2/sepa/transfers', { headers: inside });
    expect(answer.status).toBe(401);
    await staged.close();
  });

  it('asks for the access token before the key (facts 7)', async () => {
    const wish = { ...call('POST', '/v2/sepa/transfers', {}), key: '' };
    expect((await send(bank, 'ory_at_wrong.token', wish)).status).toBe(401);
  });

  it('asks for the scope before it looks the key up (facts 2.3, 7)', async () => {
    const transfer = await bank.transfer(alice, { beneficiary_id: TRUSTED_BENEFICIARY });
    await bank.create(alice, transfer);
    const reader = await bank.token('alice', 'organization.read');
    expect((await bank.create(reader, transfer)).status).toBe(403);
  });

  it('looks the key up before it reads the body (facts 5.2, 7)', async () => {
    const transfer = await bank.transfer(alice, { beneficiary_id: TRUSTED_BENEFICIARY });
    const first = await bank.create(alice, transfer);
    expect((await bank.create(alice, { ...transfer, body: 'no json' })).text).toBe(first.text);
  });

  it('sees the running twin before it reads the body (facts 5.2, 7)', async () => {
    const transfer = await bank.transfer(alice);
    const match = { method: 'POST', path: '/v2/sepa/transfers' };
    await bank.control('POST', '/faults', [{ match, do: { delayMs: 300 } }]);
    const slow = bank.create(alice, transfer);
    await expect.poll(async () => (await bank.ledger()).pushes.length).toBe(1);
    expect((await bank.create(alice, { ...transfer, body: '{}' })).status).toBe(429);
    await slow;
  });

  it('reads the body before the proof (facts 4.3, 7)', async () => {
    const transfer = await bank.transfer(alice, { amount: 'much' });
    const body = JSON.stringify({ ...JSON.parse(transfer.body), vop_proof_token: 'x' });
    expect((await bank.create(alice, { ...transfer, body })).status).toBe(422);
  });

  it('reads the proof before it asks the phone (facts 4.3, 7)', async () => {
    const transfer = await bank.transfer(alice);
    const body = JSON.stringify({ ...JSON.parse(transfer.body), vop_proof_token: 'x' });
    expect((await bank.create(alice, { ...transfer, body })).status).toBe(401);
    expect((await bank.ledger()).pushes).toEqual([]);
  });

  it('asks the phone before it looks at the money (facts 3.4, 7)', async () => {
    const transfer = await bank.transfer(alice, { bank_account_id: EMPTY_ACCOUNT });
    const first = await bank.create(alice, transfer);
    expect(first.status).toBe(428);
    await bank.decide(first.json.sca_session_token, 'allow');
    const replay = await bank.create(alice, transfer, first.json.sca_session_token);
    expect(replay.status).toBe(400);
  });
});

async function request(): Promise<string> {
  const payment = {
    ...{ amount: '1.00', currency: 'EUR', reference: 'INV-1' },
    ...{ credit_iban: 'FR7610278008281039295362036', credit_account_name: 'Atelier' },
  };
  const request_multi_transfer = { note: 'Please', transfers: [payment] };
  const wish = call('POST', '/v2/requests/multi_transfers', { request_multi_transfer });
  return (await send(bank, alice, wish)).json.request_multi_transfer.id;
}

interface Keyed {
  readonly name: string;
  readonly make: () => Promise<Call>;
  readonly malformed?: string;
}

const KEYED: readonly Keyed[] = [
  { name: 'a bulk', make: () => bulk(bank, alice, [{}]) },
  { name: 'a recurring transfer', make: () => recurring(bank, alice) },
  {
    name: 'a review',
    make: async () => call('POST', `/v2/requests/multi_transfers/${await request()}/approve`),
    malformed: '[]',
  },
  {
    name: 'a beneficiary',
    make: async () => {
      await bank.control('PUT', '/switches', { beneficiary_create_sca: 'always' });
      const beneficiary = { name: 'Atelier', iban: 'FR7610278008281039295362036' };
      return call('POST', '/v2/sepa/beneficiaries', { beneficiary });
    },
  },
];

describe.each(KEYED)('the order of checks of $name', ({ make, malformed = '{}' }) => {
  it('is token, scope, key, body, phone (facts 7)', async () => {
    const wish = await make();
    const reader = await bank.token('alice', 'membership.read');
    const broken = { ...wish, body: malformed };
    const statuses = [
      await send(bank, 'ory_at_wrong.token', { ...broken, key: '' }),
      await send(bank, reader, { ...broken, key: '' }),
      await send(bank, alice, { ...broken, key: '' }),
      await send(bank, alice, broken),
      await send(bank, alice, wish),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 403, 400, 422, 428]);
    expect((await bank.ledger()).pushes).toHaveLength(1);
  });

  it('ends with one success per key, whatever the body says (facts 5.2, 7)', async () => {
    const wish = await make();
    const { json } = await send(bank, alice, wish);
    await bank.decide(json.sca_session_token, 'allow');
    const done = await send(bank, alice, wish, json.sca_session_token);
    expect(done.status).toBeLessThan(300);
    expect((await send(bank, alice, { ...wish, body: 'no json' })).text).toBe(done.text);
    const other = await send(bank, alice, { ...wish, key: randomUUID() }, json.sca_session_token);
    expect(other.status).toBe(422);
  });
});
