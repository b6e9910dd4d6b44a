import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import pg from 'pg';
import { addressConfig, type DatabaseAddress } from './database.js';

const MIGRATIONS = new URL('./migrations/', import.meta.url);
const FILE_NAME = /^\d{3}-[a-z0-9-]+\.sql$/;
/** Any constant will do; every instance must take the same one. */
const LOCK = 7_166_001;

export interface Migration {
  name: string;
  sql: string;
  sha256: string;
}

/** A migration that cannot be applied, or no longer is what was applied. Nothing of it stays. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

export async function readMigrations(directory: URL = MIGRATIONS): Promise<Migration[]> {
  const names = (await fs.readdir(directory)).filter((name) => FILE_NAME.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await fs.readFile(new URL(name, directory), 'utf8');
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** Brings the schema up to date; any number of instances may call it at once. */
export async function migrate(
  address: DatabaseAddress,
  directory: URL = MIGRATIONS,
): Promise<string[]> {
  const migrations = await readMigrations(directory);
  if (migrations.length === 0) throw new MigrationError('there are no migration files');
  const client = new pg.Client(addressConfig(address));
  // The awaited query reports the failure; without a listener it would end the process as well.
  client.on('error', () => {});
  await client.connect();
  try {
    // Freed when the client ends, also by a crash.
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    return await applyMissing(client, migrations);
  } finally {
    await client.end();
  }
}

async function applyMissing(client: pg.Client, migrations: Migration[]): Promise<string[]> {
  await client.query(`create table if not exists schema_migrations (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null default clock_timestamp()
  )`);
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from schema_migrations order by name',
  );
  const applied = new Map(rows.map((row) => [row.name, row.sha256]));
  const last = rows.at(-1)?.name ?? '';
  const missing = migrations.filter(({ name }) => !applied.has(name));
  for (const { name, sha256 } of migrations) {
    const before = applied.get(name);
    if (before !== undefined && before !== sha256) {
      throw new MigrationError(`${name} was changed after it had been applied; add a new file`);
    }
  }
  // Names that only the database knows are fine: a newer instance is being rolled out.
  for (const migration of missing) {
    if (migration.name < last) {
      throw new MigrationError(`${migration.name} comes before ${last}, which is applied already`);
    }
  }
  for (const migration of missing) await apply(client, migration);
  return missing.map(({ name }) => name);
}

async function apply(client: pg.Client, { name, sql, sha256 }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into schema_migrations (name, sha256) values ($1, $2)', [
      name,
      sha256,
    ]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new MigrationError(`${name} failed and was rolled back`, { cause });
  }
}
