import { createHash, randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSandbox } from '@qonto-pay/sandbox';
import pg from 'pg';
import { readConfig } from '../../src/config.js';
import { openapiDocument } from '../../src/http/openapi/document.js';
import { type Service, type ServiceOptions, startService } from '../../src/service.js';
import { Bank } from './bank.js';
import { Contract, type OpenApiDocument } from './contract.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { watch } from './network.js';
import { Payer } from './payer.js';

export const PARTNER_SECRET = 'a-partner-secret-of-the-tests';
export const OTHER_SECRET = 'the-secret-of-another-partner';
export const PAUSED_SECRET = 'the-secret-of-a-paused-partner';
export const OTHER_SHOP = 'http://other.localhost:4000';
export const SHOP = 'http://localhost:4000';

/** The real service, the real sandbox and a real database; nothing of ours is mocked. */
export interface World {
  url: string;
  bank: Bank;
  database: pg.Pool;
  databaseUrl: string;
  /** All that was answered so far, by the document. */
  contract: Contract;
  /** The settings that the service was started with, for a process of its own. */
  env: Record<string, string>;
  /** Another instance on the same database, or the first one again after a stop. */
  startInstance(): Promise<Service>;
  stopInstance(): Promise<void>;
  newPayer(): Payer;
  /** A payer who has signed in as the member of that name. */
  signedIn(memberName?: string): Promise<Payer>;
  createIntent(changes?: IntentChanges): Promise<TestIntent>;
  /** One request of a partner's server. */
  partner(method: string, path: string, options?: PartnerRequest): Promise<Response>;
  /** The bank's clock goes on, and whatever is scheduled is due: only the rules of time hold it. */
  passTime(seconds: number, options?: { withLeases?: boolean }): Promise<void>;
  close(): Promise<void>;
}

export interface IntentChanges {
  externalRef?: string;
  amount?: string;
  name?: string;
  iban?: string;
  reference?: string;
}

export interface TestIntent {
  id: string;
  externalRef: string;
  reference: string;
  iban: string;
}

export interface PartnerRequest {
  secret?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

type Options = Pick<ServiceOptions, 'bankTimeouts' | 'log'> & {
  env?: Record<string, string>;
  /** Where the first partner has documents. */
  attachmentHosts?: string[];
  /** The most that an intent of the first partner may come to. */
  maxTotal?: string;
  /** False: the test starts it, as a process of its own. */
  isStarted?: boolean;
};

export async function startWorld(options: Options = {}): Promise<World> {
  const { env = {}, isStarted = true, attachmentHosts = [], maxTotal, ...given } = options;
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const sandbox = await createSandbox({
    port: 0,
    control: true,
    rateLimits: false,
    redirectUris: ['demo', 'other'].map((id) => `${url}/oauth/callback/${id}`),
  });
  const database = await createTestDatabase();
  const directory = mkdtempSync(path.join(tmpdir(), 'qonto-pay-test-'));
  const place = { url, port, bankUrl: sandbox.url, directory, attachmentHosts, maxTotal };
  const settings = { ...settingsFor(place), ...env };
  const start = async (onPort: number) => {
    const config = { ...readConfig(settings), port: onPort };
    const service = await startService(config, { ...given, database: database.config });
    watch(service.url, contract);
    return service;
  };
  const contract = new Contract(openapiDocument(url) as unknown as OpenApiDocument);
  watch(url, contract);
  let instance = isStarted ? await start(port) : undefined;
  const { bank, pool, ...rest } = worldOn({ url, bankUrl: sandbox.url, database });
  return {
    ...rest,
    ...{ url, bank, contract, database: pool, databaseUrl: database.url, env: settings },
    async startInstance() {
      if (instance) return start(0);
      instance = await start(port);
      return instance;
    },
    async stopInstance() {
      await instance?.close();
      instance = undefined;
    },
    async close() {
      await instance?.close();
      await pool.end();
      await sandbox.close();
      await database.drop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function worldOn(at: { url: string; bankUrl: string; database: TestDatabase }) {
  const { url, bankUrl, database } = at;
  const bank = new Bank(bankUrl);
  const pool = new pg.Pool({ ...database.config, max: 2 });
  pool.on('error', () => {});
  const partner: World['partner'] = (
    method,
    path,
    { secret = PARTNER_SECRET, body, headers } = {},
  ) =>
    fetch(url + path, {
      method,
      headers: {
        Authorization: `Bearer ${secret}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const createIntent: World['createIntent'] = async (changes = {}) => {
    const body = intentBody(changes);
    const answer = await partner('POST', '/partner/v1/intents', { body });
    if (answer.status !== 201) throw new Error(await answer.text());
    const { id } = (await answer.json()) as { id: string };
    const [{ externalRef, reference, payee }] = body.items;
    return { id, externalRef, reference, iban: payee.iban };
  };
  return {
    bank,
    pool,
    partner,
    createIntent,
    newPayer: () => new Payer(url),
    async signedIn(memberName?: string) {
      const payer = new Payer(url);
      await payer.signIn((await createIntent()).id, memberName);
      return payer;
    },
    passTime: (seconds: number, options?: { withLeases?: boolean }) =>
      passTime({ bank, pool }, seconds, options),
  };
}

async function passTime(
  { bank, pool }: { bank: Bank; pool: pg.Pool },
  seconds: number,
  { withLeases = false } = {},
): Promise<void> {
  const busy = 'select 1 from attempts where live and lease_until > clock_timestamp()';
  if (!withLeases)
    await until(
      () => pool.query(busy),
      ({ rowCount }) => rowCount === 0,
    );
  await bank.advance(seconds);
  await pool.query(
    `update attempts set next_at = least(next_at, clock_timestamp()),
       lease_until = case when $1 then null else lease_until end,
       first_sent_clock = first_sent_clock - $2::interval,
       last_sent_clock = last_sent_clock - $2::interval
     where live and next_at < 'infinity'`,
    [withLeases, `${seconds} seconds`],
  );
  await pool.query("select pg_notify('attempts', '')");
}

interface Place {
  url: string;
  port: number;
  bankUrl: string;
  directory: string;
  attachmentHosts: string[];
  maxTotal: string | undefined;
}

function settingsFor({ url, port, bankUrl, directory, attachmentHosts, maxTotal }: Place) {
  const partnersFile = path.join(directory, 'partners.json');
  const partners = [
    { ...partner('demo', PARTNER_SECRET), attachmentHosts, maxTotal },
    { ...partner('other', OTHER_SECRET), bankTransfer: 'signed-in' },
    { ...partner('paused', PAUSED_SECRET), paused: true },
  ];
  writeFileSync(partnersFile, JSON.stringify({ partners }));
  return {
    PUBLIC_URL: url,
    PORT: String(port),
    DATA_DIR: directory,
    QONTO_API_URL: bankUrl,
    QONTO_OAUTH_URL: `${bankUrl}/oauth2`,
    PARTNERS_FILE: partnersFile,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    MAX_APPROVALS_PER_MEMBER: '1000',
  };
}

function partner(id: string, secret: string) {
  return {
    id,
    name: id === 'demo' ? 'Ledgerly' : 'Another partner',
    origins: [id === 'demo' ? SHOP : OTHER_SHOP],
    returnPrefixes: [`${SHOP}/invoices/`],
    secretHashes: [`sha256:${createHash('sha256').update(secret).digest('hex')}`],
    qonto: { clientId: 'qonto-pay-demo', clientSecret: 'qonto-pay-demo-secret' },
  };
}

/** A valid intent of one item, with a reference and a payee of its own. */
export function intentBody(changes: IntentChanges = {}) {
  const externalRef = changes.externalRef ?? `INV-${randomUUID().slice(0, 8)}`;
  const item = {
    externalRef,
    amount: changes.amount ?? '1234.50',
    currency: 'EUR',
    payee: { name: changes.name ?? newName(), iban: changes.iban ?? newIban() },
    reference: changes.reference ?? `Invoice ${randomUUID().slice(0, 8)}`,
  };
  return { kind: 'transfer', returnUrl: `${SHOP}/invoices/1`, items: [item] as [typeof item] };
}

/** A supplier that nobody else in the test pays: its IBAN has never been another one. */
export const newName = (): string =>
  `Atelier Lumière ${Array.from({ length: 10 }, () => String.fromCharCode(randomInt(97, 123))).join('')}`;

/** A French account that nobody else in the test uses: to the bank every name matches it. */
export function newIban(): string {
  const account = `30004${String(randomInt(10 ** 12)).padStart(18, '0')}`;
  // `FR00` at the end, as figures.
  const check = 98n - (BigInt(`${account}152700`) % 97n);
  return `FR${String(check).padStart(2, '0')}${account}`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits for something to become so; fails with what it was instead. */
export async function until<T>(
  look: () => Promise<T>,
  isSo: (value: T) => boolean,
  withinMs = 40_000,
): Promise<T> {
  for (const end = Date.now() + withinMs; ; ) {
    const value = await look();
    if (isSo(value)) return value;
    if (Date.now() > end) throw new Error(`still not so: ${JSON.stringify(value)}`);
    await sleep(50);
  }
}
