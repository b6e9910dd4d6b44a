import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Journey, refusal } from './support/journey.js';
import type { Payer } from './support/payer.js';
import { SHOP, startWorld, type World } from './support/world.js';

const ACTIONS = ['review', 'confirm', 'cancel', 'approval'];

let world: World;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld();
  alice = await world.signedIn();
});
afterAll(() => world.close());

// What one test looks at must not count against the next one's thirty payee checks an hour.
beforeEach(async () => {
  await world.database.query(`update payee_checks set started_at = started_at - interval '2 h'`);
});

/** Every field that any of the forms has. */
const fieldsFor = (action: string, pageToken: string): Record<string, string> => ({
  pageToken,
  ...(action === 'review' ? { account: 'a' } : {}),
  ...(action === 'approval' ? { method: 'passkey' } : {}),
  ...(action === 'confirm'
    ? { idempotencyKey: randomUUID(), reviewVersion: '1', account: 'a' }
    : {}),
});

const path = (intent: string, action: string) => `/pay/api/intents/${intent}/${action}`;

describe.concurrent('before anybody has signed in', () => {
  it('the page is told the partner and nothing of the invoice', async () => {
    const intent = await world.createIntent();
    const answer = await world.newPayer().page(`/pay/api/intents/${intent.id}`);
    const text = await answer.text();
    expect(JSON.parse(text)).toEqual({
      ...{ intent: intent.id, partner: { name: 'Ledgerly' }, returnUrl: `${SHOP}/` },
      ...{ serverTime: expect.any(String), member: null, bankUnavailable: false },
      ...{ notAllowed: false, snapshot: null, review: null, payment: null, items: [], link: null },
      ...{
        bankTransfer: true,
        canAsk: false,
        consents: { documents: null, ask: null, review: null, collect: null },
      },
      signIn: { url: `/pay/${intent.id}/sign-in?reason=signed-out`, reason: 'signed-out' },
    });
    for (const secret of [intent.iban, 'Atelier', intent.reference, '1234']) {
      expect(text).not.toContain(secret);
    }
  });

  it.each(ACTIONS)('nobody can %s', async (action) => {
    const payer = world.newPayer();
    const journey = await Journey.begin(world, payer);
    const pageToken = await payer.openPage(journey.id);
    const answer = await payer.form(path(journey.id, action), fieldsFor(action, pageToken));
    expect(await refusal(answer)).toEqual([401, 'not-signed-in']);
    await journey.expectUntouched();
  });
});

describe.concurrent('a request without the proofs of our own page', () => {
  it.each([undefined, 'same-site', 'cross-site', 'none', 'same-origin, cross-site'])(
    'is refused (Sec-Fetch-Site: %s)',
    async (site) => {
      const journey = await Journey.begin(world, alice);
      const cookie = [...alice.cookies].map((pair) => pair.join('=')).join('; ');
      const headers = {
        Cookie: cookie,
        Origin: world.url,
        ...(site && { 'Sec-Fetch-Site': site }),
      };
      const fields = new URLSearchParams(await alice.confirmation(journey.id));
      const requests: [string, RequestInit][] = [
        [`/pay/api/intents/${journey.id}`, {}],
        [`/pay/api/intents/${journey.id}/events`, {}],
        ['/pay/api/flows/abc', {}],
        ['/pay/api/nothing', {}],
        [path(journey.id, 'confirm'), { method: 'POST', body: fields }],
        [path(journey.id, 'cancel'), { method: 'POST', body: fields }],
        ['/pay/api/sign-out', { method: 'POST', body: fields }],
      ];
      for (const [where, init] of requests) {
        const answer = await fetch(world.url + where, { ...init, headers });
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
        const text = await answer.clone().text();
        expect(await refusal(answer)).toEqual([403, 'not-same-origin']);
        expect(text).not.toContain(journey.iban);
      }
      await journey.expectUntouched();
    },
  );

  it.each(['', 'null', SHOP, 'http://localhost:1', 'https://evil.example'])(
    'is refused (Origin: %j)',
    async (Origin) => {
      const journey = await Journey.begin(world, alice);
      const fields = await alice.confirmation(journey.id);
      const answer = await alice.form(path(journey.id, 'confirm'), fields, { Origin });
      expect(await refusal(answer)).toEqual([403, 'not-same-origin']);
      await journey.expectUntouched();
    },
  );

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])(
    'is refused as %s',
    async (type) => {
      const journey = await Journey.begin(world, alice);
      const fields = await alice.confirmation(journey.id);
      const answer = await alice.form(path(journey.id, 'confirm'), fields, {
        'Content-Type': type,
      });
      expect(await refusal(answer)).toEqual([415, 'unsupported-media-type']);
      await journey.expectUntouched();
    },
  );

  it('gets no CORS answer to a preflight', async () => {
    const answer = await fetch(`${world.url}/pay/api/intents/in_1/confirm`, {
      method: 'OPTIONS',
      headers: { Origin: SHOP, 'Access-Control-Request-Method': 'POST' },
    });
    expect(answer.ok).toBe(false);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe.concurrent("the page's token", () => {
  it('must be old enough for a click', async () => {
    const journey = await Journey.begin(world, alice);
    const fields = await alice.confirmation(journey.id);
    const pageToken = await alice.youngToken(journey.id);
    const answer = await alice.sendConfirmation(journey.id, { ...fields, pageToken });
    expect(await refusal(answer)).toEqual([403, 'page-token-too-young']);
    await journey.expectUntouched();
  });

  it('is for one intent and one session', async () => {
    const [journey, other] = [await Journey.begin(world, alice), await Journey.begin(world, alice)];
    const adam = await world.signedIn('Adam Dupont');
    const fields = await alice.confirmation(journey.id);
    const stolen = [
      await alice.openPage(other.id),
      await adam.openPage(journey.id),
      await world.newPayer().openPage(journey.id),
    ];
    for (const pageToken of stolen) {
      const answer = await alice.sendConfirmation(journey.id, { ...fields, pageToken });
      expect(await refusal(answer)).toEqual([403, 'page-token-invalid']);
    }
    await journey.expectUntouched();
  });

  it.each(['x', '1.x', `${Date.now() - 5000}.${'A'.repeat(43)}`, `1.${'é'.repeat(43)}`, '\0'])(
    'is not forged: %j',
    async (pageToken) => {
      const journey = await Journey.begin(world, alice);
      const fields = { ...(await alice.confirmation(journey.id)), pageToken };
      for (const action of ACTIONS) {
        const answer = await alice.form(path(journey.id, action), {
          ...{ ...fieldsFor(action, pageToken), ...(action === 'confirm' ? fields : {}) },
        });
        expect(await refusal(answer)).toEqual([403, 'page-token-invalid']);
      }
      await journey.expectUntouched();
    },
  );
});

describe.concurrent('a form that is not as documented', () => {
  it.each(['pageToken', 'reviewVersion', 'account'])('is refused without %s', async (name) => {
    const journey = await Journey.begin(world, alice);
    const { [name]: _left, ...fields } = await alice.confirmation(journey.id);
    const answer = await alice.sendConfirmation(journey.id, fields);
    expect(await refusal(answer)).toEqual([400, 'invalid-request']);
    await journey.expectUntouched();
  });

  it.each<[what: string, changes: Record<string, string>, code: string]>([
    ['an empty idempotency key', { idempotencyKey: '' }, 'idempotency-key-missing'],
    ['a key with a space', { idempotencyKey: 'a b' }, 'idempotency-key-missing'],
    ['a version that is none', { reviewVersion: 'new' }, 'invalid-request'],
    ['half a version', { reviewVersion: '1.5' }, 'invalid-request'],
    ['a decision that is none', { acceptPayee: 'maybe' }, 'invalid-request'],
    ['an amount', { amount: '1.00' }, 'invalid-request'],
    ['a payee', { iban: 'FR7610278008281039295362036' }, 'invalid-request'],
  ])('is refused with %s', async (_what, changes, code) => {
    const journey = await Journey.begin(world, alice);
    const answer = await alice.confirm(journey.id, changes);
    expect(await refusal(answer)).toEqual([400, code]);
    await journey.expectUntouched();
  });

  it('is refused without an idempotency key', async () => {
    const journey = await Journey.begin(world, alice);
    const { idempotencyKey: _key, ...fields } = await alice.confirmation(journey.id);
    const answer = await alice.sendConfirmation(journey.id, fields);
    expect(await refusal(answer)).toEqual([400, 'idempotency-key-missing']);
    await journey.expectUntouched();
  });

  it('is refused when it is too large or says a thing twice', async () => {
    const journey = await Journey.begin(world, alice);
    const fields = await alice.confirmation(journey.id);
    const large = { ...fields, lang: 'x'.repeat(65 * 1024) };
    expect(await refusal(await alice.sendConfirmation(journey.id, large))).toEqual([
      ...[413, 'body-too-large'],
    ]);
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`f${index}`, 'x']));
    expect(await refusal(await alice.sendConfirmation(journey.id, many))).toEqual([
      ...[413, 'body-too-large'],
    ]);
    const answer = await alice.page(path(journey.id, 'confirm'), {
      method: 'POST',
      headers: { Origin: world.url, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: `${new URLSearchParams(fields)}&account=another`,
    });
    expect(await refusal(answer)).toEqual([400, 'invalid-request']);
    await journey.expectUntouched();
  });

  it('asks for a method that the bank has', async () => {
    const journey = await Journey.begin(world, alice);
    const pageToken = await alice.openPage(journey.id);
    for (const method of ['mock', 'sms-otp', '']) {
      const answer = await alice.form(path(journey.id, 'approval'), { pageToken, method });
      expect(await refusal(answer)).toEqual([400, 'invalid-request']);
    }
  });

  it.each(ACTIONS)('is for an intent that exists (%s)', async (action) => {
    const answer = await alice.form(path('in_unknown', action), fieldsFor(action, 'x'));
    expect(await refusal(answer)).toEqual([404, 'intent-not-found']);
  });

  it('never has the address of another method', async () => {
    for (const action of ACTIONS) {
      expect(await refusal(await alice.page(path('in_1', action)))).toEqual([404, 'not-found']);
    }
  });
});

describe.concurrent('signing out', () => {
  it('ends this session and no other, and the page shows nothing any more', async () => {
    const [payer, elsewhere] = [await world.signedIn(), await world.signedIn()];
    const { id } = await world.createIntent();
    const pageToken = await payer.openPage(id);
    const answer = await payer.form('/pay/api/sign-out', { pageToken, intent: id });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ member: null, snapshot: null });
    expect((await payer.state(id)).member).toBeNull();
    expect((await elsewhere.state(id)).member?.name).toBe('Alice Martin');
  });

  it('needs the token of the page', async () => {
    const payer = await world.signedIn();
    const { id } = await world.createIntent();
    for (const [fields, expected] of [
      [{ pageToken: 'forged', intent: id }, [403, 'page-token-invalid']],
      [{ pageToken: 'forged', intent: 'in_unknown' }, [404, 'intent-not-found']],
      [{ pageToken: 'forged', intent: '\0' }, [400, 'invalid-request']],
      [{ pageToken: 'forged' }, [400, 'invalid-request']],
    ] as const) {
      expect(await refusal(await payer.form('/pay/api/sign-out', fields))).toEqual(expected);
    }
    expect((await payer.state(id)).member?.name).toBe('Alice Martin');
  });
});

describe.concurrent('a form that a browser sends without script', () => {
  const HTML = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

  it('is answered with the way back to the plain page', async () => {
    const journey = await Journey.begin(world, alice);
    const fields = await alice.confirmation(journey.id);
    const { pageToken = '', account = '' } = fields;
    const send = async (action: string, more: Record<string, string>) => {
      const answer = await alice.form(path(journey.id, action), { pageToken, ...more }, HTML);
      return [answer.status, answer.headers.get('location')];
    };
    const plain = [303, `/pay/${journey.id}/plain`];
    expect(await send('review', { account })).toEqual(plain);
    const { version } = await alice.review(journey.id);
    expect(await send('confirm', { ...fields, reviewVersion: String(version) })).toEqual(plain);
    await journey.reaches('approval_needed');
    expect(await send('approval', { method: 'passkey' })).toEqual(plain);
    await journey.reaches('approval_needed');
    expect(await send('cancel', {})).toEqual(plain);
    await journey.reaches('canceled');
  });
});

describe('a member who looks at many payees and pays none', () => {
  it('is told to stop after thirty in an hour', async () => {
    const payer = await world.signedIn('Adam Dupont');
    const journeys = [];
    for (let count = 0; count < 31; count += 1) journeys.push(await Journey.begin(world, payer));
    const answers = [];
    for (const { id } of journeys) answers.push(await payer.page(`/pay/api/intents/${id}`));
    const last = answers.pop();
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200));
    expect(await last?.json()).toMatchObject({ review: null, bankUnavailable: true });
    const refused = await payer.sendConfirmation(journeys.at(-1)?.id ?? '', {
      ...{ idempotencyKey: randomUUID(), reviewVersion: '1', account: 'any' },
      pageToken: await payer.openPage(journeys.at(-1)?.id ?? ''),
    });
    expect(await refusal(refused)).toEqual([429, 'too-many-payee-checks']);
  });
});
