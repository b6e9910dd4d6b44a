import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from './browser.js';
import { ALL_SCOPES, Driver } from './driver.js';

const REDIRECT_URI = 'http://localhost:4100/oauth/callback/demo';
const CLIENT = { client_id: 'qonto-pay-demo', client_secret: 'qonto-pay-demo-secret' };
const DAY = 86_400;

let bank: Driver;
let config: client.Configuration;

beforeAll(async () => {
  bank = await Driver.start();
  config = new client.Configuration(
    {
      issuer: bank.url,
      authorization_endpoint: `${bank.url}/oauth2/auth`,
      token_endpoint: `${bank.url}/oauth2/token`,
      revocation_endpoint: `${bank.url}/oauth2/revoke`,
    },
    CLIENT.client_id,
    undefined,
    client.ClientSecretPost(CLIENT.client_secret),
  );
  client.allowInsecureRequests(config);
});
beforeEach(() => bank.control('POST', '/reset'));
afterAll(() => bank.close());

async function request(extra: Record<string, string> = {}) {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT_URI,
    scope: ALL_SCOPES,
    state,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...extra,
  });
  return { url: url.href, verifier, state };
}

async function signedIn(member = 'Alice Martin') {
  const { url, verifier, state } = await request();
  const back = await new Browser().signIn(url, { member });
  const checks = { pkceCodeVerifier: verifier, expectedState: state };
  return client.authorizationCodeGrant(config, back.url, checks);
}

function form(path: string, fields: Record<string, string>, headers = {}) {
  return bank.send('POST', path, { body: new URLSearchParams(fields), headers });
}

function refresh(refreshToken: string) {
  return form('/oauth2/token', {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    ...CLIENT,
  });
}

describe('authorization', () => {
  it('lets openid-client do code with PKCE, refresh and revoke (facts 2.1, 2.2)', async () => {
    const tokens = await signedIn();
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: ALL_SCOPES });
    expect(tokens.access_token).toMatch(/^ory_at_[^.]+\.[^.]+$/);
    const renewed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
    expect((await bank.get('/v2/membership', renewed.access_token)).json.membership).toMatchObject({
      ...{ first_name: 'Alice', last_name: 'Martin', role: 'owner' },
    });
    await client.tokenRevocation(config, renewed.access_token);
    expect((await bank.get('/v2/membership', renewed.access_token)).status).toBe(401);
  });

  it('shows a button per member and then the scopes in words', async () => {
    const { url } = await request();
    const { signInPage, consentPage } = await new Browser().signIn(url, { member: 'Adam Dupont' });
    for (const name of [
      'Alice Martin',
      'Adam Dupont',
      'Mia Rossi',
      'Emma Schmidt',
      'Nora Petit',
      'Noah Bernard',
    ]) {
      expect(signInPage).toContain(`>${name}</button>`);
    }
    expect(consentPage).toContain('Prepare SEPA transfers');
    expect(consentPage).toContain('>Allow</button>');
    expect(consentPage).toContain('>Deny</button>');
  });

  it('works on any *.localhost name, with cookies of that name (spikes 2)', async () => {
    const { url } = await request();
    const page = await new Browser().open(url);
    expect(new URL(page.url).origin).toBe(bank.url);
    const answer = await bank.send('GET', new URL(url).pathname + new URL(url).search);
    expect(answer.headers.getSetCookie().join()).not.toMatch(/domain=/i);
    // Browsers would hold an expiry against the bank's clock.
    expect(answer.headers.getSetCookie().join()).not.toMatch(/expires=/i);
    expect(answer.headers.get('location')).toMatch(/^\/sign-in\//);
  });

  it('sends a refusal back as access_denied (facts 2.1)', async () => {
    const { url, state } = await request();
    const back = await new Browser().signIn(url, { member: 'Alice Martin', answer: 'deny' });
    expect(Object.fromEntries(back.url.searchParams)).toMatchObject({
      error: 'access_denied',
      state,
    });
  });

  it('offers only the members of organization_id (facts 2.1)', async () => {
    const { url } = await request({ organization_id: '01930000-0000-7000-8001-000000000002' });
    const { page } = await new Browser().open(url);
    expect(page).toContain('>Nora Petit</button>');
    expect(page).not.toContain('>Alice Martin</button>');
  });

  it('lets two members sign in one after the other in one browser', async () => {
    const browser = new Browser();
    for (const member of ['Alice Martin', 'Adam Dupont']) {
      const { url, verifier, state } = await request();
      const back = await browser.signIn(url, { member });
      const checks = { pkceCodeVerifier: verifier, expectedState: state };
      const tokens = await client.authorizationCodeGrant(config, back.url, checks);
      const { json } = await bank.get('/v2/membership', tokens.access_token);
      expect(`${json.membership.first_name} ${json.membership.last_name}`).toBe(member);
    }
  });

  it.each(['request_review.read', 'client_invoice.read', 'beneficiary.trust', 'payments'])(
    'refuses the scope %s with invalid_scope (facts 2.2, 2.3)',
    async (scope) => {
      const { url } = await request({ scope: `organization.read ${scope}` });
      const { url: back } = await new Browser().open(url);
      const params = new URL(back).searchParams;
      expect(params.get('error')).toBe('invalid_scope');
      expect(params.get('error_description')).toContain(`'${scope}'`);
    },
  );

  it('refuses a state of fewer than 8 characters (facts 2.1)', async () => {
    const { url } = await request({ state: 'short' });
    const { url: back } = await new Browser().open(url);
    expect(new URL(back).searchParams.get('error')).toBe('invalid_state');
  });

  it.each([
    ['client', { client_id: 'somebody' }],
    ['address', { redirect_uri: 'http://localhost:4100/elsewhere' }],
  ])('answers 404 to an unknown %s and redirects nowhere (facts 2.1)', async (_what, wrong) => {
    const { url } = await request(wrong);
    expect(await new Browser().open(url)).toMatchObject({ status: 404, url });
  });

  it('gives no refresh token without offline_access (facts 2.2)', async () => {
    const { url, verifier, state } = await request({ scope: 'organization.read' });
    const back = await new Browser().signIn(url, { member: 'Alice Martin' });
    const checks = { pkceCodeVerifier: verifier, expectedState: state };
    const tokens = await client.authorizationCodeGrant(config, back.url, checks);
    expect(tokens.refresh_token).toBeUndefined();
    expect(tokens.scope).toBe('organization.read');
  });

  it('has no discovery document (facts 2.2)', async () => {
    for (const name of ['openid-configuration', 'oauth-authorization-server']) {
      expect((await bank.send('GET', `/.well-known/${name}`)).status).toBe(404);
    }
  });
});

describe('tokens', () => {
  const DOCUMENTED =
    /^Client authentication failed \(e\.g\., unknown client, no client authentication included/;

  it('refuses HTTP Basic in the documented words (facts 2.2)', async () => {
    const { refresh_token = '' } = await signedIn();
    const basic = Buffer.from(`${CLIENT.client_id}:${CLIENT.client_secret}`).toString('base64');
    const fields = { grant_type: 'refresh_token', refresh_token };
    const answer = await form('/oauth2/token', fields, { authorization: `Basic ${basic}` });
    expect(answer.status).toBe(401);
    expect(answer.json.error).toBe('invalid_client');
    expect(answer.json.error_description).toMatch(DOCUMENTED);
  });

  it('refuses a wrong secret in the same words (facts 2.2)', async () => {
    const answer = await form('/oauth2/token', {
      ...{ grant_type: 'refresh_token', refresh_token: 'ory_rt_x.y' },
      ...{ client_id: CLIENT.client_id, client_secret: 'wrong' },
    });
    expect(answer.status).toBe(401);
    expect(answer.json.error_description).toMatch(DOCUMENTED);
  });

  it('takes a code once and for 10 minutes (facts 2.2)', async () => {
    const { url, verifier } = await request();
    const back = await new Browser().signIn(url, { member: 'Alice Martin' });
    const exchange = () =>
      form('/oauth2/token', {
        ...{ grant_type: 'authorization_code', code: back.url.searchParams.get('code') ?? '' },
        ...{ redirect_uri: REDIRECT_URI, code_verifier: verifier, ...CLIENT },
      });
    await bank.advance(601);
    expect(await exchange()).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  });

  it('refuses a wrong PKCE verifier with invalid_grant (facts 2.1)', async () => {
    const { url } = await request();
    const back = await new Browser().signIn(url, { member: 'Alice Martin' });
    const answer = await form('/oauth2/token', {
      ...{ grant_type: 'authorization_code', code: back.url.searchParams.get('code') ?? '' },
      ...{ redirect_uri: REDIRECT_URI, code_verifier: 'x'.repeat(43), ...CLIENT },
    });
    expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  });

  it('ends an access token after an hour of the bank clock (facts 2.2)', async () => {
    const { access_token } = await signedIn();
    await bank.advance(3590);
    expect((await bank.get('/v2/membership', access_token)).status).toBe(200);
    await bank.advance(15);
    expect((await bank.get('/v2/membership', access_token)).status).toBe(401);
  });

  it('takes an old refresh token for 60 seconds after its first use (facts 2.2)', async () => {
    const { refresh_token: old = '' } = await signedIn();
    const first = await refresh(old);
    await bank.advance(55);
    const second = await refresh(old);
    expect([first.status, second.status]).toEqual([200, 200]);
    await bank.advance(10);
    expect(await refresh(old)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    for (const child of [first, second]) {
      expect((await refresh(child.json.refresh_token)).status).toBe(200);
    }
  });

  it('ends a refresh token after 90 days (facts 2.2)', async () => {
    const { refresh_token = '' } = await signedIn();
    await bank.advance(89 * DAY);
    const { json } = await refresh(refresh_token);
    await bank.advance(91 * DAY);
    expect((await refresh(json.refresh_token)).json.error).toBe('invalid_grant');
  });
});
