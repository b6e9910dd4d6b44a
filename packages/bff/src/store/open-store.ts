import pg from 'pg';
import { addressConfig, type DatabaseAddress, openDatabase } from './database.js';
import { ensureServer } from './embedded-postgres.js';
import { migrate } from './migrate.js';

/** Any constant will do; every instance must take the same one. */
const IN_USE_LOCK = 7_166_003;

/**
 * Opens the database and brings its schema up to date. Without an address it is the embedded
 * server below `dataDir`; the last instance that uses that one stops it.
 */
export async function openStore(options: {
  address: DatabaseAddress | undefined;
  dataDir: string;
  onError: (error: Error) => void;
}) {
  const server = options.address === undefined ? await joinServer(options.dataDir) : undefined;
  const address = options.address ?? server?.address ?? '';
  await migrate(address);
  const pages = openDatabase(address, options.onError);
  // Workers and calls to the bank have connections of their own: no crowd of readers keeps the
  // answer to a send from being written.
  const workers = openDatabase(address, options.onError);
  return {
    db: pages.db,
    pool: pages.pool,
    workers,
    address,
    async close(): Promise<void> {
      await Promise.all([pages.close(), workers.close()]);
      await server?.leave();
    },
  };
}

async function joinServer(dataDir: string) {
  const { config, stop } = await ensureServer(dataDir);
  const present = new pg.Client(addressConfig(config));
  // 57P01, when the server is stopped under us.
  present.on('error', () => {});
  await present.connect();
  await present.query('select pg_advisory_lock_shared($1)', [IN_USE_LOCK]);
  return {
    address: config,
    async leave(): Promise<void> {
      await present.query('select pg_advisory_unlock_shared($1)', [IN_USE_LOCK]);
      const { rows } = await present.query('select pg_try_advisory_lock($1) as alone', [
        IN_USE_LOCK,
      ]);
      const { alone } = rows[0] as { alone: boolean };
      if (alone) await stop();
      else await present.end();
    },
  };
}
