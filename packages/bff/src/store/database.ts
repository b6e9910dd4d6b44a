import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from './schema.js';

/** How to reach PostgreSQL: a URL, or what `pg` takes (a socket directory as `host`, for one). */
export type DatabaseAddress = string | pg.PoolConfig;

export interface OpenDatabase {
  db: Kysely<Database>;
  pool: pg.Pool;
  close(): Promise<void>;
}

/** Nothing here takes seconds: what does is stuck, and must not hold rows or connections for ever. */
const LIMITS: pg.PoolConfig = {
  max: 10,
  connectionTimeoutMillis: 5_000,
  statement_timeout: 15_000,
  idle_in_transaction_session_timeout: 15_000,
};

/** bigint reads as BigInt, timestamptz as Date; other pools of the process keep their parsers. */
function moneyTypes(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, BigInt);
  types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text));
  return types;
}

export function addressConfig(address: DatabaseAddress): pg.PoolConfig {
  return typeof address === 'string' ? { connectionString: address } : address;
}

/** Opens a pool; connections are made when first needed. `onError` hears of idle ones that were cut. */
export function openDatabase(
  address: DatabaseAddress,
  onError: (error: Error) => void = () => {},
): OpenDatabase {
  const pool = new pg.Pool({ ...LIMITS, ...addressConfig(address), types: moneyTypes() });
  // Without a listener a server restart would end the process: the pool replaces cut connections.
  pool.on('error', onError);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}
