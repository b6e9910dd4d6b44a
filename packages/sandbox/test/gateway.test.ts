import { get } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { Driver } from './driver.js';

let bank: Driver;

afterEach(() => bank.close());

describe('the gateway', () => {
  it('answers an unknown route as text, with a trace and without a request id (facts 1)', async () => {
    bank = await Driver.start();
    const answer = await bank.send('GET', '/v2/no/such/route');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(answer.headers.get('x-tyk-trace-id')).toBeTruthy();
    expect(answer.headers.get('x-request-id')).toBeNull();
  });

  it('is reached by any name of this machine', async () => {
    bank = await Driver.start();
    const { port } = new URL(bank.url);
    for (const [host, name] of [
      ['127.0.0.1', 'bank.localhost'],
      ['::1', 'localhost'],
    ]) {
      const status = await new Promise((resolve) => {
        const headers = { host: `${name}:${port}` };
        get({ host, port, path: '/_control/magic', headers }, (res) => resolve(res.statusCode)).on(
          'error',
          () => resolve('no IPv6 here'),
        );
      });
      expect([200, 'no IPv6 here']).toContain(status);
    }
  });
});

describe('the staging gate', () => {
  it('shows HTML with 200 to a program without the token (facts 1)', async () => {
    bank = await Driver.start({ stagingToken: 'secret' });
    for (const path of ['/v2/organization', '/oauth2/token']) {
      const answer = await bank.send(path === '/oauth2/token' ? 'POST' : 'GET', path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain('text/html');
    }
    await bank.control('PUT', '/switches', { staging_gate: 'redirect' });
    const headers = { 'X-Qonto-Staging-Token': 'wrong' };
    const moved = await bank.send('GET', '/v2/organization', { headers });
    expect(moved.status).toBe(302);
    expect(moved.headers.get('location')).toBe('https://qonto.onelogin.com/login');
  });

  it('lets the token pass', async () => {
    bank = await Driver.start({ stagingToken: 'secret' });
    const headers = { 'X-Qonto-Staging-Token': 'secret' };
    expect((await bank.send('GET', '/v2/organization', { headers })).status).toBe(401);
  });
});

describe('the rate limits', () => {
  async function burst(path: string, count: number, headers = {}): Promise<number[]> {
    const statuses: number[] = [];
    for (let sent = 0; sent < count; sent += 50) {
      const batch = Array.from({ length: Math.min(50, count - sent) }, () =>
        bank.send('GET', path, { headers }),
      );
      statuses.push(...(await Promise.all(batch)).map(({ status }) => status));
    }
    return statuses;
  }

  it('refuse the 1,001st call in 10 seconds, and take calls again later (facts 5.4)', async () => {
    bank = await Driver.start({ rateLimits: true });
    const headers = { authorization: `Bearer ${await bank.token()}` };
    // The window's start is not ours to choose: two bursts cannot both be split by it.
    await bank.advance(10 - (Date.now() % 10_000) / 1000);
    const statuses = await burst('/v2/membership', 1001, headers);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    await bank.advance(10);
    expect(await burst('/v2/membership', 1, headers)).toEqual([200]);
  });

  it('throttle after 200 answers of 401 within an hour (facts 5.4)', async () => {
    bank = await Driver.start({ rateLimits: true });
    await bank.advance(3600 - (Date.now() % 3_600_000) / 1000);
    expect(new Set(await burst('/v2/organization', 200))).toEqual(new Set([401]));
    expect(await burst('/v2/organization', 1)).toEqual([429]);
    const headers = { authorization: `Bearer ${await bank.token()}` };
    expect(await burst('/v2/membership', 1, headers)).toEqual([429]);
    await bank.control('PUT', '/switches', { retry_after: true });
    const refused = await bank.send('GET', '/v2/membership', { headers });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await bank.control('PUT', '/switches', { rate_limits: false });
    expect(await burst('/v2/membership', 1, headers)).toEqual([200]);
  });
});
