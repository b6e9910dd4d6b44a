import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Driver, type Json, MAIN_ACCOUNT } from './driver.js';

const SCOPES = 'payment_link.read payment_link.write organization.read';
const CONNECTIONS = '/v2/payment_links/connections';
const YEAR_SECONDS = 365 * 86_400;
const ITEM = {
  ...{ title: 'Item 1', quantity: 1, unit_price: { value: '10.99', currency: 'EUR' } },
  ...{ vat_rate: '21.0', type: 'good', description: 'Item 1 description', measure_unit: 'unit' },
};
const BASKET = { items: [ITEM], reusable: true, potential_payment_methods: ['credit_card'] };
const INVOICE = {
  ...{ invoice_id: '550e8400-e29b-41d4-a716-446655440001', invoice_number: 'INV-12345' },
  ...{ debitor_name: 'John Doe', amount: { value: '120.5', currency: 'EUR' } },
  potential_payment_methods: ['credit_card', 'ideal'],
};
const CONNECTION = {
  partner_callback_url: 'http://localhost:4100/connected',
  user_bank_account_id: MAIN_ACCOUNT,
  user_phone_number: '+33612345678',
  business_description: null,
};

let bank: Driver;
let alice: string;

beforeAll(async () => {
  bank = await Driver.start();
});
beforeEach(async () => {
  await bank.control('POST', '/reset');
  alice = await bank.token('alice', SCOPES);
});
afterAll(() => bank.close());

async function connect(answer = 'enabled', token = alice): Promise<Json> {
  const { json } = await bank.post(CONNECTIONS, token, CONNECTION);
  await bank.send('POST', new URL(json.connection_location).pathname, {
    body: new URLSearchParams({ answer }),
  });
  return json;
}

async function create(fields: Json = BASKET) {
  return bank.post('/v2/payment_links', alice, { payment_link: fields });
}

async function link(fields: Json = BASKET): Promise<Json> {
  return (await create(fields)).json.payment_link;
}

async function read(id: string): Promise<Json> {
  return (await bank.get(`/v2/payment_links/${id}`, alice)).json.payment_link;
}

async function pay({ url }: Json, card: string, method = 'credit_card') {
  const { pathname } = new URL(url);
  const body = new URLSearchParams({ email: 'client@client.example', card, method });
  return bank.send('POST', pathname, { body });
}

async function paymentsOf(id: string, query = ''): Promise<Json[]> {
  return (await bank.get(`/v2/payment_links/${id}/payments?${query}`, alice)).json.payments;
}

async function deactivate(id: string) {
  const headers = { authorization: `Bearer ${alice}` };
  return bank.send('PATCH', `/v2/payment_links/${id}/deactivate`, { headers });
}

describe('the connection', () => {
  it('is 404 while there is none, or not_connected by the switch (facts 4.10)', async () => {
    expect((await bank.get(CONNECTIONS, alice)).status).toBe(404);
    await bank.control('PUT', '/switches', { missing_connection: 'not_connected' });
    expect((await bank.get(CONNECTIONS, alice)).json.status).toBe('not_connected');
  });

  it('begins pending, bare, with a page to send the user to (facts 4.10)', async () => {
    const { status, json } = await bank.post(CONNECTIONS, alice, CONNECTION);
    expect(status).toBe(201);
    expect(json).toMatchObject({ status: 'pending', bank_account_id: MAIN_ACCOUNT });
    const page = await bank.send('GET', new URL(json.connection_location).pathname);
    expect(page.text).toContain('Accept payments');
    expect(page.text).toContain('Main account');
  });

  it.each(['enabled', 'pending', 'disabled'])(
    'is %s when the provider says so, and the user is sent back (facts 4.10)',
    async (answer) => {
      const { json } = await bank.post(CONNECTIONS, alice, CONNECTION);
      const { pathname } = new URL(json.connection_location);
      const body = new URLSearchParams({ answer });
      const back = await bank.send('POST', pathname, { body });
      expect(back.status).toBe(303);
      expect(back.headers.get('location')).toBe(CONNECTION.partner_callback_url);
      expect((await bank.get(CONNECTIONS, alice)).json.status).toBe(answer);
    },
  );

  it('is one per user (facts 4.10)', async () => {
    const first = await connect();
    const again = await bank.post(CONNECTIONS, alice, CONNECTION);
    expect(again.json).toEqual({ ...first, status: 'enabled' });
    const adam = await bank.token('adam', SCOPES);
    expect((await bank.get(CONNECTIONS, adam)).status).toBe(404);
  });

  it('is for an owner or admin, and not without a subscription (facts 4.10)', async () => {
    const mia = await bank.token('mia', SCOPES);
    expect((await bank.post(CONNECTIONS, mia, CONNECTION)).status).toBe(403);
    const nora = await bank.token('nora', SCOPES);
    expect((await bank.post(CONNECTIONS, nora, CONNECTION)).status).toBe(404);
  });

  it.each([
    ['partner_callback_url', 'callback'],
    ['user_phone_number', '0612345678'],
    ['business_description', 'Too short'],
    ['user_website_url', 'https://user@shop.example'],
    ['user_website_url', 'ftp://shop.example'],
  ])('refuses %s %j (facts 4.10)', async (field, value) => {
    const wish = { ...CONNECTION, [field]: value };
    const { status, json } = await bank.post(CONNECTIONS, alice, wish);
    expect(status).toBe(422);
    expect(json.errors[0].source.pointer).toBe(`/${field}`);
  });

  it('refuses an account that is closed or not theirs (facts 4.10)', async () => {
    const wish = { ...CONNECTION, user_bank_account_id: MAIN_ACCOUNT.replace(/1$/, '3') };
    const { status, json } = await bank.post(CONNECTIONS, alice, wish);
    expect(status).toBe(400);
    expect(json.errors[0].code).toBe('bank_account_not_found');
  });
});

describe('without a connection that works', () => {
  it.each(['pending', 'disabled', undefined])(
    'every address is 404 (%s) (facts 4.10)',
    async (answer) => {
      if (answer !== undefined) await connect(answer);
      for (const path of ['', '/payment_methods', `/${INVOICE.invoice_id}`]) {
        expect((await bank.get(`/v2/payment_links${path}`, alice)).status, path).toBe(404);
      }
      expect((await create()).status).toBe(404);
    },
  );
});

describe('a payment link', () => {
  beforeEach(() => connect());

  it('of a basket is gross, rounded half up: 10.99 at 21 % is 13.30 (facts 4.10)', async () => {
    const { status, json } = await create();
    expect(status).toBe(201);
    expect(json.payment_link).toMatchObject({
      ...{ status: 'open', amount: { value: '13.30', currency: 'EUR' }, resource_type: 'Basket' },
      ...{ reusable: true, items: [ITEM], invoice_id: null, invoice_number: null },
    });
    const life = Date.parse(json.payment_link.expiration_date) - Date.now();
    expect(Math.round(life / 1000 / 86_400)).toBe(365);
    const { searchParams } = new URL(json.payment_link.url);
    expect(searchParams.get('resource_id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('of an invoice has no items and is not reusable (facts 4.10)', async () => {
    expect(await link(INVOICE)).toMatchObject({
      ...{ resource_type: 'Invoice', reusable: false, items: null, debitor_name: 'John Doe' },
      ...{ amount: { value: '120.50', currency: 'EUR' }, invoice_number: 'INV-12345' },
      invoice_id: INVOICE.invoice_id,
    });
  });

  it('drops methods that are switched off (facts 4.10)', async () => {
    const { json } = await bank.get('/v2/payment_links/payment_methods', alice);
    expect(json.payment_link_payment_methods).toContainEqual({ name: 'paypal', enabled: false });
    const wish = { ...BASKET, potential_payment_methods: ['paypal', 'ideal'] };
    expect((await link(wish)).potential_payment_methods).toEqual(['ideal']);
    const none = await create({ ...BASKET, potential_payment_methods: ['paypal'] });
    expect(none.status).toBe(422);
  });

  it.each([
    ['items', { items: [] }],
    ['items', { items: [{ ...ITEM, unit_price: { value: '0', currency: 'EUR' } }] }],
    ['items', { items: [ITEM, { ...ITEM, unit_price: { value: '1', currency: 'USD' } }] }],
    [
      'items/0/unit_price/value',
      { items: [{ ...ITEM, unit_price: { value: 10.99, currency: 'EUR' } }] },
    ],
    [
      'items/0/unit_price/currency',
      { items: [{ ...ITEM, unit_price: { value: '1', currency: 'XXX' } }] },
    ],
    ['items/0/vat_rate', { items: [{ ...ITEM, vat_rate: 21 }] }],
    ['items/0/measure_unit', { items: [{ ...ITEM, measure_unit: 'furlong' }] }],
    ['items/0/type', { items: [{ ...ITEM, type: 'thing' }] }],
    ['reusable', { reusable: 'yes' }],
    ['potential_payment_methods/0', { potential_payment_methods: ['cash'] }],
  ])('is refused with a wrong %s: %j (facts 4.10)', async (pointer, fields) => {
    const { status, json } = await create({ ...BASKET, ...fields });
    expect(status).toBe(422);
    expect(json.errors[0].source.pointer).toBe(`/payment_link/${pointer}`);
  });

  it('makes a second link when its call is repeated, for it takes no key (facts 4.10)', async () => {
    await create();
    await create();
    const { json } = await bank.get('/v2/payment_links', alice);
    expect(json.meta.total_count).toBe(2);
  });

  it('is listed by status, amount and expiry (facts 4.10)', async () => {
    const small = await link();
    const big = await link(INVOICE);
    await deactivate(small.id);
    const ids = async (query: string) =>
      (await bank.get(`/v2/payment_links?${query}`, alice)).json.payment_links.map(
        (one: Json) => one.id,
      );
    expect(await ids('sort_by=amount:asc')).toEqual([small.id, big.id]);
    expect(await ids('sort_by=amount:desc')).toEqual([big.id, small.id]);
    expect(await ids('status[]=open')).toEqual([big.id]);
    expect(await ids('status[]=open&status[]=canceled')).toHaveLength(2);
    expect((await bank.get('/v2/payment_links?status[]=a,b', alice)).status).toBe(422);
  });

  it('is shown wrapped, and none of another organisation (facts 4.10)', async () => {
    const made = await link();
    expect(await read(made.id)).toEqual(made);
    expect((await bank.get(`/v2/payment_links/${INVOICE.invoice_id}`, alice)).status).toBe(404);
  });

  it('is canceled when it is deactivated, once (facts 4.10)', async () => {
    const { id, url } = await link();
    const { status, json } = await deactivate(id);
    expect(status).toBe(200);
    expect(json.payment_link.status).toBe('canceled');
    expect((await deactivate(id)).status).toBe(422);
    await bank.control('PUT', '/switches', { link_deactivation_refused_status: 409 });
    expect((await deactivate(id)).status).toBe(409);
    expect((await bank.send('GET', new URL(url).pathname)).text).toContain('withdrawn');
  });

  it('expires after a year of bank time (facts 4.10)', async () => {
    const { id, url } = await link();
    await bank.advance(YEAR_SECONDS);
    alice = await bank.token('alice', SCOPES);
    expect((await read(id)).status).toBe('expired');
    expect((await pay({ url }, '4242 4242 4242 4242')).status).toBe(409);
  });

  it('expires after a day where the switch says so (facts 4.10)', async () => {
    await bank.control('PUT', '/switches', { link_life_days: 1 });
    const { id } = await link();
    await bank.advance(86_400);
    alice = await bank.token('alice', SCOPES);
    expect((await read(id)).status).toBe('expired');
  });
});

describe('a client who pays', () => {
  beforeEach(() => connect());

  it('is shown what for, and pays by card (facts 4.10)', async () => {
    const made = await link({ ...BASKET, reusable: false });
    const page = await bank.send('GET', new URL(made.url).pathname);
    expect(page.text).toContain('Pay ACME SAS');
    expect(page.text).toContain('13.30 EUR');
    const { status, headers } = await pay(made, '4242 4242 4242 4242');
    expect(status).toBe(303);
    const after = await bank.send('GET', headers.get('location') ?? '');
    expect(after.text).toContain('Paid. Thank you!');
    expect((await read(made.id)).status).toBe('paid');
    expect(await paymentsOf(made.id)).toMatchObject([
      {
        ...{ status: 'paid', payment_method: 'credit_card', amount: made.amount },
        ...{ debitor_email: 'client@client.example', paid_at: expect.any(String) },
      },
    ]);
    expect((await pay(made, '4242 4242 4242 4242')).status).toBe(409);
  });

  it('may be declined, and try again (facts 4.10)', async () => {
    const made = await link({ ...BASKET, reusable: false });
    const declined = await pay(made, '4000 0000 0000 0002');
    const page = await bank.send('GET', declined.headers.get('location') ?? '');
    expect(page.text).toContain('declined');
    expect((await read(made.id)).status).toBe('open');
    await pay(made, '4242424242424242');
    expect(
      (await paymentsOf(made.id, 'sort_by=creation_date:asc')).map((one) => one.status),
    ).toEqual(['failed', 'paid']);
    expect(await paymentsOf(made.id, 'status[]=failed')).toHaveLength(1);
  });

  it.each([
    ['4000 0000 0000 3220', 'paid', 'paid'],
    ['4000 0000 0000 0341', 'failed', 'open'],
  ])('may have to wait: %s ends %s (facts 4.10)', async (card, payment, linkStatus) => {
    const made = await link({ ...BASKET, reusable: false });
    await pay(made, card);
    expect((await read(made.id)).status).toBe('processing');
    expect((await paymentsOf(made.id))[0]?.status).toBe('pending');
    await bank.advance(60);
    expect((await read(made.id)).status).toBe(linkStatus);
    expect((await paymentsOf(made.id))[0]?.status).toBe(payment);
  });

  it('leaves a reusable link open for the next one (facts 4.10)', async () => {
    const made = await link();
    await pay(made, '4242 4242 4242 4242');
    await pay(made, '4242 4242 4242 4242');
    expect((await read(made.id)).status).toBe('open');
    expect(await paymentsOf(made.id)).toHaveLength(2);
  });

  it('may pay by another method of the link, and by no other (facts 4.10)', async () => {
    const made = await link(INVOICE);
    expect((await pay(made, '', 'apple_pay')).status).toBe(422);
    expect((await pay(made, '', 'ideal')).status).toBe(303);
    expect((await paymentsOf(made.id))[0]?.payment_method).toBe('ideal');
  });

  it('is told what is wrong', async () => {
    const made = await link();
    const wrong = await pay(made, '1234');
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('not one of the test cards');
    expect((await bank.send('GET', '/pay/none')).status).toBe(404);
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    const { pathname } = new URL(made.url);
    expect((await bank.send('POST', pathname, { headers })).status).toBe(403);
  });

  it('fills the account a day later, as income (facts 4.10, 4.11)', async () => {
    const balance = async () =>
      (await bank.get('/v2/organization', alice)).json.organization.bank_accounts[0].balance_cents;
    const before = await balance();
    const made = await link();
    await pay(made, '4242 4242 4242 4242');
    expect(await balance()).toBe(before);
    await bank.advance(86_400);
    alice = await bank.token('alice', SCOPES);
    expect(await balance()).toBe(before + 1330);
    const list = await bank.get(`/v2/transactions?bank_account_id=${MAIN_ACCOUNT}`, alice);
    expect(list.json.transactions[0]).toMatchObject({ side: 'credit', amount_cents: 1330 });
  });

  it('stands in the ledger of the control API', async () => {
    const made = await link();
    await pay(made, '4242 4242 4242 4242');
    expect((await bank.ledger()).payment_links).toMatchObject([
      { id: made.id, amount_cents: 1330, payments: [{ status: 'paid' }] },
    ]);
  });
});
