import { randomUUID } from 'node:crypto';
import type { PartnerIntent, PartnerPayment } from '@qonto-pay/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Journey, refusal } from './support/journey.js';
import {
  intentBody,
  newIban,
  OTHER_SECRET,
  PARTNER_SECRET,
  PAUSED_SECRET,
  SHOP,
  startWorld,
  type World,
} from './support/world.js';

const CREATE = '/partner/v1/intents';

interface PartnerPayments {
  payments: PartnerPayment[];
}

let world: World;
beforeAll(async () => {
  world = await startWorld({ maxTotal: '50000.00' });
});
afterAll(() => world.close());

const count = async (): Promise<number> => {
  const { rows } = await world.database.query('select count(*)::int as n from intents');
  return (rows[0] as { n: number }).n;
};

const withItem = (changes: object) => {
  const body = intentBody();
  return { ...body, items: [{ ...body.items[0], ...changes }] };
};

/** Two good items but for these changes of the second one; the limit allows 50,000.00 in all. */
const withSecond = (changes: object) => {
  const [first, second] = [intentBody().items[0], intentBody().items[0]];
  return { ...intentBody(), items: [first, { ...second, ...changes }] };
};

const withTwinAtTheEnd = () => {
  const items = Array.from({ length: 399 }, () => intentBody({ amount: '1.00' }).items[0]);
  return { ...intentBody(), items: [...items, items[7]] };
};

describe('creating an intent', () => {
  it('answers its id, its address and what it is for', async () => {
    const body = intentBody({ amount: '1234.5' });
    const answer = await world.partner('POST', CREATE, { body });
    expect(answer.status).toBe(201);
    const intent = (await answer.json()) as PartnerIntent;
    expect(intent).toMatchObject({
      ...{ status: 'open', payable: true, why: null, amount: '1234.50', count: 1 },
      items: [{ index: 0, externalRef: body.items[0].externalRef, status: 'open' }],
    });
    expect(intent.id).toMatch(/^in_[0-9a-hjkmnp-tv-z]{26}$/);
    expect(intent.url).toBe(`${world.url}/pay/${intent.id}`);
    const days = (Date.parse(intent.expiresAt) - Date.parse(intent.createdAt)) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    const read = await world.partner('GET', `${CREATE}/${intent.id}`);
    expect(await read.json()).toEqual(intent);
  });

  it('with the same key and body answers the same bytes, whatever the order of the fields', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const body = intentBody();
    const first = await world.partner('POST', CREATE, { body, headers });
    const turned = Object.fromEntries(Object.entries(body).reverse());
    const again = await world.partner('POST', CREATE, { body: turned, headers });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await again.text()).toBe(await first.text());
  });

  it('with the same key and another body is refused', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    await world.partner('POST', CREATE, { body: intentBody(), headers });
    const before = await count();
    const answer = await world.partner('POST', CREATE, { body: intentBody(), headers });
    expect(await refusal(answer)).toEqual([422, 'idempotency-key-reused']);
    expect(await count()).toBe(before);
  });

  it('with the key of another partner is a request of its own', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const body = intentBody();
    const one = await world.partner('POST', CREATE, { body, headers });
    const other = await world.partner('POST', CREATE, { body, headers, secret: OTHER_SECRET });
    const ids = await Promise.all(
      [one, other].map(async (answer) => ((await answer.json()) as PartnerIntent).id),
    );
    expect(new Set(ids).size).toBe(2);
  });

  it('ten times at once with one key creates one', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const body = intentBody();
    const before = await count();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => world.partner('POST', CREATE, { body, headers })),
    );
    const texts = new Set<string>();
    for (const answer of answers) {
      if (answer.status === 201) texts.add(await answer.text());
      else {
        expect(answer.headers.get('retry-after')).toBe('1');
        expect(await refusal(answer)).toEqual([409, 'idempotency-in-progress']);
      }
    }
    expect(texts.size).toBe(1);
    expect(await count()).toBe(before + 1);
  });
});

describe('what bad input gets', () => {
  const ITEM = 'items[0]';
  const payee = (changes: object) => ({
    payee: { ...intentBody().items[0].payee, ...changes },
  });

  it.each<[code: string, field: string | undefined, body: unknown]>([
    ...['0', '0.00', '-1', '+1', '1,50', '1.005', '1e3', ' 1', '1 000', '01', '', '1000000000'].map(
      (amount): [string, string, unknown] => [
        'invalid-amount',
        `${ITEM}.amount`,
        withItem({ amount }),
      ],
    ),
    ['invalid-request', `${ITEM}.amount`, withItem({ amount: 1234.5 })],
    ['invalid-request', `${ITEM}.amount`, withItem({ amount: null })],
    ['invalid-currency', `${ITEM}.currency`, withItem({ currency: 'USD' })],
    [
      'invalid-iban',
      `${ITEM}.payee.iban`,
      withItem(payee({ iban: 'FR7630004008281023456700051' })),
    ],
    ['invalid-iban', `${ITEM}.payee.iban`, withItem(payee({ iban: 'US64SVBKUS6S3300958879' }))],
    ['invalid-iban', `${ITEM}.payee.iban`, withItem(payee({ iban: '' }))],
    ['invalid-payee-name', `${ITEM}.payee.name`, withItem(payee({ name: 'Аcme' }))],
    ['invalid-payee-name', `${ITEM}.payee.name`, withItem(payee({ name: 'ACME\u202eSARL' }))],
    ['invalid-payee-name', `${ITEM}.payee.name`, withItem(payee({ name: 'ACME\u200b' }))],
    ['invalid-payee-name', `${ITEM}.payee.name`, withItem(payee({ name: 'x'.repeat(71) }))],
    ['invalid-reference', `${ITEM}.reference`, withItem({ reference: 'Invoice 😀' })],
    ['invalid-reference', `${ITEM}.reference`, withItem({ reference: 'a\nb' })],
    ['invalid-reference', `${ITEM}.reference`, withItem({ reference: 'x'.repeat(141) })],
    ['invalid-external-ref', `${ITEM}.externalRef`, withItem({ externalRef: 'INV 1' })],
    ['invalid-external-ref', `${ITEM}.externalRef`, withItem({ externalRef: 'x'.repeat(65) })],
    ['invalid-external-ref', `${ITEM}.externalRef`, withItem({ externalRef: '\0' })],
    ['invalid-due-date', `${ITEM}.dueDate`, withItem({ dueDate: '2026-02-30' })],
    ['invalid-return-url', 'returnUrl', { ...intentBody(), returnUrl: 'https://evil.example/' }],
    ['invalid-return-url', 'returnUrl', { ...intentBody(), returnUrl: `${SHOP}/invoices-evil` }],
    ['invalid-return-url', 'returnUrl', { ...intentBody(), returnUrl: 'javascript:alert(1)' }],
    ['kind-not-supported', 'kind', { ...intentBody(), kind: 'direct-debit' }],
    ['duplicate-external-ref', 'items[399].externalRef', withTwinAtTheEnd()],
    ['invalid-currency', 'items[1].currency', withSecond({ currency: 'USD' })],
    ['total-over-limit', 'items', withSecond({ amount: '48765.51' })],
    [
      'invalid-attachment',
      'items[1].attachments[0].url',
      withSecond({ attachments: [{ url: 'https://evil.example/1.pdf', sha256: 'ab'.repeat(32) }] }),
    ],
    ['too-many-items', 'items', { ...intentBody(), items: Array(401).fill(intentBody().items[0]) }],
    ['invalid-request', 'items', { ...intentBody(), items: [] }],
    ['invalid-request', 'items', { ...intentBody(), items: {} }],
    ['invalid-request', undefined, { ...intentBody(), accountId: 'mine' }],
    ['invalid-request', ITEM, withItem({ payeeId: 'b' })],
    ['invalid-request', undefined, []],
    ['malformed-json', undefined, null],
  ])('%s at %s', async (code, field, body) => {
    const before = await count();
    const answer = await world.partner('POST', CREATE, { body });
    const problem = (await answer.json()) as { code: string; field?: string; requestId: string };
    expect([problem.code, problem.field]).toEqual([code, field]);
    expect(problem.requestId).toBe(answer.headers.get('x-request-id'));
    expect(await count()).toBe(before);
  });

  const send = (init: RequestInit & { headers: Record<string, string> }) =>
    fetch(world.url + CREATE, {
      method: 'POST',
      ...init,
      headers: {
        ...{ Authorization: `Bearer ${PARTNER_SECRET}`, 'Content-Type': 'application/json' },
        ...{ 'Idempotency-Key': randomUUID(), ...init.headers },
      },
    });
  const good = () => JSON.stringify(intentBody());

  it.each<[what: string, status: number, code: string, init: () => Parameters<typeof send>[0]]>([
    ['half an object', 400, 'malformed-json', () => ({ headers: {}, body: '{"kind":' })],
    ['a bare word', 400, 'malformed-json', () => ({ headers: {}, body: '"transfer"' })],
    ['no body', 400, 'invalid-request', () => ({ headers: {} })],
    [
      'more than a megabyte',
      413,
      'body-too-large',
      () => ({ headers: {}, body: JSON.stringify({ kind: 'x'.repeat(1025 * 1024) }) }),
    ],
    [
      'a form',
      415,
      'unsupported-media-type',
      () => ({ headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'a=b' }),
    ],
    [
      'text',
      415,
      'unsupported-media-type',
      () => ({ headers: { 'Content-Type': 'text/plain' }, body: good() }),
    ],
    [
      'an unknown charset',
      415,
      'unsupported-media-type',
      () => ({ headers: { 'Content-Type': 'application/json; charset=x' }, body: good() }),
    ],
    [
      'no idempotency key',
      400,
      'idempotency-key-missing',
      () => ({ headers: { 'Idempotency-Key': '' }, body: good() }),
    ],
    [
      'an idempotency key with a space',
      400,
      'idempotency-key-missing',
      () => ({ headers: { 'Idempotency-Key': 'a b' }, body: good() }),
    ],
    [
      'an endless idempotency key',
      400,
      'idempotency-key-missing',
      () => ({ headers: { 'Idempotency-Key': 'k'.repeat(256) }, body: good() }),
    ],
  ])('%s: %i %s', async (_what, status, code, init) => {
    const before = await count();
    expect(await refusal(await send(init()))).toEqual([status, code]);
    expect(await count()).toBe(before);
  });

  it.each([
    ['none', undefined],
    ['an empty one', 'Bearer '],
    ['a wrong one', 'Bearer wrong'],
    ['its hash', 'Bearer sha256:0000'],
    ['another scheme', `Basic ${PARTNER_SECRET}`],
    ['more than one word', `Bearer ${PARTNER_SECRET} x`],
    ['an endless one', `Bearer ${'x'.repeat(513)}`],
  ])('no access with %s as the secret', async (_what, authorization) => {
    const before = await count();
    const headers = authorization ? { Authorization: authorization } : {};
    for (const [method, path] of [
      ['POST', CREATE],
      ['GET', `${CREATE}/in_x`],
      ['DELETE', `${CREATE}/in_x`],
      ['GET', '/partner/v1/payments?externalRef=a'],
    ] as const) {
      const answer = await fetch(world.url + path, { method, headers });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(await refusal(answer)).toEqual([401, 'partner-unauthorized']);
    }
    expect(await count()).toBe(before);
  });

  it('nothing new while the partner is paused', async () => {
    const before = await count();
    const answer = await world.partner('POST', CREATE, {
      ...{ body: intentBody(), secret: PAUSED_SECRET },
    });
    expect(await refusal(answer)).toEqual([403, 'partner-paused']);
    expect(await count()).toBe(before);
  });

  it.each(['in_unknown', '%F0%9F%98%80', "in_' or 1=1", 'x'.repeat(5000)])(
    'no intent for %s',
    async (id) => {
      for (const method of ['GET', 'DELETE']) {
        const answer = await world.partner(method, `${CREATE}/${id}`);
        expect(await refusal(answer)).toEqual([404, 'intent-not-found']);
      }
    },
  );

  it('no payments without an invoice', async () => {
    for (const query of ['', '?externalRef=', '?externalRef=a&externalRef=b']) {
      const answer = await world.partner('GET', `/partner/v1/payments${query}`);
      expect([query, ...(await refusal(answer))]).toEqual([query, 400, 'invalid-request']);
    }
    const none = await world.partner('GET', '/partner/v1/payments?externalRef=none');
    expect(await none.json()).toEqual({ payments: [] });
  });

  it('no other method, address or broken address', async () => {
    for (const [method, path] of [
      ['PUT', CREATE],
      ['PATCH', `${CREATE}/in_x`],
      ['GET', '/partner/v1'],
      ['GET', '/partner/v1/intents/%E0%A4%A'],
      ['GET', '/partner/v1/intents/in_%00'],
      ['DELETE', '/partner/v1/intents/in_%00'],
      ['GET', '/partner/v1/payments?externalRef=%00'],
    ] as const) {
      expect(await refusal(await world.partner(method, path))).toEqual([404, 'not-found']);
    }
  });
});

describe('one partner', () => {
  it('can neither read nor withdraw what is another’s, nor see its payments', async () => {
    const payer = await world.signedIn();
    const journey = await Journey.pending(world, payer);
    const secret = OTHER_SECRET;
    for (const method of ['GET', 'DELETE']) {
      const answer = await world.partner(method, `${CREATE}/${journey.id}`, { secret });
      expect(await refusal(answer)).toEqual([404, 'intent-not-found']);
    }
    const path = `/partner/v1/payments?externalRef=${journey.externalRef}`;
    const foreign = await world.partner('GET', path, { secret });
    expect(((await foreign.json()) as PartnerPayments).payments).toEqual([]);
    const own = (await (await world.partner('GET', path)).json()) as PartnerPayments;
    expect(own.payments).toMatchObject([{ intent: journey.id, status: 'approval_needed' }]);
  });

  it('pays its invoice of the same name beside another’s', async () => {
    const { externalRef } = await world.createIntent();
    const body = intentBody({ externalRef });
    const answer = await world.partner('POST', CREATE, { body, secret: OTHER_SECRET });
    expect(((await answer.json()) as PartnerIntent).payable).toBe(true);
  });

  it('learns of its payment no more than what became of it', async () => {
    const payer = await world.signedIn();
    const journey = await Journey.pending(world, payer);
    const path = `/partner/v1/payments?externalRef=${journey.externalRef}`;
    const text = await (await world.partner('GET', path)).text();
    for (const secret of ['Alice', 'Main account', journey.iban, 'FR7616958']) {
      expect(text).not.toContain(secret);
    }
  });
});

describe('withdrawing an intent', () => {
  it('ends it for good, as often as it is asked', async () => {
    const payer = await world.signedIn();
    const journey = await Journey.begin(world, payer, { iban: newIban() });
    const fields = await payer.confirmation(journey.id);
    for (const _time of [1, 2]) {
      const answer = await world.partner('DELETE', `${CREATE}/${journey.id}`);
      expect(await answer.json()).toMatchObject({ payable: false, why: 'withdrawn' });
    }
    const answer = await payer.sendConfirmation(journey.id, fields);
    expect(await refusal(answer)).toEqual([409, 'intent-withdrawn']);
    await journey.expectUntouched();
  });
});

describe('an intent of more than 30 days', () => {
  it('can no longer be paid', async () => {
    const payer = await world.signedIn();
    const journey = await Journey.begin(world, payer);
    const fields = await payer.confirmation(journey.id);
    await world.database.query(`update intents set expires_at = now() where id = $1`, [journey.id]);
    const answer = await payer.sendConfirmation(journey.id, fields);
    expect(await refusal(answer)).toEqual([409, 'intent-lapsed']);
    const read = await world.partner('GET', `${CREATE}/${journey.id}`);
    expect(await read.json()).toMatchObject({ payable: false, why: 'lapsed' });
    await journey.expectUntouched();
  });
});
