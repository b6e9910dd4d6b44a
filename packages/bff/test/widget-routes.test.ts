import { randomBytes } from 'node:crypto';
import type { FlowState, Snapshot } from '@qonto-pay/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Journey, refusal } from './support/journey.js';
import {
  intentBody,
  OTHER_SECRET,
  OTHER_SHOP,
  SHOP,
  startWorld,
  type World,
} from './support/world.js';

const FIELDS =
  'amount count currency expiresAt final id items kind nextAction pageSeenAt payable seq serverTime status why';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(world.url + path, { headers });

async function foreignIntent(): Promise<string> {
  const answer = await world.partner('POST', '/partner/v1/intents', {
    ...{ body: intentBody(), secret: OTHER_SECRET },
  });
  return ((await answer.json()) as { id: string }).id;
}

function expectNoCors(answer: Response): void {
  const names = [...answer.headers.keys()].filter((name) => name.startsWith('access-control'));
  expect(names).toEqual([]);
}

describe('the public snapshot', () => {
  it('has exactly the fields of the contract, before, while and after the invoice is paid', async () => {
    const journey = await Journey.begin(world, await world.signedIn());
    const read = async () => (await get(`/v1/intents/${journey.id}`)).text();
    const texts = [await read()];
    await journey.confirmed();
    await journey.reaches('approval_needed');
    texts.push(await read());
    await journey.approve();
    await journey.reaches('settled');
    texts.push(await read());
    for (const text of texts) {
      expect(Object.keys(JSON.parse(text)).sort().join(' ')).toBe(FIELDS);
      for (const secret of [
        journey.iban,
        journey.reference,
        journey.externalRef,
        'Atelier',
        'Alice',
      ]) {
        expect(text).not.toContain(secret);
      }
    }
    const [open, pending, paid] = texts.map((text) => JSON.parse(text) as Snapshot);
    expect(open).toMatchObject({
      status: 'open',
      payable: true,
      nextAction: 'open',
      pageSeenAt: null,
    });
    expect(pending).toMatchObject({
      status: 'approval_needed',
      payable: false,
      nextAction: 'phone',
    });
    expect(pending?.pageSeenAt).not.toBeNull();
    expect(Date.parse(pending?.expiresAt ?? '')).toBeGreaterThan(Date.now());
    expect(paid).toMatchObject({ status: 'settled', final: true, why: 'paid', nextAction: 'none' });
    expect(paid?.seq).toBeGreaterThan(pending?.seq ?? 0);
  });

  it('asks for no credentials and sets none', async () => {
    const { id } = await world.createIntent();
    const answer = await get(`/v1/intents/${id}`, { Origin: SHOP });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-powered-by')).toBeNull();
  });

  it('of several intents comes in one answer; unknown ones are left out', async () => {
    const [one, other] = [await world.createIntent(), await world.createIntent()];
    const answer = await get(`/v1/intents?ids=${one.id},in_unknown,${other.id},${one.id}`);
    const { intents } = (await answer.json()) as { intents: Snapshot[] };
    expect(intents.map(({ id }) => id)).toEqual([one.id, other.id]);
  });

  it('of no intent, or of too many, is a bad request', async () => {
    const many = Array.from({ length: 401 }, (_, index) => `in_${index}`).join(',');
    for (const query of ['', '?ids=', '?ids=,,', `?ids=${many}`]) {
      expect(await refusal(await get(`/v1/intents${query}`))).toEqual([400, 'invalid-request']);
    }
  });

  it.each(['in_unknown', '%F0%9F%98%80', 'in_%27', 'in_%00', '..%2f..%2fetc'])(
    'of %s does not exist',
    async (id) => {
      expect((await refusal(await get(`/v1/intents/${id}`)))[0]).toBe(404);
      expect((await refusal(await get(`/v1/intents/${id}/events`)))[0]).toBe(404);
    },
  );
});

describe('a page of a partner', () => {
  it('on a registered origin may read, and caches know that it matters', async () => {
    const { id } = await world.createIntent();
    for (const path of [`/v1/intents/${id}`, `/v1/intents?ids=${id}`]) {
      const answer = await get(path, { Origin: SHOP });
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
        200,
        SHOP,
      ]);
      expect(answer.headers.get('vary')).toContain('Origin');
    }
    const none = await get('/v1/intents/in_unknown', { Origin: SHOP });
    expect([none.status, none.headers.get('access-control-allow-origin')]).toEqual([404, SHOP]);
  });

  it.each([
    'https://evil.example',
    'null',
    `${SHOP}.evil.example`,
    `${SHOP}/`,
    'http://localhost:4001',
    OTHER_SHOP,
  ])('on %s may not', async (Origin) => {
    const { id } = await world.createIntent();
    const flow = randomBytes(16).toString('base64url');
    const json = { Origin, 'Content-Type': 'application/json' };
    const answers = [
      await get(`/v1/intents/${id}`, { Origin }),
      await get(`/v1/intents/${id}/events`, { Origin }),
      await fetch(`${world.url}/v1/intents/${id}/hint`, { method: 'POST', headers: { Origin } }),
      await fetch(`${world.url}/v1/flows/${flow}`, {
        ...{ method: 'PUT', headers: json, body: JSON.stringify({ intent: id }) },
      }),
    ];
    for (const answer of answers) {
      if (Origin !== OTHER_SHOP) expectNoCors(answer);
      const text = await answer.clone().text();
      expect(await refusal(answer)).toEqual([403, 'origin-not-allowed']);
      expect(text).not.toContain('1234.50');
    }
    expect(await (await flowState(flow)).json()).toEqual({ state: 'waiting', url: null });
  });

  it('of another partner sees nothing of the intents in a list', async () => {
    const [own, foreign] = [await world.createIntent(), await foreignIntent()];
    const answer = await get(`/v1/intents?ids=${own.id},${foreign}`, { Origin: SHOP });
    const { intents } = (await answer.json()) as { intents: Snapshot[] };
    expect(intents.map(({ id }) => id)).toEqual([own.id]);
  });

  it('may ask beforehand, from a registered origin only', async () => {
    const ask = (Origin: string) =>
      fetch(`${world.url}/v1/flows/x`, {
        ...{ method: 'OPTIONS', headers: { Origin, 'Access-Control-Request-Method': 'PUT' } },
      });
    const answer = await ask(SHOP);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(SHOP);
    expect(answer.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(answer.headers.get('access-control-allow-headers')).toBe('Content-Type, Last-Event-ID');
    const refused = await ask('https://evil.example');
    expect(refused.status).toBe(403);
    expectNoCors(refused);
  });
});

const newFlow = () => randomBytes(16).toString('base64url');
const flowState = (flow: string) =>
  get(`/pay/api/flows/${flow}`, { 'Sec-Fetch-Site': 'same-origin' });
const answerFlow = (flow: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${world.url}/v1/flows/${flow}`, {
    method: 'PUT',
    headers: { Origin: SHOP, 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe('a window that was opened in advance', () => {
  it('waits, and then goes where the widget says, once', async () => {
    const [flow, { id }] = [newFlow(), await world.createIntent()];
    const state = async () => (await (await flowState(flow)).json()) as FlowState;
    expect(await state()).toEqual({ state: 'waiting', url: null });
    expect((await answerFlow(flow, { intent: id })).status).toBe(204);
    expect(await state()).toEqual({ state: 'ready', url: `/pay/${id}` });
    const other = await world.createIntent();
    expect(await refusal(await answerFlow(flow, { intent: other.id }))).toEqual([
      ...[409, 'flow-already-used'],
    ]);
    expect(await state()).toEqual({ state: 'ready', url: `/pay/${id}` });
  });

  it('is told when there is nothing to pay', async () => {
    const flow = newFlow();
    expect((await answerFlow(flow, { failed: true })).status).toBe(204);
    expect(await (await flowState(flow)).json()).toEqual({ state: 'failed', url: null });
  });

  it('twenty times at once gets one answer', async () => {
    const [flow, { id }] = [newFlow(), await world.createIntent()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => answerFlow(flow, { intent: id })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([204, ...Array(19).fill(409)]);
  });

  it('never goes to an intent of another partner, or to none', async () => {
    const flow = newFlow();
    const foreign = await answerFlow(flow, { intent: await foreignIntent() });
    expect(await refusal(foreign)).toEqual([403, 'origin-not-allowed']);
    expect(await refusal(await answerFlow(flow, { intent: 'in_unknown' }))).toEqual([
      ...[404, 'intent-not-found'],
    ]);
    expect(await (await flowState(flow)).json()).toEqual({ state: 'waiting', url: null });
  });

  it.each([
    ['nothing', {}],
    ['both', { intent: 'in_1', failed: true }],
    ['an address', { intent: 'https://evil.example' }],
    ['a zero byte', { intent: '\0' }],
    ['another word', { failed: false }],
    ['a list', []],
  ])('does not understand %s', async (_what, body) => {
    const flow = newFlow();
    expect(await refusal(await answerFlow(flow, body))).toEqual([400, 'invalid-request']);
    expect(await (await flowState(flow)).json()).toEqual({ state: 'waiting', url: null });
  });

  it.each(['short', 'x'.repeat(44), 'a.b'.repeat(8)])(
    'has a name that nobody guesses, not %s',
    async (flow) => {
      expect(await refusal(await answerFlow(flow, { failed: true }))).toEqual([
        400,
        'invalid-request',
      ]);
    },
  );

  it('is answered by a page only, in JSON only', async () => {
    const [flow, { id }] = [newFlow(), await world.createIntent()];
    const init = { method: 'PUT', body: JSON.stringify({ intent: id }) };
    const json = { 'Content-Type': 'application/json' };
    const without = await fetch(`${world.url}/v1/flows/${flow}`, { ...init, headers: json });
    expect(await refusal(without)).toEqual([403, 'origin-not-allowed']);
    const text = await answerFlow(flow, { intent: id }, { 'Content-Type': 'text/plain' });
    expect(text.status).toBe(400);
    const broken = await fetch(`${world.url}/v1/flows/${flow}`, {
      ...{ method: 'PUT', headers: { ...json, Origin: SHOP }, body: '{' },
    });
    expect(await refusal(broken)).toEqual([400, 'malformed-json']);
  });
});

describe('a payer who comes back to the page', () => {
  it('moves the look at the approval to the front', async () => {
    const journey = await Journey.pending(world, await world.signedIn());
    // From five minutes on the bank is asked every ten seconds.
    await world.passTime(300);
    await journey.approve();
    const hint = () => fetch(`${world.url}/v1/intents/${journey.id}/hint`, { method: 'POST' });
    const startedAt = performance.now();
    expect((await hint()).status).toBe(204);
    await journey.reaches('processing');
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  it('does not make the bank be asked more than once a second', async () => {
    const journey = await Journey.pending(world, await world.signedIn());
    const polls = async () => {
      const { calls } = await world.bank.ledger();
      const counts = Object.values(calls['GET /v2/sca_sessions/{token}'] ?? {});
      return counts.reduce((sum, count) => sum + count, 0);
    };
    const [before, startedAt] = [await polls(), performance.now()];
    for (let times = 0; times < 50; times += 1) {
      await fetch(`${world.url}/v1/intents/${journey.id}/hint`, { method: 'POST' });
    }
    const seconds = (performance.now() - startedAt) / 1000;
    expect((await polls()) - before).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
    await journey.refuse();
    await journey.reaches('denied');
  });

  it('changes nothing where there is nothing to be approved', async () => {
    const { id } = await world.createIntent();
    const hint = await fetch(`${world.url}/v1/intents/${id}/hint`, { method: 'POST' });
    expect([hint.status, await hint.text()]).toEqual([204, '']);
    const none = await fetch(`${world.url}/v1/intents/in_unknown/hint`, { method: 'POST' });
    expect(await refusal(none)).toEqual([404, 'intent-not-found']);
  });
});
