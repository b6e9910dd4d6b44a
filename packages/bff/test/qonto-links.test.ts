import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { basketTotals } from '../src/links/basket.js';
import type { BasketItem, LinkOrder } from '../src/links/records.js';
import {
  BankUnavailableError,
  ConsentNeededError,
  NotAllowedError,
  SignedOutError,
} from '../src/payments/errors.js';
import { BASKET, INVOICE, orderOf } from './support/link-samples.js';
import { MAIN, QontoAtSandbox } from './support/qonto.js';

const SCOPES = 'organization.read payment_link.read payment_link.write';
const CONNECTIONS = '/v2/payment_links/connections';
const CREATE = { method: 'POST', path: '/v2/payment_links' };
const LIST = { method: 'GET', path: '/v2/payment_links' };
const REFUSED = { kind: 'refused', outcome: 'refused' };
const LISTED = {
  errors: [{ code: 'invalid', detail: 'no', source: { pointer: '/payment_link' } }],
};
const CARD = '4242424242424242';

let qonto: QontoAtSandbox;

beforeAll(async () => {
  qonto = await QontoAtSandbox.start();
});
afterAll(() => qonto.close());
beforeEach(async () => {
  await qonto.reset();
  await qonto.signIn('alice', SCOPES);
});

const links = (options: Parameters<QontoAtSandbox['bank']>[0] = {}) => qonto.bank(options).links;
const WISH = {
  ...{ callbackUrl: 'https://pay.partner.com/pay/in_1?provider=back', phone: '+33612345678' },
  ...{ accountId: MAIN.accountId, description: undefined, website: undefined },
};

async function connected(answer = 'enabled'): Promise<void> {
  await links().connect('c', WISH);
  const { location = '' } = await links().provider('c');
  await post(location, { answer });
}

function post(url: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
}

async function create(order: LinkOrder = orderOf(), options = {}) {
  const ready = await links(options).ready('c');
  return ready.create(links().linkRequest(order, order.methods));
}

async function created(order: LinkOrder = orderOf()) {
  const answer = await create(order);
  if (answer.kind !== 'created') throw new Error(JSON.stringify(answer));
  return answer.link;
}

const pay = (url: string, card = CARD) =>
  post(url, { method: 'credit_card', email: 'zoe@example.com', card });

describe('the provider', () => {
  it.each([404, 'not_connected'])('of a member without a connection is told (%s)', async (word) => {
    await qonto.switches({ missing_connection: word });
    expect(await links().provider('c')).toEqual({ status: 'not_connected', location: undefined });
    expect(await links().enabledMethods('c')).toBeUndefined();
  });

  it('is connected by way of its onboarding', async () => {
    expect(await links().connect('c', { ...WISH, website: 'https://example.com' })).toMatchObject({
      ...{ kind: 'connected', provider: { status: 'pending' } },
    });
    const { location = '' } = await links().provider('c');
    const back = await post(location, { answer: 'enabled' });
    expect(back.headers.get('location')).toBe(WISH.callbackUrl);
    expect(await links().provider('c')).toMatchObject({ status: 'enabled' });
    expect(await links().enabledMethods('c')).toEqual(['credit_card', 'apple_pay', 'ideal']);
  });

  it.each(['pending', 'disabled'])('may say %s, and then there are no methods', async (answer) => {
    await connected(answer);
    expect(await links().provider('c')).toMatchObject({ status: answer });
    expect(await links().enabledMethods('c')).toBeUndefined();
  });

  it.each([
    ['account', { accountId: 'none' }],
    ['phone', { phone: '0612345678' }],
    ['description', { description: 'Lamps' }],
    ['website', { website: 'https://user@example.com' }],
  ])('is not connected with a wrong %s', async (field, changes) => {
    const answer = await links().connect('c', { ...WISH, ...changes });
    expect(answer).toEqual({ kind: 'refused', field });
  });

  it('is not offered to every plan, nor to every member', async () => {
    await qonto.signIn('nora', SCOPES);
    expect(await links().connect('c', WISH)).toEqual({ kind: 'unavailable' });
    await qonto.signIn('emma', SCOPES);
    await expect(links().provider('c')).rejects.toThrow(NotAllowedError);
    await qonto.signIn('alice', 'organization.read');
    await expect(links().provider('c')).rejects.toThrow(ConsentNeededError);
  });

  it.each([
    ['a word of its own', { status: 'reviewing', connection_location: 'https://mollie.com/x' }],
    ['an address that is no page', { status: 'pending', connection_location: 'javascript:x' }],
  ])('with %s lets nobody make links', async (_what, body) => {
    await qonto.fault({ method: 'GET', path: CONNECTIONS }, { status: 200, body });
    const { status, location } = await links().provider('c');
    expect(status).toBe('pending');
    expect(location ?? 'none').toMatch(/^(https:|none)/);
  });

  it.each([
    ['https://my.mollie.com/a?b=c', true],
    ['http://localhost:4100/onboarding', true],
    ['http://bank.localhost/onboarding', true],
    ['http://127.0.0.1:4100/onboarding', true],
    ['http://my.mollie.com/a', false],
    ['http://localhost.evil.example/a', false],
    ['http://localhost@evil.example/a', false],
    ['data:text/html,a', false],
    ['blob:https://my.mollie.com/a', false],
    ['/onboarding', false],
  ])('leads to %s: %s', async (connection_location, isOpened) => {
    const body = { status: 'pending', connection_location };
    await qonto.fault({ method: 'GET', path: CONNECTIONS }, { status: 200, body });
    const { location } = await links().provider('c');
    expect(location).toBe(isOpened ? connection_location : undefined);
  });
});

describe('a link', () => {
  beforeEach(() => connected());

  it('of a basket comes to our sum, and is read back row by row', async () => {
    const link = await created(orderOf({ reusable: true }));
    expect(link).toMatchObject({
      ...{ status: 'open', amountCents: 5825n, currency: 'EUR', reusable: true },
      url: expect.stringMatching(/^http/),
      invoice: undefined,
      items: [
        { title: 'Lamp', quantity: '2', unitPriceCents: 1099n, vatRate: '21' },
        { title: 'Hanging it', quantity: '0.5', unitPriceCents: 6000n, vatRate: '5.5' },
      ],
    });
    const years = (link.expiresAt?.getTime() ?? 0) - link.createdAt.getTime();
    expect(years).toBe(365 * 86_400_000);
    expect(await links().link('c', link.id)).toEqual(link);
    expect(await links().links('c')).toMatchObject({ links: [link], odd: [], isWhole: true });
  });

  it('of an invoice names it, and is paid once', async () => {
    const link = await created(orderOf({ content: INVOICE, amountCents: 12_000n }));
    expect(link).toMatchObject({
      ...{ amountCents: 12_000n, reusable: false, items: [] },
      invoice: { id: INVOICE.invoiceId, number: INVOICE.number },
    });
  });

  it("comes to the bank's own sum, whatever the basket", async () => {
    const item = fc.record({
      unitPriceCents: fc.bigInt({ min: 1n, max: 99_999n }),
      quantity: fc.integer({ min: 1, max: 9_999 }).map((thousandths) => `${thousandths / 1000}`),
      vatRate: fc.integer({ min: 0, max: 10_000 }).map((hundredths) => `${hundredths / 100}`),
    });
    const baskets = fc.array(item, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(baskets, async (rows) => {
        const items: BasketItem[] = rows.map((row) => ({
          ...(BASKET.items[1] as BasketItem),
          ...row,
        }));
        const amountCents = basketTotals(items).grossCents;
        fc.pre(amountCents > 0n);
        const order = orderOf({ content: { kind: 'basket', items }, amountCents });
        expect((await created(order)).amountCents).toBe(amountCents);
      }),
      { numRuns: 40 },
    );
  });

  it('is told as it is paid, with its payments', async () => {
    const link = await created();
    await pay(link.url, '4000000000000002');
    await pay(link.url, '4000000000003220');
    expect(await links().link('c', link.id)).toMatchObject({ status: 'processing' });
    await qonto.advance(61);
    expect(await links().link('c', link.id)).toMatchObject({ status: 'paid' });
    const payments = await links().payments('c', link.id);
    expect(payments.map(({ status }) => status).sort()).toEqual(['failed', 'paid']);
    expect(payments.find(({ status }) => status === 'paid')).toEqual({
      id: expect.any(String),
      ...{ amountCents: 5825n, status: 'paid', method: 'credit_card' },
      ...{ createdAt: expect.any(Date), paidAt: expect.any(Date) },
    });
  });

  it.each([422, 400, 404, 409])('is deactivated once (%i)', async (status) => {
    await qonto.switches({ link_deactivation_refused_status: status });
    const { id } = await created();
    expect(await links().deactivate('c', id)).toMatchObject({ id, status: 'canceled' });
    expect(await links().deactivate('c', id)).toBe('refused');
  });

  it('that nobody made is none', async () => {
    expect(await links().link('c', randomUUID())).toBeUndefined();
    expect(await links().deactivate('c', 'none/of these')).toBe('refused');
  });

  it('is found in a list of many pages', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 101; count += 1) ids.push((await created()).id);
    const listing = await links().links('c');
    expect(listing.isWhole).toBe(true);
    expect(listing.links.map(({ id }) => id).sort()).toEqual(ids.sort());
  });
});

describe('a list', () => {
  beforeEach(() => connected());

  const wire = async (...changes: object[]) => {
    const link = await created();
    const money = { value: '58.25', currency: 'EUR' };
    const whole = {
      ...{ id: link.id, status: 'open', url: link.url, amount: money },
      ...{ created_at: link.createdAt.toISOString(), items: null },
    };
    const payment_links = [...changes.map((change) => ({ ...whole, ...change })), whole];
    const meta = { next_page: null, total_count: payment_links.length };
    await qonto.fault(LIST, { status: 200, body: { payment_links, meta } });
    return { ...(await links().links('c')), link };
  };

  it('shows the others beside those that nobody can read', async () => {
    const at = '2026-11-20T10:00:00.000Z';
    const listing = await wire(
      { id: 'odd-1', amount: 58.25, created_at: at },
      { id: 'odd-2', url: 'javascript:alert(1)', created_at: 'soon' },
      { id: 'odd-3', status: 7 },
    );
    expect(listing.links.map(({ id }) => id)).toEqual([listing.link.id]);
    expect(listing.odd.map(({ id }) => id)).toEqual(['odd-1', 'odd-2', 'odd-3']);
    expect(listing.odd[0]?.createdAt).toEqual(new Date(at));
    expect(listing.odd[1]?.createdAt).toBeUndefined();
  });

  it('shows new words, odd sums and odd baskets for what they are', async () => {
    const row = { title: 'Lamp', quantity: 'two', unit_price: { value: 'x', currency: 'EUR' } };
    const { links: listed } = await wire(
      { id: 'word', status: 'refunded' },
      { id: 'sum', amount: { value: '1,00', currency: 'EUR' } },
      { id: 'rows', items: [{ ...row, vat_rate: 21 }, { title: 'Half a row' }] },
      { id: 'row', items: [{ ...row, vat_rate: 21 }] },
    );
    expect(listed.find(({ id }) => id === 'word')?.status).toBe('unrecognized');
    expect(listed.find(({ id }) => id === 'sum')?.amountCents).toBe(-1n);
    expect(listed.find(({ id }) => id === 'rows')?.items).toEqual([]);
    expect(listed.find(({ id }) => id === 'row')?.items).toEqual([
      { title: 'Lamp', quantity: 'two', unitPriceCents: -1n, vatRate: '21' },
    ]);
  });

  it('is not whole when the bank counts more, and none at all without an answer', async () => {
    const meta = { next_page: null, total_count: 2 };
    await qonto.fault(LIST, { status: 200, body: { payment_links: [], meta } });
    expect(await links().links('c')).toMatchObject({ links: [], isWhole: false });
    for (const trouble of [
      ...[{ status: 503 }, { html: true }, { rateLimit: {} }, { resetBefore: true }],
      ...[{ status: 200, body: { links: [] } }, { truncateBytes: 9 }],
    ]) {
      await qonto.fault(LIST, trouble);
      await expect(links().links('c')).rejects.toThrow(BankUnavailableError);
    }
  });
});

describe('a request for a link', () => {
  it('without a connection is refused', async () => {
    expect(await create()).toMatchObject({ ...REFUSED, reason: 'provider-not-connected' });
  });

  it.each([
    ['emma', SCOPES, { reason: 'not-allowed', outcome: 'refused' }],
    ['alice', 'organization.read', { reason: 'consent-needed', outcome: 'failed' }],
  ])('of %s with the scopes %s is refused', async (member, scope, expected) => {
    await qonto.signIn(member, scope);
    expect(await create()).toMatchObject({ kind: 'refused', ...expected });
  });

  it('with a method that is off says so', async () => {
    await connected();
    const answer = await create(orderOf({ methods: ['paypal'] }));
    expect(answer).toMatchObject({ ...REFUSED, reason: 'method-not-enabled' });
  });

  it.each<[string, number, unknown, object]>([
    ['a list of errors', 422, LISTED, { reason: 'bank-refused' }],
    ['one error in a list of none', 400, { errors: LISTED.errors[0] }, { reason: 'bank-refused' }],
    ['a flat one', 400, { code: 'invalid', message: 'no' }, { reason: 'bank-refused' }],
    ['only a word', 422, { error: 'invalid' }, { reason: 'bank-refused' }],
    ['a plan in other words', 422, { code: 'forbidden', message: 'no' }, { reason: 'not-allowed' }],
    ['a lost sign-in', 401, { message: 'expired' }, { reason: 'signed-out', outcome: 'failed' }],
  ])('is refused by %s', async (_what, status, body, expected) => {
    await connected();
    await qonto.fault(CREATE, { status, body });
    expect(await create()).toMatchObject({ kind: 'refused', ...expected });
  });

  it.each<[string, object]>([
    ['200 with something else', { status: 200, body: { ok: true } }],
    ['201 without an address', { status: 201, body: { payment_link: { id: 'x' } } }],
    ['400 in no known envelope', { status: 400, body: [] }],
    ['404 of a gateway', { status: 404, body: {} }],
    ['409', { status: 409, body: LISTED }],
    ['412', { status: 412, body: LISTED }],
    ['500 in its envelope', { status: 500, body: LISTED }],
    ['503', { status: 503, body: {} }],
    ['a login page', { html: true }],
    ['too many requests', { rateLimit: { retryAfter: 1 } }],
    ['a cut before', { resetBefore: true }],
    ['a cut behind', { resetAfterCommit: true }],
    ['half an answer', { truncateBytes: 20 }],
    ['an answer too late', { delayMs: 900 }],
  ])('that ends with %s leaves open whether there is one', async (_what, trouble) => {
    await connected();
    await qonto.fault(CREATE, trouble);
    const answer = await create(orderOf(), { timeouts: { createMs: 500 } });
    expect(answer).toMatchObject({ kind: 'no_answer', cause: expect.any(String) });
  });

  it('takes the link bare, as the documents have it', async () => {
    await connected();
    const { id, url, createdAt } = await created();
    const body = {
      ...{ id, url, created_at: createdAt, status: 'new word', reusable: null },
      amount: { value: '58.2500', currency: 'EUR' },
    };
    await qonto.fault(CREATE, { status: 201, body });
    expect(await create()).toMatchObject({
      kind: 'created',
      link: { id, status: 'unrecognized', amountCents: 5825n, reusable: false, items: [] },
    });
  });

  it('is not made ready where nobody is signed in, or the bank is asked too much', async () => {
    const out = async () => Promise.reject(new SignedOutError('gone'));
    const tokens = { forConnection: out, renew: out };
    await expect(links({ tokens }).ready('c')).rejects.toThrow(SignedOutError);
    const budget = { take: async () => false };
    await expect(links({ budget }).ready('c')).rejects.toThrow(BankUnavailableError);
  });
});
