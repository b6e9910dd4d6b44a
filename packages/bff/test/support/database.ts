import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ensureServer } from '../../src/store/embedded-postgres.js';
import { migrate, readMigrations } from '../../src/store/migrate.js';

/** A migrated database of its own, for one test file. */
export interface TestDatabase {
  config: { host: string; port: number; user: string; database: string };
  url: string;
  drop(): Promise<void>;
}

const DATA_ROOT = fileURLToPath(new URL('../../../../.data/test', import.meta.url));
/** Shared by everybody who uses the server; whoever gets it alone is the last and stops it. */
const USERS_LOCK = 7_166_100;
const TEMPLATE_LOCK = 7_166_101;

/** Copies the migrated template (about 40 ms). Any number of processes may call this at once. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { admin, server } = await joinServer();
  const template = await ensureTemplate(admin, server);
  const database = `qpay_test_${randomUUID().replaceAll('-', '')}`;
  await copy(admin, template, database);
  const config = { ...server, database };
  const { host, port, user } = config;
  return {
    config,
    url: `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`,
    drop: async () => {
      await admin.query(`drop database if exists ${database} with (force)`);
      await admin.end();
    },
  };
}

/** Vitest's global teardown: clears what was left behind and stops the server, if nobody uses it. */
export async function teardown(): Promise<void> {
  if (!fs.existsSync(DATA_ROOT)) return;
  const { config, stop } = await ensureServer(DATA_ROOT);
  const admin = await connect(config);
  try {
    const { rows } = await admin.query<{ alone: boolean }>(
      'select pg_try_advisory_lock($1) as alone',
      [USERS_LOCK],
    );
    if (!rows[0]?.alone) return;
    const current = await templateName();
    const left = await admin.query<{ datname: string }>(
      String.raw`select datname from pg_database where datname like 'qpay\_%' and datname <> $1`,
      [current],
    );
    for (const { datname } of left.rows) {
      await admin.query(`drop database if exists ${datname} with (force)`);
    }
    await stop();
  } finally {
    await admin.end().catch(() => {});
  }
}

/** The last user may be stopping the server right now: then it is started again. */
async function joinServer() {
  for (let tries = 1; ; tries++) {
    try {
      const { config } = await ensureServer(DATA_ROOT);
      const admin = await connect(config);
      await admin.query('select pg_advisory_lock_shared($1)', [USERS_LOCK]);
      return { admin, server: config };
    } catch (error) {
      if (tries === 5) throw error;
      await sleep(200);
    }
  }
}

async function connect(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config);
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function templateName(): Promise<string> {
  const migrations = await readMigrations();
  const hash = createHash('sha256').update(migrations.map(({ sha256 }) => sha256).join());
  return `qpay_template_${hash.digest('hex').slice(0, 16)}`;
}

async function ensureTemplate(admin: pg.Client, server: pg.ClientConfig): Promise<string> {
  const name = await templateName();
  await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const found = await admin.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount) return name;
    const unfinished = `${name}_new`;
    await admin.query(`drop database if exists ${unfinished} with (force)`);
    await admin.query(`create database ${unfinished}`);
    await migrate({ ...server, database: unfinished });
    // The name appears when all is there, so a crash in between leaves no half template.
    await untilUnused(() => admin.query(`alter database ${unfinished} rename to ${name}`));
    return name;
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

async function copy(admin: pg.Client, template: string, database: string): Promise<void> {
  await untilUnused(() => admin.query(`create database ${database} template ${template}`));
}

/** The server ends a connection a moment after its client did, and refuses until then (55006). */
async function untilUnused(act: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await act();
      return;
    } catch (error) {
      if ((error as { code?: unknown }).code !== '55006' || tries === 100) throw error;
      await sleep(50);
    }
  }
}
