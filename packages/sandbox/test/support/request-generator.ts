import { openApiDocument } from '../../src/openapi/document.js';
import {
  EMPTY_ACCOUNT,
  type Json,
  MAIN_ACCOUNT,
  MATCH,
  TRUSTED,
  TRUSTED_BENEFICIARY,
} from '../driver.js';
import type { Random } from './random.js';

export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | undefined;
}

/** What makes a generated request meet something real now and then. */
export interface World {
  readonly tokens: readonly string[];
  readonly proofs: readonly string[];
  readonly sessions: readonly string[];
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly spec: Json;
}

const OPERATIONS: readonly Operation[] = Object.entries(openApiDocument.paths).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, spec]) => ({ method, path, spec })),
);

// They are checked for the most, so they are asked the most.
const WRITING = OPERATIONS.filter(({ spec }) => spec.requestBody !== undefined);

const UUID = '0f0e5b1a-6a0e-4b3e-9d7a-1f2e3d4c5b6a';
// Of the account, the payee, and the first of each kind that is there from the start.
const IDS = [3, 4, 5, 6, 7].map((kind) => `01930000-0000-7000-800${kind}-000000000001`);
const DAY = new Date().toISOString().slice(0, 10);
const JUNK: readonly unknown[] = [
  ...[null, true, 0, -1, 1e21, 0.1, '', ' ', 'null', '0', '-1.00', '1e3', '999999999999999999.99'],
  ...['x'.repeat(5_000), '\u0000', '\u202eevil', '😀', "'; drop table", '../../etc/passwd', '%00'],
  ...[[], {}, [[[[[]]]]], { toString: 1 }, JSON.parse('{"__proto__":{"a":1}}'), [null], ['a', 1]],
];
const TEXTS: readonly string[] = JUNK.filter((value) => typeof value === 'string');
// Fields whose values must be real for a call to get far.
const REAL: Readonly<Record<string, readonly unknown[]>> = {
  bank_account_id: [MAIN_ACCOUNT, MAIN_ACCOUNT, EMPTY_ACCOUNT],
  user_bank_account_id: [MAIN_ACCOUNT],
  beneficiary_id: [TRUSTED_BENEFICIARY],
  ids: [TRUSTED_BENEFICIARY],
  iban: [MATCH.iban, MATCH.iban, TRUSTED.iban, 'FR7616958000011111111110107'],
  credit_iban: ['FR7616958000011111111120292', MATCH.iban],
  debit_iban: ['FR7616958000011111111110107'],
  beneficiary_name: [MATCH.name, TRUSTED.name],
  amount: ['1.00', '1.00', '12.5', '666.01', '30000.01'],
  first_execution_date: ['2099-01-01', DAY],
  scheduled_date: ['2099-01-01', DAY, '2026-02-30'],
  client_transfer_id: [UUID, TRUSTED_BENEFICIARY],
  // Nobody listens there, so nothing leaves this machine.
  callback_url: ['http://localhost:9/hook'],
  partner_callback_url: ['http://localhost:9/back'],
  user_phone_number: ['+33612345678'],
  business_description: [null, 'x'.repeat(80)],
  client_id: ['qonto-pay-demo'],
  client_secret: ['qonto-pay-demo-secret', 'wrong'],
};

/** Requests as the document describes them, most of them with something wrong. */
export function generate(random: Random, world: World): FuzzRequest {
  const { method, path, spec } = random.of(random.chance(0.3) ? WRITING : OPERATIONS);
  const request = {
    method: method.toUpperCase(),
    path: pathOf(path, spec, random),
    headers: headersOf(spec, random, world),
    body: bodyOf(spec, random, world),
  };
  // One thing in three is wrong, in one place or in several.
  if (random.chance(0.15)) request.path = brokenPath(request.path, random);
  if (random.chance(0.15)) breakHeaders(request.headers, random);
  if (random.chance(0.05)) request.method = random.of(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
  if (random.chance(0.15)) request.body = brokenBody(request.body, random);
  return request;
}

function pathOf(path: string, spec: Json, random: Random): string {
  const filled = path.replace(/\{\w+\}/g, () =>
    random.chance(0.1) ? random.of(['x', '%20', '..', '-']) : random.of(IDS),
  );
  const query = new URLSearchParams();
  for (const parameter of spec.parameters) {
    if (parameter.in !== 'query' || !(parameter.required || random.chance(0.3))) continue;
    const value = random.chance(0.2)
      ? random.of(TEXTS)
      : String(sample(parameter.schema, random, parameter.name.replace('[]', '')));
    query.append(parameter.name, value);
    if (random.chance(0.1)) query.append(parameter.name, random.of(TEXTS));
  }
  const text = query.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

function brokenPath(path: string, random: Random): string {
  return random.of([
    `${path}/`,
    `${path}/more`,
    `${path}${path.includes('?') ? '&' : '?'}%`,
    `${path}?page=%ff&per_page=1&per_page=2`,
    path.replace('/v2/', '/v2//'),
    path.replace('/v2/', '/V2/'),
    path.replace(/[^/?]+(?=\?|$)/, '%E0%A4%A'),
    path.replace(/[^/?]+(?=\?|$)/, 'x'.repeat(3_000)),
    path.replace('/v2/', '/v2/%2e%2e/'),
  ]);
}

function headersOf(spec: Json, random: Random, world: World): Record<string, string> {
  const headers: Record<string, string> = { authorization: `Bearer ${random.of(world.tokens)}` };
  const type = Object.keys(spec.requestBody?.content ?? {})[0];
  if (type) headers['content-type'] = type === MULTIPART ? `${MULTIPART}; boundary=edge` : type;
  for (const { name, in: place, required, schema } of spec.parameters) {
    if (place !== 'header' || name === 'X-Qonto-Staging-Token') continue;
    if (required || random.chance(0.2)) headers[name] = headerValue(name, schema, random, world);
  }
  return headers;
}

function headerValue(name: string, schema: Json, random: Random, world: World): string {
  if (name === 'X-Qonto-Sca-Session-Token') return random.of([...world.sessions, 'none', '']);
  return schema.enum ? random.of<string>(schema.enum) : `key-${random.below(1_000_000)}`;
}

function breakHeaders(headers: Record<string, string>, random: Random): void {
  // A key is one for all addresses (facts 5.2): used twice, it would answer for another one.
  const unique = random.below(1_000_000);
  const [name, values] = random.of<[string, readonly string[]]>([
    [
      'authorization',
      ['', 'Bearer', 'Bearer ', 'Bearer a b', 'Basic eDp5', 'Bearer ory_at_x.y', 'é'],
    ],
    [
      'content-type',
      [
        'text/plain',
        'application/xml',
        'multipart/form-data',
        ';',
        'application/json; charset=latin9',
      ],
    ],
    ['X-Qonto-Idempotency-Key', ['', `é${unique}`, `${'k'.repeat(4_000)}${unique}`, ' ']],
    ['X-Qonto-2fa-Preference', ['sms-otp', '', 'PASSKEY', 'é']],
    ['X-Qonto-Sca-Session-Token', ['', 'x'.repeat(2_000), '__proto__']],
    ['accept-encoding', ['gzip;q=9', '*']],
    ['content-encoding', ['gzip', 'br', 'nonsense']],
    ['accept', ['text/html', 'nothing/atall']],
  ]);
  headers[name] = random.of(values);
}

const MULTIPART = 'multipart/form-data';

function bodyOf(spec: Json, random: Random, world: World): Buffer | undefined {
  const [type, media] = Object.entries<Json>(spec.requestBody?.content ?? {})[0] ?? [];
  if (!media) return undefined;
  if (type === MULTIPART) return multipart(random);
  const value = sample(media.schema, random, '', world) as Json;
  if (random.chance(0.3)) mutate(value, random);
  if (type === 'application/json') return Buffer.from(JSON.stringify(value));
  const form = new URLSearchParams();
  for (const [key, item] of Object.entries<unknown>(value)) {
    form.set(key, typeof item === 'string' ? item : JSON.stringify(item));
  }
  return Buffer.from(form.toString());
}

function multipart(random: Random): Buffer {
  const name = random.of(['file', 'file', 'other', '']);
  const type = random.of(['application/pdf', 'image/png', 'text/html', '']);
  const content = random.of(['%PDF-1.4\n', '\u0089PNG\r\n', '', 'x'.repeat(2_000)]);
  const end = random.of(['--edge--\r\n', '--edge', '']);
  return Buffer.from(
    `--edge\r\nContent-Disposition: form-data; name="${name}"; filename="a.pdf"\r\nContent-Type: ${type}\r\n\r\n${content}\r\n${end}`,
    'latin1',
  );
}

function brokenBody(body: Buffer | undefined, random: Random): Buffer {
  const text = body ?? Buffer.from('{}');
  return random.of([
    text.subarray(0, random.below(text.length + 1)),
    Buffer.concat([text, text]),
    Buffer.from([0xff, 0xfe, 0x00, 0x80]),
    Buffer.from('['.repeat(20_000)),
    Buffer.from('null'),
    Buffer.from('"text"'),
    Buffer.from('{"a":1e999}'),
    Buffer.alloc(0),
  ]);
}

/** Puts junk somewhere into a value, or takes something away. */
function mutate(value: Json, random: Random): void {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.length === 0) return;
  const key = random.of(keys);
  const isDeep = typeof value[key] === 'object' && value[key] !== null && random.chance(0.6);
  if (isDeep) mutate(value[key], random);
  else if (random.chance(0.2)) delete value[key];
  else value[key] = random.of(JUNK);
}

/** A value that fits a schema. */
function sample(schema: Json, random: Random, name: string, world?: World): unknown {
  if (name === 'vop_proof_token' && world) return random.of([...world.proofs, 'none']);
  const real = REAL[name];
  if (real && schema.type !== 'array' && schema.type !== 'object') return random.of(real);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.of(schema.enum);
  if (schema.anyOf) return sample(random.of(schema.anyOf), random, name, world);
  switch (schema.type) {
    case 'object':
      return sampleObject(schema, random, world);
    case 'array': {
      const count = 1 + random.below(3);
      return Array.from({ length: count }, () => sample(schema.items ?? {}, random, name, world));
    }
    case 'integer':
      return (schema.minimum ?? 0) + random.below(50);
    case 'number':
      return 1 + random.below(5);
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    default:
      return sampleText(schema, random);
  }
}

function sampleObject(schema: Json, random: Random, world: World | undefined): unknown {
  const required: readonly string[] = schema.required ?? [];
  const names = Object.keys(schema.properties ?? {});
  const isByInline = random.chance(0.5);
  const chosen = names.filter((name) => {
    // Mostly one of the two, as an order needs it.
    if (name === 'beneficiary') return isByInline || random.chance(0.1);
    if (name === 'beneficiary_id') return !isByInline || random.chance(0.1);
    return required.includes(name) || random.chance(name === 'attachment_ids' ? 0.05 : 0.3);
  });
  return Object.fromEntries(
    chosen.map((name) => [name, sample(schema.properties[name], random, name, world)]),
  );
}

function sampleText(schema: Json, random: Random): string {
  if (schema.format === 'uuid') return random.of([UUID, TRUSTED_BENEFICIARY]);
  if (schema.format === 'date') return random.of([DAY, '2099-12-31', '2026-02-30']);
  if (schema.format === 'date-time')
    return random.of([new Date(0).toISOString(), `${DAY}T00:00:00Z`]);
  if (schema.format === 'uri') return 'http://localhost:9/';
  if (schema.pattern) return random.of(['10.99', 'EUR', '20', 'lte:100.00:EUR']);
  return 'text'.repeat(Math.ceil((schema.minLength ?? 1) / 4));
}
