import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from './browser.js';
import { ALL_SCOPES, Driver, type Json, MATCH } from './driver.js';

const CLIENT = { client_id: 'qonto-pay-demo', client_secret: 'qonto-pay-demo-secret' };
const REDIRECT_URI = 'http://localhost:4100/oauth/callback/demo';
const ACME = '01930000-0000-7000-8001-000000000001';
const SOLO = '01930000-0000-7000-8001-000000000002';
const SOLO_REGISTRATION = '01930000-0000-7000-8010-000000000001';

let bank: Driver;

beforeAll(async () => {
  bank = await Driver.start();
});
beforeEach(() => bank.control('POST', '/reset'));
afterAll(() => bank.close());

function address(extra: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    ...{ response_type: 'code', client_id: CLIENT.client_id, redirect_uri: REDIRECT_URI },
    ...{ scope: ALL_SCOPES, state: 'a-state-of-enough', ...extra },
  });
  return `${bank.url}/oauth2/auth?${query}`;
}

/** Presses the button with this name; a form that is sent by GET. */
async function press(browser: Browser, at: { url: string; page: string }, name: string) {
  const button = new RegExp(`name="(\\w+)" value="([^"]+)"[^>]*>${name}</button>`).exec(at.page);
  const action = /<form method="get" action="([^"]+)"/.exec(at.page)?.[1] ?? '';
  if (!button) throw new Error(`no button "${name}" on ${at.url}`);
  return browser.open(new URL(`${action}?${button[1]}=${button[2]}`, at.url).href);
}

async function allow(browser: Browser, at: { url: string; page: string }): Promise<Json> {
  const action = /<form method="post" action="([^"]+)"/.exec(at.page)?.[1] ?? '';
  const body = new URLSearchParams({ decision: 'allow' });
  const back = await browser.open(new URL(action, at.url).href, { method: 'POST', body });
  const code = new URL(back.url).searchParams.get('code') ?? '';
  const fields = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, ...CLIENT };
  return (await bank.send('POST', '/oauth2/token', { body: new URLSearchParams(fields) })).json;
}

function as(token: string, path: string, organization?: string) {
  const header = organization === undefined ? {} : { 'X-Qonto-Organization-Id': organization };
  return bank.send('GET', path, { headers: { authorization: `Bearer ${token}`, ...header } });
}

describe('a member of two organisations', () => {
  it('chooses one, and the token is for that one (facts 2.1)', async () => {
    const browser = new Browser();
    const picker = await press(browser, await browser.open(address()), 'Zoé Laurent');
    expect(picker.page).toContain('For which organisation?');
    expect(picker.page).not.toContain('Allow');
    const consent = await press(browser, picker, 'Solo');
    expect(consent.page).toContain('Zoé Laurent, Solo');
    const { access_token } = await allow(browser, consent);
    expect((await as(access_token, '/v2/organization')).json.organization.name).toBe('Solo');
  });

  it('is not asked where organization_id locks the sign-in (facts 2.1)', async () => {
    const browser = new Browser();
    const page = await browser.open(address({ organization_id: ACME }));
    const consent = await press(browser, page, 'Zoé Laurent');
    expect(consent.page).toContain('Zoé Laurent, ACME SAS');
    expect(page.page).not.toContain('Nora Petit');
  });

  it('cannot step out of organization_id (facts 2.1)', async () => {
    const browser = new Browser();
    const page = await browser.open(address({ organization_id: ACME }));
    const solo = '01930000-0000-7000-8002-000000000008';
    const { page: answer } = await browser.open(`${page.url}/consent?membership=${solo}`);
    expect(answer).toContain('<h1>Sign in</h1>');
  });

  it('sees the organisation of registration_id first, and may choose the other (facts 2.1)', async () => {
    const browser = new Browser();
    const page = await browser.open(address({ registration_id: SOLO_REGISTRATION }));
    const picker = await press(browser, page, 'Zoé Laurent');
    expect(picker.page.indexOf('>Solo<')).toBeLessThan(picker.page.indexOf('>ACME SAS<'));
    expect(picker.page).toContain('admin, suggested');
    const consent = await press(browser, picker, 'ACME SAS');
    expect(consent.page).toContain('Zoé Laurent, ACME SAS');
  });

  it('finds all approvals on one phone, each with its organisation', async () => {
    for (const organization of ['ACME SAS', 'Solo']) {
      const wish = { member: 'zoe', scope: ALL_SCOPES, organization };
      const { access_token } = await bank.control('POST', '/tokens', wish);
      const fields = organization === 'Solo' ? SOLO_ACCOUNT : {};
      await bank.create(access_token, await bank.transfer(access_token, fields));
    }
    const { text } = await bank.send('GET', '/phone?member=zoe');
    expect(text).toContain('<dt>Organisation</dt><dd>ACME SAS</dd>');
    expect(text).toContain('<dt>Organisation</dt><dd>Solo</dd>');
    expect((await bank.send('GET', '/phone')).text.match(/Zoé Laurent/g)).toHaveLength(1);
  });
});

const SOLO_ACCOUNT = { bank_account_id: '01930000-0000-7000-8003-000000000004' };

describe('the user OAuth flow', () => {
  const SCOPE = `${ALL_SCOPES} user_organization.read`;
  const userFlow = { identity_type: 'user', scope: SCOPE };

  async function signedIn(): Promise<Json> {
    const browser = new Browser();
    const page = await browser.open(address(userFlow));
    const consent = await press(browser, page, 'Zoé Laurent');
    expect(consent.page).toContain('Zoé Laurent, ACME SAS and Solo');
    return allow(browser, consent);
  }

  it('asks once for all organisations and lists them (facts 2.6)', async () => {
    const { access_token } = await signedIn();
    expect((await as(access_token, '/v2/user_organizations')).json).toEqual({
      user_organizations: [
        { id: ACME, name: 'ACME SAS', membership_role: 'admin' },
        { id: SOLO, name: 'Solo', membership_role: 'admin' },
      ],
    });
  });

  it('acts for the organisation of the header (facts 2.6)', async () => {
    const { access_token } = await signedIn();
    for (const [id, name] of [
      [ACME, 'ACME SAS'],
      [SOLO, 'Solo'],
    ] as const) {
      const { json } = await as(access_token, '/v2/organization', id);
      expect(json.organization.name).toBe(name);
    }
  });

  it('refuses a call without the header, or with a foreign one, with 403 (facts 2.6)', async () => {
    const { access_token } = await signedIn();
    expect((await as(access_token, '/v2/organization')).status).toBe(403);
    expect((await as(access_token, '/v2/organization', 'x')).status).toBe(403);
    const wish = { member: 'nora', scope: SCOPE, identity_type: 'user' };
    const nora = await bank.control('POST', '/tokens', wish);
    expect((await as(nora.access_token, '/v2/organization', ACME)).status).toBe(403);
    expect((await as(nora.access_token, '/v2/organization', SOLO)).status).toBe(200);
  });

  it('pays in the name of the member of that organisation (facts 2.6, 3.4)', async () => {
    const { access_token } = await signedIn();
    const as = (organization: string) => ({ 'X-Qonto-Organization-Id': organization });
    const check = { iban: MATCH.iban, beneficiary_name: MATCH.name };
    const checked = await bank.post('/v2/sepa/verify_payee', access_token, check, as(SOLO));
    const transfer = { ...SOLO_ACCOUNT, beneficiary: MATCH, reference: 'INV-1', amount: '1.00' };
    const body = { vop_proof_token: checked.json.proof_token.token, transfer };
    const key = { 'X-Qonto-Idempotency-Key': 'user-flow' };
    const pay = (headers: object) =>
      bank.post('/v2/sepa/transfers', access_token, body, { ...key, ...headers });
    const { json } = await pay(as(SOLO));
    const session = json.sca_session_token;
    await bank.decide(session, 'allow');
    const replay = { 'X-Qonto-Sca-Session-Token': session };
    expect((await pay({ ...as(ACME), ...replay })).status).toBe(400);
    expect((await pay({ ...as(SOLO), ...replay })).status).toBe(200);
    expect((await bank.ledger()).transfers).toMatchObject([{ initiator: 'zoe' }]);
  });

  it('refreshes like any other (facts 2.2, 2.6)', async () => {
    const { refresh_token } = await signedIn();
    const fields = { grant_type: 'refresh_token', refresh_token, ...CLIENT };
    const { json } = await bank.send('POST', '/oauth2/token', {
      body: new URLSearchParams(fields),
    });
    expect((await as(json.access_token, '/v2/organization', SOLO)).status).toBe(200);
  });

  it('needs user_organization.read for the list (facts 2.6)', async () => {
    const wish = { member: 'zoe', scope: ALL_SCOPES, identity_type: 'user' };
    const { access_token } = await bank.control('POST', '/tokens', wish);
    expect((await as(access_token, '/v2/user_organizations')).status).toBe(403);
  });

  it('lists the one organisation of a token of the normal flow (facts 2.6)', async () => {
    const wish = { member: 'zoe', scope: SCOPE, organization: 'Solo' };
    const { access_token } = await bank.control('POST', '/tokens', wish);
    const { json } = await as(access_token, '/v2/user_organizations');
    expect(json.user_organizations).toMatchObject([{ id: SOLO }]);
  });
});

describe('a withdrawn consent', () => {
  async function withdraw(member: string): Promise<void> {
    const path = `/phone/apps?member=${member}`;
    const { text } = await bank.send('GET', path);
    const account = /name="account" value="([^"]+)"/.exec(text)?.[1] ?? '';
    const answer = await bank.send('POST', path, { body: new URLSearchParams({ account }) });
    expect(answer.status).toBe(303);
  }

  it('ends every token of the member, and of nobody else (facts 2.2)', async () => {
    const alice = await bank.control('POST', '/tokens', { member: 'alice', scope: ALL_SCOPES });
    const adam = await bank.token('adam');
    await withdraw('alice');
    expect((await bank.get('/v2/membership', alice.access_token)).status).toBe(401);
    const fields = { grant_type: 'refresh_token', refresh_token: alice.refresh_token, ...CLIENT };
    const { status, json } = await bank.send('POST', '/oauth2/token', {
      body: new URLSearchParams(fields),
    });
    expect([status, json.error]).toEqual([400, 'invalid_grant']);
    expect((await bank.get('/v2/membership', adam)).status).toBe(200);
    expect((await bank.send('GET', '/phone/apps?member=alice')).text).toContain('No app has');
  });

  it('of the user flow ends it in all organisations (facts 2.6)', async () => {
    const wish = { member: 'zoe', scope: ALL_SCOPES, identity_type: 'user' };
    const { access_token } = await bank.control('POST', '/tokens', wish);
    await withdraw('zoe');
    for (const id of [ACME, SOLO]) {
      expect((await as(access_token, '/v2/organization', id)).status).toBe(401);
    }
  });

  it('is not withdrawn by a page of another origin', async () => {
    const alice = await bank.token();
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    const body = new URLSearchParams({ account: '01930000-0000-7000-8002-000000000001' });
    const answer = await bank.send('POST', '/phone/apps?member=alice', { headers, body });
    expect(answer.status).toBe(403);
    expect((await bank.get('/v2/membership', alice)).status).toBe(200);
  });
});
