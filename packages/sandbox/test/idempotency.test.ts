import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Driver, TRUSTED_BENEFICIARY } from './driver.js';

let bank: Driver;
let alice: string;

beforeAll(async () => {
  bank = await Driver.start();
});
beforeEach(async () => {
  await bank.control('POST', '/reset');
  alice = await bank.token();
});
afterAll(() => bank.close());

const trusted = () => bank.transfer(alice, { beneficiary_id: TRUSTED_BENEFICIARY });

async function slowDown(): Promise<void> {
  const match = { method: 'POST', path: '/v2/sepa/transfers' };
  await bank.control('POST', '/faults', [{ match, do: { delayMs: 300 } }]);
}

it('requires the key (facts 5.2)', async () => {
  const { body } = await trusted();
  expect((await bank.post('/v2/sepa/transfers', alice, body)).status).toBe(400);
});

it('answers a key that succeeded from memory, whatever the body says (facts 5.2)', async () => {
  const transfer = await trusted();
  const first = await bank.create(alice, transfer);
  const edited = { ...transfer, body: transfer.body.replace('12.50', '99.00') };
  expect((await bank.create(alice, edited)).text).toBe(first.text);
  expect((await bank.create(alice, { ...transfer, body: 'no json' })).text).toBe(first.text);
  expect((await bank.ledger()).transfers).toHaveLength(1);
});

it('does not scope a key by caller (facts 5.2, 8 no. 1)', async () => {
  const transfer = await trusted();
  const first = await bank.create(alice, transfer);
  const adam = await bank.token('adam');
  expect((await bank.create(adam, transfer)).text).toBe(first.text);
});

it('answers a used session from memory while the key lives (facts 3.4, 5.2)', async () => {
  const transfer = await bank.transfer(alice);
  const { json } = await bank.create(alice, transfer);
  await bank.decide(json.sca_session_token, 'allow');
  const first = await bank.create(alice, transfer, json.sca_session_token);
  expect((await bank.create(alice, transfer, json.sca_session_token)).text).toBe(first.text);
});

it('keeps no refusal and no challenge (facts 5.2)', async () => {
  const transfer = await bank.transfer(alice);
  const bad = await bank.create(alice, { ...transfer, body: '{}' });
  expect(bad.status).toBe(422);
  const first = await bank.create(alice, transfer);
  const second = await bank.create(alice, transfer);
  expect([first.status, second.status]).toEqual([428, 428]);
  expect(second.json.sca_session_token).not.toBe(first.json.sca_session_token);
});

it('forgets a key after 30 minutes and pays again (facts 5.2)', async () => {
  const transfer = await trusted();
  const first = await bank.create(alice, transfer);
  await bank.advance(29 * 60);
  expect((await bank.create(alice, transfer)).text).toBe(first.text);
  await bank.advance(61);
  expect((await bank.create(alice, transfer)).text).not.toBe(first.text);
  expect((await bank.ledger()).transfers).toHaveLength(2);
});

it('answers a twin from memory before the first answer has left (facts 5.2)', async () => {
  const transfer = await trusted();
  await slowDown();
  const slow = bank.create(alice, transfer);
  await expect.poll(async () => (await bank.ledger()).transfers.length).toBe(1);
  const twin = await bank.create(alice, { ...transfer, body: '{}' });
  expect(twin.text).toBe((await slow).text);
});

it('refuses the twin of a running call with 429 and a bare body (facts 5.1, 5.2)', async () => {
  const transfer = await bank.transfer(alice);
  const path = '/v2/sepa/transfers';
  await bank.control('POST', '/faults', [
    { match: { method: 'POST', path }, do: { delayMs: 300 } },
  ]);
  const slow = bank.create(alice, transfer);
  await expect.poll(async () => (await bank.ledger()).pushes.length).toBe(1);
  const twin = await bank.create(alice, transfer);
  expect(twin).toMatchObject({ status: 429, json: { error: 'Concurrent requests detected' } });
  expect(twin.json).not.toHaveProperty('trace_id');
  expect((await slow).status).toBe(428);
  expect((await bank.create(alice, transfer)).status).toBe(428);
});

describe('the middleware of 2023', () => {
  const path = '/v2/sepa/transfers';

  it('pays twice when a twin has looked before the first one was written down (facts 5.2, 8 no. 1)', async () => {
    await bank.control('PUT', '/switches', { idempotency_race: true });
    const transfer = await trusted();
    await slowDown();
    const slow = bank.create(alice, transfer);
    await expect.poll(async () => (await bank.ledger()).transfers.length).toBe(1);
    const twin = await bank.create(alice, transfer);
    expect([(await slow).status, twin.status]).toEqual([200, 200]);
    expect(twin.json.transfer.id).not.toBe((await slow).json.transfer.id);
    expect((await bank.ledger()).transfers).toHaveLength(2);
    expect([(await slow).text, twin.text]).toContain((await bank.create(alice, transfer)).text);
  });

  it('runs more than one that waits, one after the other (facts 5.2)', async () => {
    await bank.control('PUT', '/switches', { idempotency_race: true });
    const transfer = await trusted();
    await slowDown();
    const calls = [0, 1, 2].map(() => bank.create(alice, transfer));
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await bank.ledger()).transfers).toHaveLength(3);
  });

  it('keeps a key locked when the answer was cut off, and pays again later (facts 5.2, 8 no. 1)', async () => {
    await bank.control('PUT', '/switches', { idempotency_stuck_lock: true });
    const transfer = await trusted();
    const match = { method: 'POST', path };
    await bank.control('POST', '/faults', [{ match, do: { resetAfterCommit: true } }]);
    await expect(bank.create(alice, transfer)).rejects.toThrow();
    expect((await bank.ledger()).transfers).toHaveLength(1);
    await bank.advance(29 * 60);
    expect((await bank.create(alice, transfer)).status).toBe(429);
    await bank.advance(61);
    expect((await bank.create(alice, transfer)).status).toBe(200);
    expect((await bank.ledger()).transfers).toHaveLength(2);
  });

  it('is not played unless it is switched on (facts 5.2)', async () => {
    const transfer = await trusted();
    const match = { method: 'POST', path };
    await bank.control('POST', '/faults', [{ match, do: { resetAfterCommit: true } }]);
    await expect(bank.create(alice, transfer)).rejects.toThrow();
    expect((await bank.create(alice, transfer)).status).toBe(200);
    expect((await bank.ledger()).transfers).toHaveLength(1);
  });
});
