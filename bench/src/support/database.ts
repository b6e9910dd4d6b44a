import { fileURLToPath } from 'node:url';
import { ensureServer } from '@qonto-pay/bff/embedded-postgres';
import pg from 'pg';

export interface BenchDatabase {
  config: pg.ClientConfig;
  drop(): Promise<void>;
}

const DATA_ROOT = fileURLToPath(new URL('../../../.data/bench', import.meta.url));
const ALONE_LOCK = 7_166_200;
const NAME = 'qpay_bench';

/** An empty database on an embedded server of the benchmark's own; the service migrates it. */
export async function createBenchDatabase(): Promise<BenchDatabase> {
  const { config, stop } = await ensureServer(DATA_ROOT);
  const admin = new pg.Client(config);
  // 57P01, when the server is stopped below.
  admin.on('error', () => {});
  await admin.connect();
  const { rows } = await admin.query<{ alone: boolean }>(
    'select pg_try_advisory_lock($1) as alone',
    [ALONE_LOCK],
  );
  if (!rows[0]?.alone) {
    await admin.end();
    throw new Error('Another benchmark is running in this clone. Two would measure each other.');
  }
  const drop = () => admin.query(`drop database if exists ${NAME} with (force)`);
  await drop();
  await admin.query(`create database ${NAME}`);
  return {
    config: { ...config, database: NAME },
    async drop() {
      await drop();
      await stop();
      await admin.end().catch(() => {});
    },
  };
}
