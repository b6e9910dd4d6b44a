import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Driver, MATCH } from './driver.js';
import { bulk, CLOSE, call, recurring, send } from './orders.js';

let bank: Driver;
let alice: string;

beforeAll(async () => {
  bank = await Driver.start();
});
beforeEach(async () => {
  await bank.control('POST', '/reset');
  alice = await bank.token();
});
afterAll(() => bank.close());

async function challenge(fields = {}): Promise<string> {
  const { json } = await bank.create(alice, await bank.transfer(alice, fields));
  return json.sca_session_token;
}

const page = async (query = '?member=alice') => (await bank.send('GET', `/phone${query}`)).text;

it('lets a visitor choose a member', async () => {
  expect(await page('')).toContain('href="/phone?member=alice">Alice Martin</a>');
});

it('shows exactly what is signed: amount, payee, IBAN in groups of four', async () => {
  await challenge({ amount: '1234.5', reference: 'INV <1>' });
  const text = await page();
  expect(text).toContain('1,234.50 EUR');
  expect(text).toContain('Atelier Lumière SARL');
  expect(text).toContain('FR76 1027 8008 2810 3929 5362 036');
  expect(text).toContain('INV &lt;1&gt;');
  expect(text).toContain('<button>Approve</button>');
  expect(text).toContain('>Refuse</button>');
});

it('names each of several cards by its heading', async () => {
  await challenge();
  await challenge();
  const headings = [...(await page()).matchAll(/role="group" aria-labelledby="([^"]+)"/g)];
  expect(new Set(headings.map(([, id]) => id)).size).toBe(2);
});

it.each([
  ['approve', 'allow', 'Approved'],
  ['refuse', 'deny', 'Refused'],
])('%s decides the session (facts 3.4)', async (answer, result, word) => {
  const session = await challenge();
  const { status, headers } = await bank.send('POST', `/phone/${session}/${answer}`);
  expect([status, headers.get('location')]).toEqual([303, '/phone?member=alice']);
  expect((await bank.get(`/v2/sca_sessions/${session}`, alice)).json.result).toBe(result);
  expect(await page()).toContain(`>${word}</strong>`);
});

it('refuses an answer that another origin sends', async () => {
  const session = await challenge();
  const headers = { 'Sec-Fetch-Site': 'same-site' };
  expect((await bank.send('POST', `/phone/${session}/approve`, { headers })).status).toBe(403);
  expect((await bank.get(`/v2/sca_sessions/${session}`, alice)).json.result).toBe('waiting');
});

it('learns of a new payment without a reload', async () => {
  const stream = await fetch(`${bank.url}/phone/events?member=alice`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain('Nothing to approve');
  await challenge();
  let text = '';
  while (!text.includes('Approve')) text += (await reader?.read())?.value ?? '';
  expect(text).toContain('event: approvals');
  await reader?.cancel();
});

it('allows its own script and style only', async () => {
  const { headers, text } = await bank.send('GET', '/phone?member=alice');
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
  expect(text).toContain(`<script nonce="${nonce}"`);
});

it('tells a member without a device that nothing can arrive (facts 3.3)', async () => {
  expect(await page('?member=noah')).toContain('not paired');
});

it('shows a bulk by its number, its sum and every payee (facts 3.1, 4.5)', async () => {
  const lines = Array.from({ length: 7 }, (_, index) => ({
    ...{ payee: index % 2 ? CLOSE : MATCH, amount: `${index + 1}.00`, reference: `R-${index}` },
  }));
  await send(bank, alice, await bulk(bank, alice, lines));
  const text = await page();
  expect(text).toContain('Make 7 payments</h2>');
  expect(text).toContain('28.00 EUR');
  for (const { payee, amount, reference } of lines) {
    expect(text).toContain(`<strong>${payee.name}</strong><span class="number">${amount} EUR`);
    expect(text).toContain(reference);
  }
  expect(text).toContain('Show 2 more');
  expect(text.match(/<button>Approve<\/button>/g)).toHaveLength(1);
});

it('says how often a recurring transfer is made (facts 4.6)', async () => {
  await send(bank, alice, await recurring(bank, alice, { frequency: 'quarterly' }));
  expect(await page()).toContain('<dt>When</dt><dd>Every quarter from');
});

it('names who is to be trusted, with no amount (facts 3.1, 4.2)', async () => {
  await bank.control('PUT', '/switches', { beneficiary_trust_scope: true });
  const token = await bank.token('alice', 'beneficiary.trust');
  const ids = ['01930000-0000-7000-8004-000000000006'];
  await send(bank, token, call('PATCH', '/v2/sepa/beneficiaries/trust', { ids }));
  const text = await page();
  expect(text).toContain('Trust Transports Girard</h2>');
  expect(text).not.toContain('class="amount"');
});

it('says that a passkey confirms where one was asked for (facts 3.2)', async () => {
  await challenge();
  expect(await page()).not.toContain('Your passkey confirms');
  const headers = { 'X-Qonto-2fa-Preference': 'passkey' };
  await bank.create(alice, await bank.transfer(alice, {}, headers));
  expect(await page()).toContain('Your passkey confirms');
});

it('keeps a history, the newest first, and folds the older part', async () => {
  for (let count = 1; count <= 7; count++) {
    await bank.decide(await challenge({ amount: `${count}.00` }), count === 7 ? 'deny' : 'allow');
  }
  await challenge({ amount: '8.00' });
  await bank.advance(900);
  const text = await page();
  const amounts = [...text.matchAll(/(\d)\.00 EUR/g)].map(([, amount]) => amount);
  expect(amounts).toEqual(['8', '7', '6', '5', '4', '3', '2', '1']);
  expect(text).toMatch(/Ran out[\s\S]*Refused[\s\S]*Approved/);
  expect(text).toContain('Show 3 older');
});
