import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '@qonto-pay/bff/config';
import { startService } from '@qonto-pay/bff/service';
import pg from 'pg';
import { Bank } from './bank.js';
import { BankCalls, plainFetch } from './bank-calls.js';
import { createBenchDatabase } from './database.js';
import { printMachine } from './report.js';
import { Statements } from './statements.js';

const SHOP = 'http://localhost:4000';
const SECRET = 'a-partner-secret-of-the-bench';

/** The service in this process, the sandbox in another one, and a fresh database. */
export interface World {
  url: string;
  bank: Bank;
  bankCalls: BankCalls;
  statements: Statements;
  /** The benchmark's own connections; what they do is not counted. */
  database: pg.Pool;
  draft(...invoices: Invoice[]): Promise<Draft>;
  /** The same of an invoice that is to be collected. */
  draftLink(amountCents: number): Promise<Draft>;
  /** To be done at the end, before what was asked for earlier. */
  later(undo: Undo): void;
}

type Undo = () => Promise<unknown> | unknown;

export interface Invoice {
  externalRef: string;
  amountCents: number;
  payee: { name: string; iban: string };
}

export interface Draft {
  intent: string;
  idempotencyKey: string;
}

/** Runs `work` in a world of its own and clears up after it, however it ends. */
export async function inWorld(
  work: (world: World) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  const undo: Undo[] = [];
  try {
    await work(await build((step) => undo.unshift(step), env));
  } finally {
    for (const step of undo) await step();
  }
}

async function build(later: (undo: Undo) => void, env: Record<string, string>): Promise<World> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const bank = await Bank.start(`${url}/oauth/callback/bench`);
  later(() => bank.close());
  const { config, drop } = await createBenchDatabase();
  later(drop);
  const bankCalls = new BankCalls(bank.url);
  bankCalls.install();
  later(() => bankCalls.uninstall());
  const statements = new Statements();
  statements.install();
  later(() => statements.uninstall());
  const database = new pg.Pool({ ...config, max: 4 });
  database.on('error', () => {});
  statements.leaveOut(database);
  later(() => database.end());
  const directory = mkdtempSync(path.join(tmpdir(), 'qonto-pay-bench-'));
  later(() => rmSync(directory, { recursive: true, force: true }));
  const service = await startService(settings({ url, port, directory, bank, env }), {
    database: config,
  });
  later(() => service.close());
  await printMachine(database);
  return {
    url,
    bank,
    bankCalls,
    statements,
    database,
    draft: (...invoices) => draft(url, draftBody(...invoices)),
    draftLink: (amountCents) => draft(url, linkBody(amountCents)),
    later,
  };
}

function settings(of: {
  url: string;
  port: number;
  directory: string;
  bank: Bank;
  env: Record<string, string>;
}) {
  const partnersFile = path.join(of.directory, 'partners.json');
  const partner = {
    id: 'bench',
    name: 'Bench',
    origins: [SHOP],
    returnPrefixes: [`${SHOP}/`],
    secretHashes: [`sha256:${createHash('sha256').update(SECRET).digest('hex')}`],
    qonto: { clientId: 'qonto-pay-demo', clientSecret: 'qonto-pay-demo-secret' },
  };
  writeFileSync(partnersFile, JSON.stringify({ partners: [partner] }));
  return readConfig({
    PUBLIC_URL: of.url,
    PORT: String(of.port),
    DATA_DIR: of.directory,
    QONTO_API_URL: of.bank.url,
    QONTO_OAUTH_URL: `${of.bank.url}/oauth2`,
    PARTNERS_FILE: partnersFile,
    LOG_LEVEL: 'error',
    // Three pushes in ten minutes protect a person's phone; here two members approve hundreds.
    MAX_APPROVALS_PER_MEMBER: '100000',
    ...of.env,
  });
}

async function draft(url: string, body: string): Promise<Draft> {
  const idempotencyKey = randomUUID();
  const answer = await plainFetch(`${url}/partner/v1/intents`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${SECRET}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': idempotencyKey,
    },
    body,
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`a draft got ${answer.status}: ${text}`);
  return { intent: (JSON.parse(text) as { id: string }).id, idempotencyKey };
}

/** What a partner's server sends. */
export function draftBody(...invoices: Invoice[]): string {
  const items = invoices.map(({ externalRef, amountCents, payee }) => {
    const amount = decimal(amountCents);
    const reference = `Invoice ${externalRef}`;
    return { externalRef, amount, currency: 'EUR', payee, reference };
  });
  return JSON.stringify({ kind: 'transfer', returnUrl: `${SHOP}/invoices/1`, items });
}

function linkBody(amountCents: number): string {
  const number = `INV-${amountCents}`;
  const invoice = { id: randomUUID(), number, debtor: 'Benchmark', amount: decimal(amountCents) };
  return JSON.stringify({
    ...{ kind: 'link', externalRef: number, currency: 'EUR', methods: ['ideal'] },
    ...{ invoice, returnUrl: `${SHOP}/invoices/1` },
  });
}

/** Cents as the API writes them. */
export const decimal = (cents: number): string =>
  `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
