import { randomUUID } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newcomer } from './support/collectors.js';
import type { OpenApiDocument } from './support/contract.js';
import { Journey } from './support/journey.js';
import { onboardAt } from './support/link-bank.js';
import { LinkJourney } from './support/link-journey.js';
import { linkInDoubt } from './support/link-unanswered.js';
import { stateWhen } from './support/many.js';
import { pdf } from './support/partner-host.js';
import type { Payer } from './support/payer.js';
import { EventReader } from './support/stream.js';
import { Hooks, TOLD, transferEvent } from './support/webhooks.js';
import { SHOP, startWorld, type World } from './support/world.js';

interface Operation {
  summary?: string;
  security?: Record<string, unknown>[];
  parameters?: { name: string; in: string; required?: boolean; schema?: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}

type Document = Omit<OpenApiDocument, 'paths'> & {
  info: { title: string; version: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
};

let world: World;
let document: Document;
beforeAll(async () => {
  world = await startWorld(TOLD);
  document = (await (await fetch(`${world.url}/openapi.json`)).json()) as Document;
});
afterAll(() => world.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

/** Every `$ref` in the document. */
function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = '$ref' in value && typeof value.$ref === 'string' ? [value.$ref] : [];
  return [...own, ...Object.values(value).flatMap(refsIn)];
}

describe('the OpenAPI document', () => {
  it('is read by anybody', async () => {
    const answer = await fetch(`${world.url}/openapi.json`, { headers: { Origin: SHOP } });
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toEqual({ title: 'Qonto Pay', version: expect.any(String) });
    expect(document.servers).toEqual([{ url: world.url }]);
  });

  it('describes each operation with its parameters, answers and problems', () => {
    for (const { path, method, operation } of operations()) {
      expect(['get', 'post', 'put', 'delete']).toContain(method);
      expect([path, operation.summary]).toEqual([path, expect.stringMatching(/\S/)]);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const described = (operation.parameters ?? []).filter((one) => one.in === 'path');
      expect(described.map(({ name }) => name)).toEqual(inPath);
      expect(described.every(({ required, schema }) => required && schema)).toBe(true);
      const { default: problem, ...answers } = operation.responses;
      expect(Object.keys(problem?.content ?? {})).toEqual(['application/problem+json']);
      expect(Object.keys(answers)).toEqual([expect.stringMatching(/^20[0124]$/)]);
      for (const one of Object.values(operation.responses)) expect(one.description).toMatch(/\S/);
    }
  });

  it('names security schemes and schemas that exist', () => {
    const { schemas, securitySchemes } = document.components;
    for (const ref of refsIn(document)) {
      expect(Object.keys(schemas)).toContain(ref.replace('#/components/schemas/', ''));
    }
    for (const { operation } of operations()) {
      for (const name of (operation.security ?? []).flatMap((one) => Object.keys(one))) {
        expect(Object.keys(securitySchemes)).toContain(name);
      }
    }
  });

  it('has schemas that are JSON Schema 2020-12, as OpenAPI 3.1 says', () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema(document, 'api', undefined, false);
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect([name, ajv.validateSchema(schema as object)]).toEqual([name, true]);
      expect(() => ajv.compile({ $ref: `api#/components/schemas/${name}` })).not.toThrow();
    }
  });
});

/** All that a partner's server and a widget may ask. */
async function askAsPartnerAndWidget(journey: Journey): Promise<void> {
  const { id } = journey;
  for (const path of ['/healthz', '/readyz', `/v1/intents?ids=${id}`, `/v1/intents/${id}`]) {
    expect((await fetch(world.url + path)).status).toBe(200);
  }
  await fetch(`${world.url}/v1/intents/${id}/hint`, { method: 'POST' });
  (await EventReader.open(`${world.url}/v1/intents/${id}/events`)).close();
  await world.partner('GET', `/partner/v1/intents/${id}`);
  await world.partner('DELETE', `/partner/v1/intents/${(await world.createIntent()).id}`);
  const flow = 'f'.repeat(22);
  await fetch(`${world.url}/v1/flows/${flow}`, {
    method: 'PUT',
    headers: { Origin: SHOP, 'Content-Type': 'application/json' },
    body: JSON.stringify({ intent: id }),
  });
  await journey.payer.page(`/pay/api/flows/${flow}`);
  await journey.payer.page(`/pay/api/intents/${id}/bank-transfer`);
  const stream = `${world.url}/pay/api/intents/${id}/events`;
  (await EventReader.open(stream, { 'Sec-Fetch-Site': 'same-origin' })).close();
}

const send = (payer: Payer, intent: string, action: string, fields: Record<string, string>) =>
  payer.form(`/pay/api/intents/${intent}/${action}`, fields);

/** A payment that is confirmed, asked for again, and stopped. */
async function payAndCancel(journey: Journey): Promise<void> {
  const { id, payer } = journey;
  const { pageToken = '', account = '' } = await payer.confirmation(id);
  await send(payer, id, 'review', { pageToken, account });
  await journey.confirmed();
  await journey.reaches('approval_needed');
  await send(payer, id, 'approval', { pageToken, method: 'passkey' });
  await journey.reaches('approval_needed');
  await send(payer, id, 'cancel', { pageToken });
  await payer.form('/pay/api/sign-out', { pageToken, intent: id });
}

/** Two requests of an employee: one approved, one declined. */
async function askColleagues(): Promise<void> {
  const { id } = await world.createIntent();
  const [emma, adam] = [await world.signedIn('Emma Schmidt'), await world.signedIn('Adam Dupont')];
  await emma.signIn(id, 'Emma Schmidt', { wanted: 'ask' });
  await adam.signIn(id, 'Adam Dupont', { wanted: 'review' });
  for (const answer of ['approve', 'decline']) {
    const intent = (await world.createIntent()).id;
    const { review } = await emma.state(intent);
    const [emmas, adams] = [await emma.openPage(intent), await adam.openPage(intent)];
    const seen = { reviewVersion: String(review?.version), select: 'all' };
    const fields = { ...seen, idempotencyKey: randomUUID() };
    await send(emma, intent, 'request', { ...fields, pageToken: emmas });
    const { payment } = await stateWhen(
      adam,
      intent,
      (state) => state.payment?.reviewable === true,
    );
    const decision = {
      ...{ idempotencyKey: randomUUID(), pageToken: adams, payment: payment?.id ?? '' },
    };
    await send(adam, intent, `request/${answer}`, decision);
  }
}

/** A document that is added, and all that a settled payment gives to download. */
async function papers(payer: Payer): Promise<void> {
  const { id } = await world.createIntent({ amount: '30000.01' });
  await payer.signIn(id, undefined, { wanted: 'documents' });
  const form = new FormData();
  form.set('pageToken', await payer.openPage(id));
  form.set('item', '0');
  form.set('file', new Blob([new Uint8Array(pdf(id))]), 'scan.pdf');
  const headers = { Origin: world.url };
  await payer.page(`/pay/api/intents/${id}/documents`, { method: 'POST', headers, body: form });

  const journey = await Journey.pending(world, payer);
  await journey.approve();
  await journey.reaches('processing');
  await world.passTime(10);
  const payment = await journey.reaches('settled');
  for (const what of ['proof?item=0', 'proofs.zip', 'results.csv']) {
    await payer.page(`/pay/api/intents/${journey.id}/${what}`);
  }
  for (const what of ['proof', 'results.csv']) {
    await world.partner('GET', `/partner/v1/payments/${payment.id}/${what}`);
  }
}

async function tell(): Promise<void> {
  const hooks = new Hooks(world);
  const [subscription] = await hooks.has(1);
  if (subscription) await hooks.send(subscription, transferEvent('x'));
}

/** The provider is connected, a link made and deactivated, one of two chosen after a lost answer. */
async function collect(): Promise<void> {
  const noah = await newcomer(world, 'Noah Bernard');
  const journey = await LinkJourney.begin(world, noah);
  await journey.connect();
  const { provider } = await journey.shown();
  await onboardAt(noah, provider?.location ?? '', 'enabled');
  await journey.asked();
  await journey.reaches('open');
  await journey.deactivate();
  const lost = await linkInDoubt(world, noah, { member: 'noah' });
  const [candidate] = (await lost.link()).candidates;
  await lost.choose(candidate?.id ?? '');
}

describe('the answers', () => {
  it('of every operation are as documented, and none is documented that does not exist', async () => {
    const journey = await Journey.begin(world, await world.signedIn());
    const twin = await world.signedIn();
    await askAsPartnerAndWidget(journey);
    await tell();
    await Promise.all([payAndCancel(journey), askColleagues(), papers(twin), collect()]);

    const documented = operations().flatMap(({ path, method, operation }) =>
      Object.keys(operation.responses)
        .filter((status) => status !== 'default')
        .map((status) => `${method.toUpperCase()} ${path} ${status}`),
    );
    expect(documented.filter((one) => !world.contract.seen.has(one))).toEqual([]);
  }, 60_000);

  it('that the document does not know fail the tests', async () => {
    const check = (method: string, path: string, status: number, body: unknown) =>
      world.contract.check({ method, path }, Response.json(body, { status }));
    await expect(check('GET', '/v1/secrets', 200, {})).rejects.toThrow('not in the document');
    await expect(check('GET', '/healthz', 200, { ok: true })).rejects.toThrow('status');
    await expect(check('GET', '/healthz', 201, {})).rejects.toThrow('not documented');
    await expect(check('GET', '/v1/intents/in_1', 200, { payer: 'Alice' })).rejects.toThrow();
  });
});
