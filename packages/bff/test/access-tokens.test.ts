import { randomBytes, randomUUID } from 'node:crypto';
import { createSandbox, type Sandbox } from '@qonto-pay/sandbox';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AccessTokens, sealTokens } from '../src/auth/access-tokens.js';
import { OAuthClient } from '../src/auth/oauth-client.js';
import { parseKeyRing, TokenVault } from '../src/auth/token-vault.js';
import { BankUnavailableError, SignedOutError } from '../src/payments/errors.js';
import { PgConnectionStore } from '../src/store/connection-store.js';
import { type OpenDatabase, openDatabase } from '../src/store/database.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';

const vault = new TokenVault(parseKeyRing(`k1:${randomBytes(32).toString('base64')}`));

let sandbox: Sandbox;
let test: TestDatabase;
let database: OpenDatabase;
let connectionId: string;
let firstToken: string;
let opened: OpenDatabase[] = [];

beforeAll(async () => {
  [sandbox, test] = await Promise.all([createSandbox({ port: 0 }), createTestDatabase()]);
  database = openDatabase(test.config);
});
afterAll(async () => {
  await database.close();
  await Promise.all([test.drop(), sandbox.close()]);
});
beforeEach(async () => {
  await control('POST', '/reset');
  ({ connectionId, firstToken } = await connect());
});
afterEach(async () => {
  await Promise.all(opened.map((one) => one.close()));
  opened = [];
  await sql`update bank_clock set ahead = '0'`.execute(database.db);
});

describe('a token that is good', () => {
  it('is given without a word to the bank', async () => {
    expect(await instance().forConnection(connectionId)).toBe(firstToken);
    expect(await redeems()).toBe(0);
  });

  it('is no longer good when the clock of the bank says so', async () => {
    await sql`update bank_clock set ahead = '2 hours'`.execute(database.db);
    expect(await instance().forConnection(connectionId)).not.toBe(firstToken);
  });
});

describe('at expiry', () => {
  it('four instances with many calls each redeem exactly once', async () => {
    for (let round = 1; round <= 5; round++) {
      await expireIn(-1);
      const instances = [1, 2, 3, 4].map(() => instance());
      const calls = instances.flatMap((tokens) =>
        Array.from({ length: 25 }, () => tokens.forConnection(connectionId)),
      );
      expect(new Set(await Promise.all(calls)).size).toBe(1);
      expect(await redeems()).toBe(round);
      expect(await works(await instance().forConnection(connectionId))).toBe(true);
    }
  });

  it('one instance refreshes ahead of time while the others go on', async () => {
    await expireIn(200);
    const slow = held();
    const first = instance({ fetch: slow.fetch }).forConnection(connectionId);
    await slow.arrived;
    expect(await instance().forConnection(connectionId)).toBe(firstToken);
    slow.release();
    expect(await first).not.toBe(firstToken);
    expect(await redeems()).toBe(1);
  });

  it('differs from connection to connection, by a minute at most', async () => {
    await expireIn(361);
    expect(await instance().forConnection(connectionId)).toBe(firstToken);
    await expireIn(239);
    expect(await instance().forConnection(connectionId)).not.toBe(firstToken);
  });
});

describe('a crash', () => {
  it('after the lease and before the call is mended by the next instance', async () => {
    await expireIn(-1);
    const store = new PgConnectionStore(database.db);
    const by = { owner: randomUUID(), generation: 1n, forMs: 300 };
    expect(await store.lease(connectionId, by)).toBe(true);
    expect(await works(await instance().forConnection(connectionId))).toBe(true);
    expect(await redeems()).toBe(1);
  });

  it('between answer and commit is mended with the old token', async () => {
    await expireIn(-1);
    const lost = instance({ fetch: answerLost, leaseMs: 300 });
    await expect(lost.forConnection(connectionId)).rejects.toThrow(BankUnavailableError);
    expect(await works(await instance().forConnection(connectionId))).toBe(true);
    expect(await redeems()).toBe(2);
    expect(await status()).toBe('active');
  });
});

describe('an instance that was asleep', () => {
  it('throws its tokens away when another one was faster', async () => {
    await expireIn(-1);
    const slow = held();
    const asleep = instance({ fetch: slow.fetch, leaseMs: 100 }).forConnection(connectionId);
    await slow.arrived;
    const token = await instance().forConnection(connectionId);
    slow.release();
    expect(await asleep).toBe(token);
  });

  it('does not sign out what another one has refreshed', async () => {
    await expireIn(-1);
    const slow = held(() => json(400, { error: 'invalid_grant' }));
    const asleep = instance({ fetch: slow.fetch, leaseMs: 100 }).forConnection(connectionId);
    await slow.arrived;
    const token = await instance().forConnection(connectionId);
    slow.release();
    expect(await asleep).toBe(token);
    expect(await status()).toBe('active');
  });
});

describe('a refresh token that is dead', () => {
  it('signs the connection out, and the bank is not asked again', async () => {
    await control('POST', '/clock', { advanceSeconds: 91 * 86_400 });
    await expireIn(-1);
    const tokens = instance();
    await expect(tokens.forConnection(connectionId)).rejects.toThrow(SignedOutError);
    await expect(tokens.forConnection(connectionId)).rejects.toThrow(SignedOutError);
    await expect(instance().forConnection(connectionId)).rejects.toThrow(SignedOutError);
    expect(await redeems()).toBe(1);
    expect(await status()).toBe('signed_out');
  });
});

describe('a bank in trouble', () => {
  const troubles: [string, () => Promise<Response>][] = [
    ['a 503', async () => json(503, {})],
    [
      'a login page',
      async () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    ],
    ['a 429', async () => json(429, { error: 'rate_limited' })],
    ['a refused client', async () => json(401, { error: 'invalid_client' })],
    ['a reset', async () => Promise.reject(new TypeError('fetch failed'))],
  ];

  it.each(troubles)('(%s) never signs anybody out', async (_, trouble) => {
    await expireIn(200);
    const options = { fetch: trouble, leaseMs: 100, waitMs: 50 };
    expect(await instance(options).forConnection(connectionId)).toBe(firstToken);
    await expireIn(-1);
    await expect(instance(options).forConnection(connectionId)).rejects.toThrow(
      BankUnavailableError,
    );
    expect(await status()).toBe('active');
    expect(await works(await instance().forConnection(connectionId))).toBe(true);
  });

  it('is asked once per lease, however many callers need a token', async () => {
    await expireIn(-1);
    let asked = 0;
    const options = {
      fetch: async () => json(500, { asked: ++asked }),
      leaseMs: 5_000,
      waitMs: 200,
    };
    const calls = [1, 2, 3].map(() => instance(options).forConnection(connectionId));
    expect(new Set((await Promise.allSettled(calls)).map(({ status }) => status))).toEqual(
      new Set(['rejected']),
    );
    expect(asked).toBe(1);
  });

  it('says nothing of tokens or of what the bank wrote', async () => {
    await expireIn(-1);
    const body = { access_token: 7, refresh_token: 'secret-refresh', error_description: 'secret' };
    const tokens = instance({ fetch: async () => json(200, body) });
    const error = await tokens.forConnection(connectionId).catch((cause: unknown) => cause);
    const told: string[] = [];
    for (let at = error; at instanceof Error; at = at.cause)
      told.push(JSON.stringify(at), at.message);
    expect(told.join()).not.toContain('secret');
  });
});

describe('a token that the bank refuses', () => {
  it('is renewed once for all who met the refusal', async () => {
    const [one, other] = [instance(), instance()];
    const renewed = await Promise.all([
      one.renew(connectionId, firstToken),
      other.renew(connectionId, firstToken),
      one.renew(connectionId, firstToken),
    ]);
    expect(new Set(renewed).size).toBe(1);
    expect(renewed[0]).not.toBe(firstToken);
    expect(await redeems()).toBe(1);
  });

  it('twice in a row means signing in again', async () => {
    const tokens = instance();
    const second = await tokens.renew(connectionId, firstToken);
    await expect(tokens.renew(connectionId, second)).rejects.toThrow(SignedOutError);
    await expect(instance().forConnection(connectionId)).rejects.toThrow(SignedOutError);
    expect(await redeems()).toBe(1);
  });
});

describe('a consent that is in doubt', () => {
  const revoke = () => control('POST', '/consent-revocations', { member: 'alice' });

  it('stands when the bank says so, and the token is another one', async () => {
    expect(await instance().verify(connectionId)).toBe(true);
    expect(await redeems()).toBe(1);
    const token = await instance().forConnection(connectionId);
    expect([token === firstToken, await works(token)]).toEqual([false, true]);
  });

  it('is over when it was withdrawn, and nobody is asked again', async () => {
    await revoke();
    expect(await instance().verify(connectionId)).toBe(false);
    expect(await status()).toBe('signed_out');
    expect(await instance().verify(connectionId)).toBe(false);
    expect(await redeems()).toBe(1);
  });

  it('is asked about anew when another refresh was answered before the doubt', async () => {
    await expireIn(-1);
    const slow = held();
    const before = instance({ fetch: slow.fetch }).forConnection(connectionId);
    await slow.arrived;
    await revoke();
    const verified = instance().verify(connectionId);
    slow.release();
    expect(await before).toEqual(expect.any(String));
    expect(await verified).toBe(false);
    expect(await status()).toBe('signed_out');
  });

  it('stays as it is while the bank cannot be asked', async () => {
    await revoke();
    const silent = instance({ fetch: async () => json(503, {}), leaseMs: 100 });
    await expect(silent.verify(connectionId)).rejects.toThrow(BankUnavailableError);
    expect(await status()).toBe('active');
  });

  it('is over where there is nothing to ask with', async () => {
    await sql`update connections set refresh_token = null where id = ${connectionId}`.execute(
      database.db,
    );
    expect(await instance().verify(connectionId)).toBe(false);
    expect([await status(), await redeems()]).toEqual(['signed_out', 0]);
  });
});

describe('a row', () => {
  it('moved to another partner gives nothing away', async () => {
    await sql`update connections set partner_id = 'evil' where id = ${connectionId}`.execute(
      database.db,
    );
    await expect(instance().forConnection(connectionId)).rejects.toThrow(SignedOutError);
  });

  it('holds no token in clear', async () => {
    const { rows } = await sql<{ row: string }>`
      select connections::text as row from connections where id = ${connectionId}`.execute(
      database.db,
    );
    expect(rows[0]?.row).not.toContain(Buffer.from(firstToken).toString('hex'));
  });
});

interface InstanceOptions {
  fetch?: typeof fetch;
  leaseMs?: number;
  waitMs?: number;
}

/** What one process would have: a pool, a vault and a client of its own. */
function instance({ fetch, ...options }: InstanceOptions = {}): AccessTokens {
  const own = openDatabase({ ...test.config, max: 3 });
  opened.push(own);
  const client = new OAuthClient({
    oauthUrl: `${sandbox.url}/oauth2`,
    clientId: 'qonto-pay-demo',
    clientSecret: 'qonto-pay-demo-secret',
    redirectUri: 'http://localhost:4100/oauth/callback/demo',
    ...(fetch && { fetch }),
  });
  const store = new PgConnectionStore(own.db);
  return new AccessTokens({ store, vault, oauthClient: () => client, ...options });
}

async function connect() {
  const scopes = 'offline_access organization.read';
  const tokens = (await control('POST', '/tokens', { member: 'alice', scope: scopes })) as {
    access_token: string;
    refresh_token: string;
  };
  const store = new PgConnectionStore(database.db);
  const member = {
    organizationId: randomUUID(),
    organizationName: 'ACME SAS',
    membershipId: randomUUID(),
    memberName: 'Alice Martin',
    role: 'owner',
  };
  const id = await store.claim({ ...member, partnerId: 'demo', scopes }, randomUUID());
  const sealed = sealTokens(
    vault,
    { partnerId: 'demo', connectionId: id },
    {
      accessToken: tokens.access_token,
      accessLifetimeMs: 3_600_000,
      refreshToken: tokens.refresh_token,
      scopes,
    },
  );
  await store.signIn(id, member, scopes, sealed);
  return { connectionId: id, firstToken: tokens.access_token };
}

async function expireIn(seconds: number): Promise<void> {
  await sql`update connections set access_expires_at = money_now() + ${seconds} * interval '1 second',
    refresh_lease_until = null where id = ${connectionId}`.execute(database.db);
}

async function status(): Promise<string | undefined> {
  const row = await database.db
    .selectFrom('connections')
    .select('status')
    .where('id', '=', connectionId)
    .executeTakeFirst();
  return row?.status;
}

/** The bank works, but its answer never arrives. */
const answerLost: typeof fetch = async (...call) => {
  await fetch(...call);
  throw new TypeError('fetch failed');
};

/** A call that hangs until it is released, as in a process that was stopped. */
function held(answer?: () => Response) {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let arrive = (): void => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const heldFetch: typeof fetch = async (url, { signal: _signal, ...init } = {}) => {
    const answered = answer ? answer() : await fetch(url, init);
    arrive();
    await released;
    return answered;
  };
  return { fetch: heldFetch, arrived, release };
}

function json(status: number, body: unknown): Response {
  return Response.json(body, { status });
}

async function works(token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${sandbox.url}/v2/organization`, { headers })).ok;
}

async function redeems(): Promise<number> {
  const { calls } = (await control('GET', '/ledger')) as {
    calls: Record<string, Record<string, number>>;
  };
  return Object.values(calls['POST /oauth2/token'] ?? {}).reduce((sum, count) => sum + count, 0);
}

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${sandbox.url}/_control${path}`, { method, ...init });
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return response.json();
}
