import { randomBytes } from 'node:crypto';
import { createSandbox, type Sandbox } from '@qonto-pay/sandbox';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AccessTokens } from '../src/auth/access-tokens.js';
import { OAuthClient } from '../src/auth/oauth-client.js';
import { Sessions } from '../src/auth/sessions.js';
import { type SignInError, SignIns } from '../src/auth/sign-in.js';
import { parseKeyRing, TokenVault } from '../src/auth/token-vault.js';
import { QontoBank } from '../src/qonto/qonto-bank.js';
import { PgConnectionStore } from '../src/store/connection-store.js';
import { type OpenDatabase, openDatabase } from '../src/store/database.js';
import { PgSessionStore } from '../src/store/session-store.js';
import { PgSignInStore } from '../src/store/sign-in-store.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';

const REDIRECT_URI = 'http://localhost:4100/oauth/callback/demo';
const vault = new TokenVault(parseKeyRing(`k1:${randomBytes(32).toString('base64')}`));

const FIRST_SCOPES = 'offline_access organization.read membership.read payment.write';

let sandbox: Sandbox;
let test: TestDatabase;
let database: OpenDatabase;
let signIns: SignIns;
let accessTokens: AccessTokens;

beforeAll(async () => {
  [sandbox, test] = await Promise.all([createSandbox({ port: 0 }), createTestDatabase()]);
  database = openDatabase(test.config);
  await sql`insert into intents (id, partner_id, kind, item_count, amount_cents, return_url, expires_at)
    values ('in_1', 'demo', 'transfer', 1, 100, 'https://x', now() + interval '1 day')`.execute(
    database.db,
  );
});
afterAll(async () => {
  await database.close();
  await Promise.all([test.drop(), sandbox.close()]);
});
beforeEach(async () => {
  await control('/reset');
  signIns = signInsWith();
});

describe('a sign-in', () => {
  it('asks for the first scopes with PKCE and a state of its own', async () => {
    const first = new URL((await begin()).url);
    const second = new URL((await begin()).url);
    expect(first.searchParams.get('scope')).toBe(FIRST_SCOPES);
    expect(first.searchParams.get('redirect_uri')).toBe(REDIRECT_URI);
    expect(first.searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'code_challenge']) {
      expect(first.searchParams.get(name)).toHaveLength(43);
      expect(first.searchParams.get(name)).not.toBe(second.searchParams.get(name));
    }
  });

  it('ends with a connection whose tokens work', async () => {
    const begun = await begin();
    const signedIn = await complete(await throughBank(begun.url, 'Alice Martin'), begun.cookie);
    expect(signedIn).toMatchObject({
      intentId: 'in_1',
      memberName: 'Alice Martin',
      organizationName: 'ACME SAS',
      cookieName: begun.cookie.name,
    });
    const bank = bankWith({ forConnection: (id) => accessTokens.forConnection(id) });
    expect(await bank.accounts(signedIn.connectionId)).toHaveLength(2);
  });

  it('of the same member again keeps the connection, and wakes it up', async () => {
    const one = await signInAs('Alice Martin');
    await sql`update connections set status = 'signed_out', access_token = null`.execute(
      database.db,
    );
    const again = await signInAs('Alice Martin');
    const other = await signInAs('Adam Dupont');
    expect(again.connectionId).toBe(one.connectionId);
    expect(other.connectionId).not.toBe(one.connectionId);
    expect(await accessTokens.forConnection(again.connectionId)).toEqual(expect.any(String));
  });

  it('may go on in two tabs of one browser', async () => {
    const [one, other] = [await begin(), await begin()];
    const cookies = `a=1; ${header(one.cookie)}; ${header(other.cookie)}`;
    const back = await throughBank(other.url, 'Alice Martin');
    expect((await completeWith(back, cookies)).memberName).toBe('Alice Martin');
    const backToo = await throughBank(one.url, 'Alice Martin');
    expect((await completeWith(backToo, cookies)).memberName).toBe('Alice Martin');
  });
});

describe('where webhooks are on', () => {
  it('they are asked for, and left out when our application may not have them', async () => {
    signIns = signInsWith({ webhooks: true });
    const begun = await begin();
    const { searchParams } = new URL(begun.url);
    expect(searchParams.get('scope')).toBe(`${FIRST_SCOPES} webhook`);
    const refused = new URL(REDIRECT_URI);
    refused.searchParams.set('error', 'invalid_scope');
    refused.searchParams.set('state', searchParams.get('state') ?? '');
    const cookieHeader = header(begun.cookie);
    const again = await signIns.complete({ partnerId: 'demo', currentUrl: refused, cookieHeader });
    if (again.kind !== 'again') throw new Error('it is over');
    expect(new URL(again.url).searchParams.get('scope')).toBe(FIRST_SCOPES);
    const back = await throughBank(again.url, 'Alice Martin');
    expect(await complete(back, again.cookie)).toMatchObject({ memberName: 'Alice Martin' });
  });
});

describe('a callback is refused', () => {
  const failure = (promise: Promise<unknown>) =>
    promise.then(
      () => 'signed in',
      ({ failure, intentId }: SignInError) => [failure, intentId],
    );

  it('without a state, with two, or with one that nobody gave out', async () => {
    const begun = await begin();
    const back = await throughBank(begun.url, 'Alice Martin');
    const state = back.searchParams.get('state') ?? '';
    for (const change of [
      (url: URL) => url.searchParams.delete('state'),
      (url: URL) => url.searchParams.set('state', ''),
      (url: URL) => url.searchParams.set('state', randomBytes(32).toString('base64url')),
      (url: URL) => url.searchParams.append('state', state),
    ]) {
      const changed = new URL(back);
      change(changed);
      expect(await failure(complete(changed, begun.cookie))).toEqual(['unknown', undefined]);
    }
    expect(await failure(complete(back, begun.cookie))).toBe('signed in');
  });

  it('in another browser, and the right one can still go on', async () => {
    const begun = await begin();
    const stranger = await begin();
    const back = await throughBank(begun.url, 'Alice Martin');
    const wrong = { name: begun.cookie.name, value: stranger.cookie.value };
    for (const cookies of [undefined, '', header(stranger.cookie), header(wrong)]) {
      expect(await failure(completeWith(back, cookies))).toEqual(['other-browser', 'in_1']);
    }
    expect(await failure(complete(back, begun.cookie))).toBe('signed in');
  });

  it('at another partner', async () => {
    const begun = await begin();
    const back = await throughBank(begun.url, 'Alice Martin');
    const attempt = signIns.complete({
      partnerId: 'other',
      currentUrl: back,
      cookieHeader: header(begun.cookie),
    });
    expect(await failure(attempt)).toEqual(['unknown', undefined]);
  });

  it('the second time, also when both come at once', async () => {
    const begun = await begin();
    const back = await throughBank(begun.url, 'Alice Martin');
    const both = [complete(back, begun.cookie), complete(back, begun.cookie)];
    const outcomes = await Promise.all(both.map(failure));
    expect(outcomes).toContain('signed in');
    expect(outcomes).toContainEqual(['used', 'in_1']);
    expect(await failure(complete(back, begun.cookie))).toEqual(['used', 'in_1']);
  });

  it('after ten minutes', async () => {
    const begun = await begin();
    const back = await throughBank(begun.url, 'Alice Martin');
    await sql`update sign_ins set created_at = created_at - interval '601 seconds'`.execute(
      database.db,
    );
    expect(await failure(complete(back, begun.cookie))).toEqual(['expired', 'in_1']);
  });

  it('when the member says no', async () => {
    const begun = await begin();
    const back = await throughBank(begun.url, 'Alice Martin', 'deny');
    expect(await failure(complete(back, begun.cookie))).toEqual(['denied', 'in_1']);
    expect(await failure(complete(back, begun.cookie))).toEqual(['used', 'in_1']);
  });

  it('when the bank says no, with a code that is not good, or in the name of another server', async () => {
    for (const change of [
      (url: URL) => url.searchParams.set('error', 'server_error'),
      (url: URL) => url.searchParams.set('code', 'stolen'),
      (url: URL) => url.searchParams.set('iss', 'https://evil.example'),
      (url: URL) => url.searchParams.set('iss', 'nonsense'),
    ]) {
      const begun = await begin();
      const back = await throughBank(begun.url, 'Alice Martin');
      change(back);
      expect(await failure(complete(back, begun.cookie))).toEqual(['refused', 'in_1']);
    }
  });

  it('when the code was given out for another sign-in', async () => {
    const [one, other] = [await begin(), await begin()];
    const back = await throughBank(one.url, 'Alice Martin');
    const code = (await throughBank(other.url, 'Adam Dupont')).searchParams.get('code') ?? '';
    back.searchParams.set('code', code);
    expect(await failure(complete(back, one.cookie))).toEqual(['refused', 'in_1']);
  });

  it('when the bank does not answer, and signs nobody in', async () => {
    const before = await connections();
    for (const path of ['/oauth2/token', '/v2/membership']) {
      const begun = await begin();
      const back = await throughBank(begun.url, 'Emma Schmidt');
      await control('/faults', [{ match: { path }, do: { resetAfterCommit: true } }]);
      expect(await failure(complete(back, begun.cookie))).toEqual(['bank-unavailable', 'in_1']);
    }
    expect(await connections()).toBe(before);
  });

  it('without telling state, code or token', async () => {
    const begun = await begin();
    const back = await throughBank(begun.url, 'Alice Martin');
    await control('/faults', [{ match: { path: '/v2/membership' }, do: { status: 500 } }]);
    const error = await complete(back, begun.cookie).catch((cause: Error) => cause);
    expect(String(error)).toBe('SignInError: The sign-in did not succeed (bank-unavailable)');
    expect((error as Error).cause).toBeUndefined();
  });
});

describe('where the bank is', () => {
  it.each(['http://oauth.qonto.com/oauth2', 'http://localhost.evil.example/oauth2'])(
    'it is never asked in clear (%s)',
    (oauthUrl) => expect(() => oauthClient(oauthUrl)).toThrow('QONTO_OAUTH_URL'),
  );
});

describe('a session', () => {
  const sessions = () => new Sessions(new PgSessionStore(database.db));

  it('is found by its cookie, at its partner, until it ends', async () => {
    const { connectionId } = await signInAs('Alice Martin');
    const cookie = await sessions().start({ partnerId: 'demo', connectionId }, undefined);
    expect(cookie.name).toBe('__Host-Http-qpay_sid_demo');
    expect(cookie.value).toHaveLength(43);
    expect(await sessions().find('demo', header(cookie))).toMatchObject({
      connectionId,
      memberName: 'Alice Martin',
      organizationName: 'ACME SAS',
      signedInAt: expect.any(Date),
    });
    const moved = { ...cookie, name: '__Host-Http-qpay_sid_other' };
    expect(await sessions().find('other', header(moved))).toBeUndefined();
    expect(await sessions().find('demo', undefined)).toBeUndefined();
    expect(await sessions().find('demo', `${cookie.name}=guess`)).toBeUndefined();
    await sessions().end('demo', header(cookie));
    expect(await sessions().find('demo', header(cookie))).toBeUndefined();
  });

  it('gets a new value at each sign-in, and the old one is worth nothing', async () => {
    const { connectionId } = await signInAs('Alice Martin');
    const old = await sessions().start({ partnerId: 'demo', connectionId }, undefined);
    const fresh = await sessions().start({ partnerId: 'demo', connectionId }, header(old));
    expect(fresh.value).not.toBe(old.value);
    expect(await sessions().find('demo', header(old))).toBeUndefined();
    expect(await sessions().find('demo', header(fresh))).toBeDefined();
  });

  it('ends after 30 days without a visit, and after 90 in any case', async () => {
    const { connectionId } = await signInAs('Alice Martin');
    const cookie = await sessions().start({ partnerId: 'demo', connectionId }, undefined);
    await sql`update sessions set signed_in_at = now() - interval '89 days', last_seen_at = now() - interval '29 days'`.execute(
      database.db,
    );
    expect(await sessions().find('demo', header(cookie))).toBeDefined();
    await sql`update sessions set last_seen_at = now() - interval '10 minutes'`.execute(
      database.db,
    );
    await sessions().find('demo', header(cookie));
    const { rows } = await sql<{ idle: number }>`
      select extract(epoch from now() - max(last_seen_at))::float8 as idle from sessions`.execute(
      database.db,
    );
    expect(rows[0]?.idle).toBeLessThan(60);
    await sql`update sessions set last_seen_at = now() - interval '31 days'`.execute(database.db);
    expect(await sessions().find('demo', header(cookie))).toBeUndefined();
    await sql`update sessions set last_seen_at = now(), signed_in_at = now() - interval '91 days'`.execute(
      database.db,
    );
    expect(await sessions().find('demo', header(cookie))).toBeUndefined();
  });
});

interface Cookie {
  name: string;
  value: string;
}

function oauthClient(oauthUrl = `${sandbox.url}/oauth2`): OAuthClient {
  return new OAuthClient({
    oauthUrl,
    clientId: 'qonto-pay-demo',
    clientSecret: 'qonto-pay-demo-secret',
    redirectUri: REDIRECT_URI,
  });
}

function bankWith({
  forConnection,
}: {
  forConnection: (id: string) => Promise<string>;
}): QontoBank {
  return new QontoBank({
    baseUrl: sandbox.url,
    tokens: { forConnection, renew: forConnection },
    budget: { take: async () => true },
  });
}

function signInsWith(options: { webhooks?: boolean } = {}): SignIns {
  const connections = new PgConnectionStore(database.db);
  const client = oauthClient();
  accessTokens = new AccessTokens({ store: connections, vault, oauthClient: () => client });
  const bank = bankWith({ forConnection: (id) => accessTokens.forConnection(id) });
  return new SignIns({
    store: new PgSignInStore(database.db),
    connections,
    vault,
    oauthClient: () => client,
    readMember: (accessToken) => bank.member(accessToken),
    ...options,
  });
}

function begin() {
  return signIns.begin({ partnerId: 'demo', intentId: 'in_1' });
}

function complete(currentUrl: URL, cookie: Cookie) {
  return completeWith(currentUrl, header(cookie));
}

async function completeWith(currentUrl: URL, cookieHeader: string | undefined) {
  const completed = await signIns.complete({ partnerId: 'demo', currentUrl, cookieHeader });
  if (completed.kind !== 'signed-in') throw new Error('the bank is asked again');
  return completed;
}

async function signInAs(member: string) {
  const begun = await begin();
  return complete(await throughBank(begun.url, member), begun.cookie);
}

function header({ name, value }: Cookie): string {
  return `${name}=${value}`;
}

/** Signs a member in on the bank's own pages, and gives the address that the bank sends them to. */
async function throughBank(address: string, member: string, decision = 'allow'): Promise<URL> {
  const jar = new Map<string, string>();
  const open = async (start: string, init: RequestInit = {}) => {
    for (let url = start, request = init; ; request = {}) {
      if (url.startsWith(REDIRECT_URI)) return { url, page: '' };
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, { ...request, headers: { cookie }, redirect: 'manual' });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        jar.set(name, value);
      }
      const location = response.headers.get('location');
      if (!location) return { url, page: await response.text() };
      url = new URL(location, url).href;
    }
  };
  const start = await open(address);
  const membership = new RegExp(`value="([^"]+)"[^>]*>${member}</button>`).exec(start.page)?.[1];
  const consent = await open(`${start.url}/consent?membership=${membership}`);
  const action = /<form method="post" action="([^"]+)"/.exec(consent.page)?.[1] ?? '';
  const body = new URLSearchParams({ decision });
  return new URL((await open(new URL(action, consent.url).href, { method: 'POST', body })).url);
}

async function connections(): Promise<number> {
  return (await database.db.selectFrom('connections').select('id').execute()).length;
}

async function control(path: string, body?: unknown): Promise<void> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${sandbox.url}/_control${path}`, { method: 'POST', ...init });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
}
