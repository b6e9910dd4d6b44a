import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type EmbeddedServer,
  type EmbeddedServerConfig,
  ensureServer,
  removeServer,
} from './embedded-postgres.js';

const isRoot = process.getuid?.() === 0;

describe('ensureServer', { timeout: 60_000 }, () => {
  let base: string;
  let dataRoot: string;
  let rootOnlyBase: string;

  beforeEach(() => {
    base = fs.mkdtempSync(path.join(tmpdir(), 'qpay-pg-'));
    fs.chmodSync(base, 0o755);
    dataRoot = path.join(base, 'data');
    rootOnlyBase = path.join(base, 'lib');
  });

  afterEach(async () => {
    await removeServer(dataRoot, { rootOnlyBase });
    fs.rmSync(base, { recursive: true, force: true });
  });

  const start = () => ensureServer(dataRoot, { rootOnlyBase });

  it('starts a durable UTF-8 server on nothing', async () => {
    const { config } = await start();
    expect(await ask(config, 'show fsync')).toBe('on');
    expect(await ask(config, 'show server_encoding')).toBe('UTF8');
    expect(await ask(config, 'show listen_addresses')).toBe('');
  });

  it('lets several processes at once share one server', async () => {
    const servers = await Promise.all([start(), start(), start()]);
    const started = await Promise.all(servers.map(({ config }) => startedAt(config)));
    expect(new Set(started).size).toBe(1);
  });

  it('keeps what was stored over a stop and a start', async () => {
    const first = await start();
    await ask(first.config, 'create table kept as select 7 as answer');
    await first.stop();
    const second = await start();
    expect(await ask(second.config, 'select answer from kept')).toBe(7);
  });

  it('starts again after the server was killed', async () => {
    const server = await start();
    await ask(server.config, 'create table kept as select 7 as answer');
    await killServer(server);
    const again = await start();
    expect(await ask(again.config, 'select answer from kept')).toBe(7);
  });

  it('starts although the dead server’s pid belongs to another process now', async () => {
    const server = await start();
    const pidFile = await killServer(server);
    const stale = fs.readFileSync(pidFile, 'utf8').replace(/^\d+/, String(process.pid));
    fs.writeFileSync(pidFile, stale);
    expect(await ask((await start()).config, 'select 1')).toBe(1);
  });

  it('forgets everything when the server is removed', async () => {
    const { config } = await start();
    await ask(config, 'create table gone as select 1');
    await removeServer(dataRoot, { rootOnlyBase });
    const again = await start();
    expect(await ask(again.config, "select to_regclass('gone')")).toBeNull();
  });

  it('accepts a relative path with spaces', async () => {
    const relative = path.relative(process.cwd(), path.join(dataRoot, 'with a space'));
    const { config } = await ensureServer(relative, { rootOnlyBase });
    expect(await ask(config, 'select 1')).toBe(1);
    await removeServer(relative, { rootOnlyBase });
  });

  it.runIf(isRoot)('works below a directory which only root may enter', async () => {
    fs.mkdirSync(dataRoot, { recursive: true });
    fs.chmodSync(dataRoot, 0o700);
    const { config } = await start();
    expect(await ask(config, 'select 1')).toBe(1);
    expect(config.host.startsWith(rootOnlyBase) || config.host.startsWith(tmpdir())).toBe(true);
  });
});

async function ask(config: EmbeddedServerConfig, sql: string): Promise<unknown> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows[0] && Object.values(rows[0])[0];
  } finally {
    await client.end();
  }
}

function startedAt(config: EmbeddedServerConfig): Promise<unknown> {
  return ask(config, 'select pg_postmaster_start_time()::text');
}

/** Kills the server without mercy, waits until nobody answers, and returns its pid file. */
async function killServer({ config }: EmbeddedServer): Promise<string> {
  const directory = String(await ask(config, 'show data_directory'));
  const pidFile = path.join(directory, 'postmaster.pid');
  process.kill(Number.parseInt(fs.readFileSync(pidFile, 'utf8'), 10), 'SIGKILL');
  await expect.poll(() => ask(config, 'select 1').catch(() => 'down')).toBe('down');
  return pidFile;
}
