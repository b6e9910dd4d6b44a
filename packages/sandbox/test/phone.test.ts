import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Driver } from './driver.js';

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
