import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSandbox } from '@qonto-pay/sandbox';
import pg from 'pg';
import { readConfig } from '../../src/config.js';
import { startService } from '../../src/service.js';
import { Bank } from './bank.js';
import { createTestDatabase } from './database.js';
import { Payer } from './payer.js';

export const PARTNER_SECRET = 'a-partner-secret-of-the-tests';
export const OTHER_SECRET = 'the-secret-of-another-partner';
export const SHOP = 'http://localhost:4000';

/** The real service, the real sandbox and a real database; nothing of ours is mocked. */
export interface World {
  url: string;
  bank: Bank;
  database: pg.Pool;
  /** Another instance on the same database, or the first one again after a stop. */
  startInstance(): Promise<{ close(): Promise<void> }>;
  stopInstance(): Promise<void>;
  newPayer(): Payer;
  createIntent(changes?: IntentChanges): Promise<{ id: string; externalRef: string }>;
  close(): Promise<void>;
}

export interface IntentChanges {
  externalRef?: string;
  amount?: string;
  name?: string;
  iban?: string;
  reference?: string;
}

export async function startWorld(env: Record<string, string> = {}): Promise<World> {
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  const sandbox = await createSandbox({
    port: 0,
    control: true,
    rateLimits: false,
    redirectUris: ['demo', 'other'].map((id) => `${publicUrl}/oauth/callback/${id}`),
  });
  const database = await createTestDatabase();
  const directory = mkdtempSync(path.join(tmpdir(), 'qonto-pay-test-'));
  const partnersFile = path.join(directory, 'partners.json');
  writeFileSync(
    partnersFile,
    JSON.stringify({ partners: [partner('demo', PARTNER_SECRET), partner('other', OTHER_SECRET)] }),
  );
  const config = readConfig({
    PUBLIC_URL: publicUrl,
    PORT: String(port),
    DATA_DIR: directory,
    QONTO_API_URL: sandbox.url,
    QONTO_OAUTH_URL: `${sandbox.url}/oauth2`,
    PARTNERS_FILE: partnersFile,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    MAX_APPROVALS_PER_MEMBER: '1000',
    ...env,
  });
  const start = (onPort: number) =>
    startService({ ...config, port: onPort }, { database: database.config });
  const pool = new pg.Pool({ ...database.config, max: 2 });
  pool.on('error', () => {});
  let instance: { close(): Promise<void> } | undefined = await start(port);
  const bank = new Bank(sandbox.url);
  return {
    url: publicUrl,
    bank,
    database: pool,
    async startInstance() {
      if (instance) return start(0);
      instance = await start(port);
      return instance;
    },
    async stopInstance() {
      await instance?.close();
      instance = undefined;
    },
    newPayer: () => new Payer(publicUrl),
    createIntent: (changes) => createIntent(publicUrl, bank, changes),
    async close() {
      await instance?.close();
      await pool.end();
      await sandbox.close();
      await database.drop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function partner(id: string, secret: string) {
  return {
    id,
    name: id === 'demo' ? 'Ledgerly' : 'Another partner',
    origins: [id === 'demo' ? SHOP : 'http://other.localhost:4000'],
    returnPrefixes: [`${SHOP}/invoices/`],
    secretHashes: [`sha256:${createHash('sha256').update(secret).digest('hex')}`],
    qonto: { clientId: 'qonto-pay-demo', clientSecret: 'qonto-pay-demo-secret' },
  };
}

async function createIntent(url: string, bank: Bank, changes: IntentChanges = {}) {
  const match = await bank.payee('match');
  const externalRef = changes.externalRef ?? `INV-${randomUUID().slice(0, 8)}`;
  const answer = await fetch(`${url}/partner/v1/intents`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${PARTNER_SECRET}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': randomUUID(),
    },
    body: JSON.stringify({
      kind: 'transfer',
      returnUrl: `${SHOP}/invoices/1`,
      items: [
        {
          externalRef,
          amount: changes.amount ?? '1234.50',
          currency: 'EUR',
          payee: { name: changes.name ?? match.name, iban: changes.iban ?? match.iban },
          reference: changes.reference ?? 'Invoice 1042',
        },
      ],
    }),
  });
  if (answer.status !== 201) throw new Error(await answer.text());
  const { id } = (await answer.json()) as { id: string };
  return { id, externalRef };
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
  withinMs = 15_000,
): Promise<T> {
  for (const end = Date.now() + withinMs; ; ) {
    const value = await look();
    if (isSo(value)) return value;
    if (Date.now() > end) throw new Error(`still not so: ${JSON.stringify(value)}`);
    await sleep(50);
  }
}
