import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiRoutes } from '../src/api/routes.js';
import { Bank } from '../src/bank.js';
import { createProvider } from '../src/oauth/provider.js';
import { openApiDocument } from '../src/openapi/document.js';
import { OPERATIONS } from '../src/openapi/operations.js';
import { SWITCHES } from '../src/switches.js';
import { Driver } from './driver.js';
import { faultOfAnswer } from './support/contract.js';

let bank: Driver;

beforeAll(async () => {
  bank = await Driver.start();
});
afterAll(() => bank.close());

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** Every address that the bank really has below `/v2`. */
function routesInCode(): string[] {
  const parts = new Bank({ rateLimits: false, machineNow: Date.now });
  const issuer = 'http://localhost:1';
  const provider = createProvider(parts, { issuer, redirectUris: ['http://localhost:2/'] });
  const { stack } = apiRoutes({ bank: parts, provider }) as unknown as { stack: Layer[] };
  parts.close();
  return stack.flatMap(({ route }) =>
    Object.keys(route?.methods ?? {}).map((method) => {
      const path = `/v2${route?.path}`.replace(/:(\w+)/g, '{$1}');
      return `${method} ${path}`;
    }),
  );
}

it('is served as it is', async () => {
  const { status, json } = await bank.send('GET', '/openapi.json');
  expect(status).toBe(200);
  expect(json).toEqual(JSON.parse(JSON.stringify(openApiDocument)));
  expect(json.openapi).toBe('3.1.0');
});

it('has every route of the bank', () => {
  const documented = OPERATIONS.map(({ method, path }) => `${method} ${path}`);
  expect(routesInCode().filter((route) => !documented.includes(route))).toEqual([]);
});

it('has no route that the bank does not have', () => {
  const routes = routesInCode();
  const documented = OPERATIONS.filter(({ family }) => family === undefined);
  const missing = documented.filter(({ method, path }) => !routes.includes(`${method} ${path}`));
  expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});

it('has every switch with its values', async () => {
  const { json } = await bank.send('GET', '/openapi.json');
  expect(Object.keys(json['x-switches'])).toEqual(Object.keys(SWITCHES));
});

it('names the section of the facts that each address stands on', () => {
  for (const { facts, path } of OPERATIONS) expect(facts, path).toMatch(/^\d/);
});

const ANSWER = { method: 'GET', path: '/v2/membership', status: 200, type: 'application/json' };

it.each([
  ['a field too many', { ...ANSWER, text: '{"membership":{},"more":1}' }],
  ['a status that is not documented', { ...ANSWER, status: 418, text: '{}' }],
  ['another type', { ...ANSWER, type: 'text/plain', text: 'ok' }],
  ['an unknown route that is answered', { ...ANSWER, path: '/v2/none', text: '{}' }],
])('finds %s in an answer', (_name, answer) => {
  expect(faultOfAnswer(answer)).toBeTruthy();
});
