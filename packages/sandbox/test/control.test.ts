import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Driver, TRUSTED_BENEFICIARY } from './driver.js';

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

it('issues tokens that refresh like those of a sign-in', async () => {
  const answer = await bank.control('POST', '/tokens', {
    ...{ member: 'nora', scope: 'offline_access organization.read', organization: 'Solo' },
  });
  expect(answer).toMatchObject({
    token_type: 'bearer',
    expires_in: 3600,
    scope: 'offline_access organization.read',
  });
  const fields = {
    ...{ grant_type: 'refresh_token', refresh_token: answer.refresh_token },
    ...{ client_id: 'qonto-pay-demo', client_secret: 'qonto-pay-demo-secret' },
  };
  const renewed = await bank.send('POST', '/oauth2/token', { body: new URLSearchParams(fields) });
  const { json } = await bank.get('/v2/organization', renewed.json.access_token);
  expect(json.organization.name).toBe('Solo');
});

it.each([
  ['POST', '/tokens', { member: 'nobody', scope: 'organization.read' }],
  ['POST', '/tokens', { member: 'alice', scope: 'no.such.scope' }],
  ['POST', '/tokens', { member: 'alice' }],
  ['POST', '/clock', { advanceSeconds: -1 }],
  ['PUT', '/switches', { no_such_switch: true }],
  ['PUT', '/switches', { transfer_create_status: 204 }],
  ['POST', '/faults', [{ match: {}, do: { status: 503, html: true } }]],
  ['POST', '/faults', [{ match: {}, do: { webhook: 'lose' } }]],
])('refuses %s %s %j with 400', async (method, path, body) => {
  const answer = await bank.send(method, `/_control${path}`, { body: JSON.stringify(body) });
  expect(answer.status).toBe(400);
  expect(answer.json.errors[0].detail).toBeTruthy();
});

it('moves the clock of every Date header, and back at a reset', async () => {
  await bank.advance(86_400);
  const ahead = await bank.send('GET', '/');
  expect(Date.parse(ahead.headers.get('date') ?? '') - Date.now()).toBeGreaterThan(86_000_000);
  await bank.control('POST', '/reset');
  const now = await bank.send('GET', '/');
  expect(Math.abs(Date.parse(now.headers.get('date') ?? '') - Date.now())).toBeLessThan(5_000);
});

it('resets data, switches and tokens', async () => {
  await bank.pay(alice);
  await bank.control('PUT', '/switches', { transfer_create_status: 201 });
  await bank.control('POST', '/reset');
  expect(await bank.ledger()).toEqual({
    ...{
      transfers: [],
      recurring_transfers: [],
      internal_transfers: [],
      bulk_transfers: [],
      requests: [],
      payment_links: [],
      accounts: expect.arrayContaining([]),
      pushes: [],
      calls: {},
    },
  });
  expect((await bank.get('/v2/organization', alice)).status).toBe(401);
  const token = await bank.token();
  expect((await bank.pay(token, { beneficiary_id: TRUSTED_BENEFICIARY })).status).toBe(200);
});

it('answers 201 to a created transfer where the switch says so (facts 4.4)', async () => {
  const all = await bank.control('PUT', '/switches', { transfer_create_status: 201 });
  expect(all.transfer_create_status).toBe(201);
  expect((await bank.pay(alice)).status).toBe(201);
});

it('streams the ledger as it changes', async () => {
  const stream = await fetch(`${bank.url}/_control/events`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  const first = (await reader?.read())?.value ?? '';
  expect(first).toContain('"transfers":[]');
  await bank.pay(alice);
  let text = '';
  while (!text.includes('"amount_cents":1250')) text += (await reader?.read())?.value ?? '';
  expect(text).toContain('event: ledger');
  await reader?.cancel();
});

it('is not there unless it was asked for', async () => {
  const closed = await Driver.start({ control: false });
  expect((await closed.send('GET', '/_control/ledger')).status).toBe(404);
  await closed.close();
});

it('refuses pages of other sites', async () => {
  const headers = { 'Sec-Fetch-Site': 'cross-site' };
  expect((await bank.send('POST', '/_control/reset', { headers })).status).toBe(403);
});
