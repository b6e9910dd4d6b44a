import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseKeyRing, TokenVault } from '../src/auth/token-vault.js';
import { CREATE, LIST, PAYEE_CHECK, POLL } from './support/bank.js';
import { Journey } from './support/journey.js';
import type { Payer } from './support/payer.js';
import { ServiceProcess } from './support/process.js';
import { intentBody, PARTNER_SECRET, startWorld, until, type World } from './support/world.js';

const NAME = 'Canary Müller GmbH';
const ALLOWED =
  'at cause code error event intentId kind level method ms partnerId paymentId requestId route status time traceId';

let world: World;
let service: ServiceProcess;
/** What must not be read anywhere, by what it is. */
let tokens: Map<string, string>;
let personal: Map<string, string>;

beforeAll(async () => {
  world = await startWorld({ isStarted: false, env: { LOG_LEVEL: 'debug' } });
  service = await ServiceProcess.start(world);
  const payer = await world.signedIn();
  const journeys = await liveThroughAll(payer);
  tokens = await readTokens(payer);
  personal = readPersonal(journeys);
});
afterAll(async () => {
  await service.kill();
  await world.close();
});

/** Waits until the log says so. */
async function logged(text: string): Promise<void> {
  await until(
    async () => service.output.includes(text),
    (isThere) => isThere,
  );
}

/** A payment that settles, one that is refused, one without an answer, and everybody's mistakes. */
async function liveThroughAll(payer: Payer): Promise<Journey[]> {
  const { bank } = world;
  const paid = await Journey.pending(world, payer, { name: NAME });
  await paid.approve();
  await paid.reaches('settled');
  const denied = await Journey.pending(world, payer, { name: NAME });
  await bank.faults({ match: POLL, do: { html: true } });
  await denied.refuse();
  await denied.reaches('denied');
  const unknown = await Journey.begin(world, payer, { name: NAME });
  const fields = await payer.confirmation(unknown.id);
  await bank.faults({ match: CREATE, do: { resetBefore: true } });
  await bank.faults({ match: LIST, do: { status: 500, body: { errors: [{ detail: NAME }] } } });
  await payer.sendConfirmation(unknown.id, fields);
  await unknown.reaches('unknown');
  await world.passTime(31);
  const unchecked = await Journey.begin(world, payer, { name: NAME });
  await bank.faults({ match: PAYEE_CHECK, do: { truncateBytes: 5 } });
  await payer.state(unchecked.id);
  await logged('"event":"payee-check-failed"');
  await bank.clearFaults();
  await makeMistakes(payer, paid);
  return [paid, denied, unknown, unchecked];
}

async function makeMistakes(payer: Payer, { id, iban }: Journey): Promise<void> {
  const body = intentBody({ name: `${NAME}\u202e`, iban });
  await world.partner('POST', '/partner/v1/intents', { body });
  await world.partner('POST', '/partner/v1/intents', { body, secret: `${PARTNER_SECRET}!` });
  await world.partner('GET', `/partner/v1/intents/${iban}`);
  await fetch(`${world.url}/v1/intents/${encodeURIComponent(NAME)}?token=${PARTNER_SECRET}`);
  await fetch(`${world.url}/oauth/callback/demo?state=canary-state&code=canary-code`);
  await payer.form(`/pay/api/intents/${id}/cancel`, { pageToken: 'canary-page-token' });
}

async function readTokens(payer: Payer): Promise<Map<string, string>> {
  const file = path.join(world.env.DATA_DIR ?? '', 'token-keys');
  const ring = readFileSync(file, 'utf8');
  const vault = new TokenVault(parseKeyRing(ring));
  const { rows } = await world.database.query(
    'select id, partner_id, access_token, refresh_token from connections',
  );
  const [{ id: ownerId, partner_id: partnerId, access_token, refresh_token }] = rows;
  const opened = (purpose: string, sealed: Buffer) =>
    vault.decrypt({ partnerId, ownerId, purpose }, sealed);
  const sessions = await world.bank.sessions();
  return new Map([
    ['access token', opened('access-token', access_token)],
    ['refresh token', opened('refresh-token', refresh_token)],
    ...sessions.map(({ token }, index): [string, string] => [`SCA session ${index}`, token]),
    ['session cookie', payer.cookies.get('__Host-Http-qpay_sid_demo') ?? ''],
    ['partner secret', PARTNER_SECRET],
    ['client secret', 'qonto-pay-demo-secret'],
    ['key of the vault', ring.trim().replace(/^k1:/, '')],
  ]);
}

const readPersonal = (journeys: Journey[]): Map<string, string> =>
  new Map([
    ['payee', NAME],
    ['member', 'Alice Martin'],
    ['organisation', 'ACME'],
    ['account', 'FR7616958000011111111110107'],
    ['state', 'canary-state'],
    ['code', 'canary-code'],
    ['page token', 'canary-page-token'],
    ...journeys.flatMap(({ iban, reference, externalRef }, index): [string, string][] => [
      [`IBAN ${index}`, iban],
      [`reference ${index}`, reference],
      [`external reference ${index}`, externalRef],
    ]),
  ]);

describe('the log, at its most talkative', () => {
  it('tells what happened', async () => {
    await logged('"code":"page-token-invalid"');
    await logged('"event":"started"');
    await logged('"route":"/pay/api/intents/:intent/confirm"');
    expect(service.output.split('\n').length).toBeGreaterThan(50);
  });

  it('holds no token, secret, name, IBAN or reference', () => {
    for (const [what, canary] of [...tokens, ...personal]) {
      expect([what, canary.length > 3]).toEqual([what, true]);
      expect([what, service.output.includes(canary)]).toEqual([what, false]);
      expect([what, service.output.includes(encodeURIComponent(canary))]).toEqual([what, false]);
    }
    expect(service.output).not.toMatch(/[A-Z]{2}\d{2}(?:[A-Z0-9]{4}){3,}/);
  });

  it('is JSON with the allowed fields only', () => {
    const names = new Set<string>();
    for (const line of service.output.split('\n').filter(Boolean)) collect(JSON.parse(line), names);
    expect([...names].filter((name) => !ALLOWED.split(' ').includes(name))).toEqual([]);
  });
});

describe('a copy of the database', () => {
  it('gives nobody a token, a secret or an approval', async () => {
    const cells = await everyCell();
    expect(cells.length).toBeGreaterThan(200);
    for (const [what, canary] of tokens) {
      const forms = [
        canary,
        Buffer.from(canary).toString('hex'),
        Buffer.from(canary).toString('base64'),
      ];
      const found = cells.filter(({ text }) => forms.some((form) => text.includes(form)));
      expect([what, found.map(({ where }) => where)]).toEqual([what, []]);
    }
    // The search itself works: what may stand there is found.
    const name = cells.filter(({ text }) => text.includes(NAME)).map(({ where }) => where);
    expect(name).toContain('payment_items.payee_name');
    expect(name).toContain('attempts.body');
  });
});

function collect(value: unknown, names: Set<string>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    names.add(name);
    collect(inner, names);
  }
}

/** Whatever is stored as text, bytes or JSON. */
async function everyCell(): Promise<{ where: string; text: string }[]> {
  const { rows: columns } = await world.database.query<{ t: string; c: string; bytes: boolean }>(`
    select table_name as t, column_name as c, data_type = 'bytea' as bytes
    from information_schema.columns
    where table_schema = 'public' and data_type in ('text', 'bytea', 'jsonb', 'json', 'uuid', 'ARRAY')`);
  const cells = [];
  for (const { t, c, bytes } of columns) {
    // Bytes are read as text where they are, byte by byte otherwise.
    const { rows } = await world.database.query(`select "${c}" as cell from "${t}"`);
    for (const { cell } of rows as { cell: unknown }[]) {
      if (cell === null) continue;
      const text = bytes ? (cell as Buffer).toString('utf8') : JSON.stringify(cell);
      cells.push({ where: `${t}.${c}`, text });
    }
  }
  return cells;
}
