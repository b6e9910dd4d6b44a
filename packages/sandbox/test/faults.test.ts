import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Driver, type Json, TRUSTED_BENEFICIARY } from './driver.js';

const PATH = '/v2/sepa/transfers';

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

async function arm(trouble: Json, match: Json = {}): Promise<void> {
  await bank.control('POST', '/faults', [
    { match: { method: 'POST', path: PATH, ...match }, do: trouble },
  ]);
}

async function count(): Promise<number> {
  return (await bank.ledger()).transfers.length;
}

async function pay() {
  return bank.create(alice, await bank.transfer(alice, { beneficiary_id: TRUSTED_BENEFICIARY }));
}

describe('trouble before the bank sees the call', () => {
  it('answers a status and a body (facts 7)', async () => {
    await arm({ status: 503, body: { any: 'thing' } });
    expect(await pay()).toMatchObject({ status: 503, json: { any: 'thing' } });
    expect(await count()).toBe(0);
    expect((await pay()).status).toBe(200);
  });

  it('answers HTML with 200 (facts 1)', async () => {
    await arm({ html: true });
    const answer = await pay();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await count()).toBe(0);
  });

  it.each([
    [{ retryAfter: 2 }, '2'],
    [{}, null],
  ])('answers 429 for %j (facts 5.4)', async (rateLimit, header) => {
    await arm({ rateLimit });
    const answer = await pay();
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe(header);
  });

  it('cuts the connection with nothing done (facts 7)', async () => {
    await arm({ resetBefore: true });
    await expect(pay()).rejects.toThrow('fetch failed');
    expect(await count()).toBe(0);
    expect((await bank.ledger()).calls[`POST ${PATH}`]).toEqual({ reset: 1 });
  });
});

describe('trouble after the work is done', () => {
  it('cuts the connection after the commit; the same key finds the transfer (facts 5.2, 7)', async () => {
    await arm({ resetAfterCommit: true });
    const transfer = await bank.transfer(alice, { beneficiary_id: TRUSTED_BENEFICIARY });
    await expect(bank.create(alice, transfer)).rejects.toThrow('fetch failed');
    expect(await count()).toBe(1);
    expect((await bank.create(alice, transfer)).status).toBe(200);
    expect(await count()).toBe(1);
  });

  it('cuts the body short', async () => {
    await arm({ truncateBytes: 20 });
    await expect(pay()).rejects.toThrow('terminated');
    expect(await count()).toBe(1);
  });

  it('holds the answer back', async () => {
    await arm({ delayMs: 200 });
    const transfer = await bank.transfer(alice, { beneficiary_id: TRUSTED_BENEFICIARY });
    const startedAt = Date.now();
    expect((await bank.create(alice, transfer)).status).toBe(200);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(195);
  });
});

describe('which call is hit', () => {
  it('the nth one, so many times', async () => {
    await arm({ status: 500 }, { nth: 2, times: 2 });
    const statuses: number[] = [];
    for (let calls = 0; calls < 5; calls++) statuses.push((await pay()).status);
    expect(statuses).toEqual([200, 500, 500, 200, 200]);
  });

  it('only of its method and path, where * is one segment', async () => {
    await arm({ status: 500 }, { method: 'GET', path: '/v2/sca_sessions/*' });
    expect((await pay()).status).toBe(200);
    expect((await bank.get('/v2/sca_sessions/any', alice)).status).toBe(500);
    expect((await bank.get('/v2/sca_sessions/any', alice)).status).toBe(404);
  });

  it('none after DELETE', async () => {
    await arm({ status: 500 }, { times: 9 });
    await bank.control('DELETE', '/faults');
    expect((await pay()).status).toBe(200);
  });

  it('the OAuth server too', async () => {
    await arm({ status: 500 }, { path: '/oauth2/token' });
    expect((await bank.send('POST', '/oauth2/token')).status).toBe(500);
  });
});

describe('every kind of trouble', () => {
  const OTHER = '/v2/supplier_invoices';

  async function look(): Promise<string> {
    const token = await bank.token('alice', 'supplier_invoice.read');
    const startedAt = Date.now();
    const answer = await bank.get(OTHER, token).catch((error: Error) => error);
    if (answer instanceof Error) return answer.message;
    const type = answer.headers.get('content-type')?.split(';')[0];
    return `${answer.status} ${type}${Date.now() - startedAt >= 195 ? ' late' : ''}`;
  }

  it.each<[Json, string]>([
    [{ status: 503, body: {} }, '503 application/json'],
    [{ html: true }, '200 text/html'],
    [{ rateLimit: { retryAfter: 2 } }, '429 application/json'],
    [{ resetBefore: true }, 'fetch failed'],
    [{ resetAfterCommit: true }, 'fetch failed'],
    [{ truncateBytes: 20 }, 'terminated'],
    [{ delayMs: 200 }, '200 application/json late'],
  ])('acts on any route: %j (facts 7)', async (trouble, seen) => {
    await arm(trouble, { method: 'GET', path: OTHER });
    expect(await look()).toBe(seen);
    expect(await look()).toMatch(/^200 application\/json/);
  });
});
