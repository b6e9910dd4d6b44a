import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAYEE_CHECK } from './support/bank.js';
import { Journey } from './support/journey.js';
import type { Payer } from './support/payer.js';
import { intentBody, OTHER_SECRET, SHOP, startWorld, type World } from './support/world.js';

let world: World;
let alice: Payer;
let intent: Awaited<ReturnType<World['createIntent']>>;
beforeAll(async () => {
  world = await startWorld();
  alice = await world.signedIn();
  intent = await world.createIntent();
});
afterAll(() => world.close());

const DOCUMENT = { 'Sec-Fetch-Dest': 'document' };
const get = (path: string, headers: Record<string, string> = DOCUMENT) =>
  fetch(world.url + path, { headers, redirect: 'manual' });

function policyOf(answer: Response): Map<string, string> {
  const policy = answer.headers.get('content-security-policy') ?? '';
  return new Map(
    policy.split('; ').map((rule) => {
      const [name = '', ...sources] = rule.split(' ');
      return [name, sources.join(' ')];
    }),
  );
}

describe('every page of ours', () => {
  it.each([
    ['the pay page', () => `/pay/${intent.id}`, 200],
    ['the page that waits', () => '/pay/opening?flow=abc', 200],
    ['the page without script', () => `/pay/${intent.id}/plain`, 200],
    ['the page of an unknown intent', () => '/pay/in_unknown', 404],
    ['the page without script of an unknown intent', () => '/pay/in_unknown/plain', 404],
    ['a zero byte', () => '/pay/in_%00', 404],
    ['a sign-in that nobody began', () => '/oauth/callback/demo?state=x&code=y', 400],
    ['the sign-in of an unknown partner', () => '/oauth/callback/nobody?state=x&code=y', 404],
  ])('stands alone in its window: %s', async (_what, path, status) => {
    const answer = await get(path());
    const text = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      ...[status, 'text/html; charset=utf-8'],
    ]);
    const policy = policyOf(answer);
    const nonce = /'nonce-([\w-]{22})'/.exec(policy.get('style-src') ?? '')?.[1] ?? '';
    expect(Object.fromEntries(policy)).toEqual({
      ...{ 'default-src': "'none'", 'base-uri': "'none'", 'frame-ancestors': "'none'" },
      ...{ 'connect-src': "'self'", 'form-action': "'self'", 'img-src': "'self' data:" },
      'script-src': `'nonce-${nonce}' 'strict-dynamic'`,
      'style-src': `'nonce-${nonce}' 'self'`,
      ...{ 'require-trusted-types-for': "'script'", 'trusted-types': 'qonto-pay' },
    });
    expect(text).toContain(nonce);
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(answer.headers.get('referrer-policy')).toBe('same-origin');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(text).not.toMatch(/<script(?![^>]*nonce)|<style(?![^>]*nonce)|\son\w+=|__[A-Z_]+__/);
  });

  it('has another nonce each time', async () => {
    const nonces = await Promise.all(
      Array.from({ length: 5 }, async () =>
        policyOf(await get(`/pay/${intent.id}`)).get('script-src'),
      ),
    );
    expect(new Set(nonces).size).toBe(5);
  });

  it.each(['iframe', 'frame', 'embed', 'object', 'empty', 'script', 'image'])(
    'is not shown as %s of another page',
    async (destination) => {
      const headers = { 'Sec-Fetch-Dest': destination };
      for (const path of [
        `/pay/${intent.id}`,
        `/pay/${intent.id}/plain`,
        '/pay/opening',
        `/pay/${intent.id}/sign-in`,
      ]) {
        const answer = await get(path, headers);
        expect(answer.status).toBe(403);
        expect(await answer.text()).not.toContain('page-token');
        expect(policyOf(answer).get('frame-ancestors')).toBe("'none'");
        expect(answer.headers.getSetCookie()).toEqual([]);
      }
    },
  );

  it('speaks the language of the browser, or the one that is asked for', async () => {
    const page = async (path: string, language: string) =>
      (await get(path, { ...DOCUMENT, 'Accept-Language': language })).text();
    expect(await page(`/pay/${intent.id}`, 'fr-FR,fr;q=0.9')).toContain('<html lang="fr">');
    expect(await page(`/pay/${intent.id}?lang=en`, 'fr')).toContain('<html lang="en">');
    expect(await page(`/pay/${intent.id}?lang=%22%3E`, 'de')).toContain('<html lang="en">');
    expect(await page('/pay/in_unknown', 'fr')).toContain('Ce lien de paiement n’existe pas');
  });
});

describe('before the sign-in', () => {
  it.each(['', '/plain'])('the page (%s) tells nothing of the invoice', async (kind) => {
    const text = await (await get(`/pay/${intent.id}${kind}`)).text();
    for (const secret of [intent.iban, intent.reference, 'Atelier', '1,234', '1234']) {
      expect(text).not.toContain(secret);
    }
    if (kind === '/plain') expect(text).toContain('Ledgerly');
  });

  it('a GET goes to the bank, and leaves a cookie that only this browser sends back', async () => {
    const answer = await get(`/pay/${intent.id}/sign-in`);
    expect(answer.status).toBe(303);
    const to = new URL(answer.headers.get('location') ?? '');
    expect(to.origin + to.pathname).toBe(`${world.bank.url}/oauth2/auth`);
    expect(to.searchParams.get('code_challenge_method')).toBe('S256');
    expect(to.searchParams.get('redirect_uri')).toBe(`${world.url}/oauth/callback/demo`);
    const [cookie = '', ...more] = answer.headers.getSetCookie();
    expect(more).toEqual([]);
    expect(cookie).toMatch(/^__Host-Http-qpay_tx_[0-9a-f]{8}=[\w-]{43}; /);
    expect(attributes(cookie)).toEqual([
      'HttpOnly',
      'Max-Age=600',
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ]);
  });
});

describe('after the sign-in', () => {
  it('the session is a cookie of its own for each partner, new each time', async () => {
    const values = [];
    for (const payer of [await world.signedIn(), await world.signedIn()]) {
      expect([...payer.cookies.keys()]).toEqual(['__Host-Http-qpay_sid_demo']);
      values.push(payer.cookies.get('__Host-Http-qpay_sid_demo'));
    }
    expect(new Set(values).size).toBe(2);
    const again = alice.cookies.get('__Host-Http-qpay_sid_demo');
    await alice.signIn(intent.id);
    expect(alice.cookies.get('__Host-Http-qpay_sid_demo')).not.toBe(again);
    const { rows } = await world.database.query('select id_hash from sessions');
    expect(JSON.stringify(rows)).not.toContain(again);
  });

  it('the browser is sent back to the pay page with the session’s cookie', async () => {
    const payer = world.newPayer();
    const answers: Response[] = [];
    const request = payer.request.bind(payer);
    payer.request = async (url, init) => {
      const answer = await request(url, init);
      answers.push(answer);
      return answer;
    };
    await payer.signIn(intent.id);
    const callback = answers.find(({ url }) => url.includes('/oauth/callback/'));
    expect([callback?.status, callback?.headers.get('location')]).toEqual([
      303,
      `/pay/${intent.id}`,
    ]);
    const [cleared = '', session = ''] = callback?.headers.getSetCookie() ?? [];
    expect(cleared).toMatch(/^__Host-Http-qpay_tx_[0-9a-f]{8}=; .*Expires=Thu, 01 Jan 1970/);
    expect(session).toMatch(/^__Host-Http-qpay_sid_demo=[\w-]{43}; /);
    expect(attributes(session)).toEqual([
      ...['HttpOnly', `Max-Age=${90 * 86_400}`, 'Path=/', 'SameSite=Lax', 'Secure'],
    ]);
  });

  it('another partner’s page still asks to sign in', async () => {
    const answer = await world.partner('POST', '/partner/v1/intents', {
      ...{ body: intentBody(), secret: OTHER_SECRET },
    });
    const { id } = (await answer.json()) as { id: string };
    const state = await alice.state(id);
    expect([state.member, state.signIn?.reason]).toEqual([null, 'signed-out']);
    const cookie = alice.cookies.get('__Host-Http-qpay_sid_demo');
    const moved = await fetch(`${world.url}/pay/api/intents/${id}`, {
      headers: {
        ...{ 'Sec-Fetch-Site': 'same-origin', Cookie: `__Host-Http-qpay_sid_other=${cookie}` },
      },
    });
    expect(await moved.json()).toMatchObject({ member: null, snapshot: null });
  });
});

describe('without script', () => {
  const plain = async (journey: Journey, payer = alice) => {
    const answer = await payer.request(`${world.url}/pay/${journey.id}/plain`);
    return answer.text();
  };

  it('an invoice can be paid from the review to the end', async () => {
    const journey = await Journey.begin(world, alice);
    await world.bank.faults({ match: PAYEE_CHECK, do: { delayMs: 1500 } });
    expect(await plain(journey)).toContain('http-equiv="refresh"');
    await alice.review(journey.id);
    const page = await plain(journey);
    expect(page).toContain('data-status="review"');
    expect(page).toContain(journey.iban.replace(/(.{4})(?=.)/g, '$1 '));
    const fields = Object.fromEntries(
      [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    );
    const [, account = ''] = /<option value="([^"]+)" selected>/.exec(page) ?? [];
    await alice.openPage(journey.id);
    const html = { Accept: 'text/html' };
    const answer = await alice.form(
      `/pay/api/intents/${journey.id}/confirm`,
      { ...fields, account },
      html,
    );
    expect([answer.status, answer.headers.get('location')]).toEqual([
      ...[303, `/pay/${journey.id}/plain`],
    ]);
    await journey.reaches('approval_needed');
    const waiting = await plain(journey);
    expect(waiting).toContain('data-status="approval_needed"');
    expect(waiting).toContain('http-equiv="refresh"');
    expect(waiting).toContain('id="cancel"');
    await journey.approve();
    await journey.reaches('settled');
    const done = await plain(journey);
    expect(done).toContain('data-status="settled"');
    expect(done).not.toContain('http-equiv="refresh"');
    expect(done).toContain(`href="${SHOP}/invoices/1"`);
  });

  it('a payee who is not confirmed needs a box to be ticked', async () => {
    const journey = await Journey.begin(world, alice, await world.bank.payee('close-match'));
    await alice.review(journey.id);
    const page = await plain(journey);
    expect(page).toMatch(/<input type="checkbox"[^>]*name="accept" value="0" required/);
    expect(page).toContain('Jean Dupont');
  });

  it('whatever a partner writes stays text', async () => {
    const name = `A"B'C&D (E)`;
    const journey = await Journey.begin(world, alice, { name, reference: 'x & "y" \'z\'' });
    await alice.review(journey.id);
    const page = await plain(journey);
    expect(page).toContain('A&#34;B&#39;C&#38;D (E)');
    expect(page).not.toContain(name);
  });

  it('a colleague sees that somebody pays, and no button', async () => {
    const journey = await Journey.pending(world, alice);
    const page = await plain(journey, await world.signedIn('Adam Dupont'));
    expect(page).toContain('data-status="approval_needed"');
    expect(page).not.toContain('<button');
  });
});

describe('the files', () => {
  it('of the widget may be loaded by any page', async () => {
    const answer = await get('/widget/v1/qonto-pay-button.js', {});
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('javascript');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
  });

  it('of the pay page are its own, and kept where their name holds their hash', async () => {
    const page = await (await get(`/pay/${intent.id}`)).text();
    const [, script = ''] = /src="([^"]+\.js)"/.exec(page) ?? [];
    const answer = await get(script, {});
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it.each([
    '/pay/assets/pay.html',
    '/pay/assets/opening.html',
    '/pay/assets/',
    '/widget/v1/',
    '/widget/v1/%2e%2e/package.json',
    '/widget/v1/..%2fpackage.json',
    '/pay/assets/..%2f..%2fpackage.json',
    '/.env',
    '/',
  ])('never include %s', async (path) => {
    const answer = await get(path, {});
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(await answer.text()).not.toMatch(/page-token|"name": "@/);
  });
});

const attributes = (cookie: string): string[] =>
  cookie
    .split('; ')
    .slice(1)
    .filter((one) => !one.startsWith('Expires='))
    .sort();
