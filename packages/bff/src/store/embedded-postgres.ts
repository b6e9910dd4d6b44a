import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import {
  type Installation,
  moveUnlessTaken,
  prepareInstallation,
  unfinishedName,
} from './embedded-postgres-files.js';

/** How a `pg` client reaches the embedded server: a Unix socket, so no port to clash, no password to keep. */
export interface EmbeddedServerConfig {
  host: string;
  port: number;
  user: string;
  database: string;
}

/** A PostgreSQL server that answers. It outlives the process that started it until somebody stops it. */
export interface EmbeddedServer {
  config: EmbeddedServerConfig;
  stop(): Promise<void>;
}

export interface EmbeddedServerOptions {
  /** Where data and binaries go when the server's OS user cannot enter the data root. */
  rootOnlyBase?: string;
}

const PORT = 5432;
const START_TIMEOUT_MS = 30_000;
/** Above Linux's highest pid, so that no process can ever have it. */
const IMPOSSIBLE_PID = '4194305';

const execFileAsync = promisify(execFile);

/**
 * Starts the PostgreSQL of `dataRoot`, or joins it when it runs already: any number of processes may call this at once.
 * Uses only the binaries of `embedded-postgres`; its wrapper takes over signals and cannot join a running server.
 */
export async function ensureServer(
  dataRoot: string,
  options: EmbeddedServerOptions = {},
): Promise<EmbeddedServer> {
  const installation = prepareInstallation(dataRoot, options.rootOnlyBase);
  await createDataDirectory(installation);
  const config = { host: installation.socket, port: PORT, user: 'qonto_pay', database: 'postgres' };
  await startOrJoin(installation, config);
  return { config, stop: () => stopServer(installation) };
}

/** Stops the server of `dataRoot` if it runs, and deletes everything it stored. */
export async function removeServer(
  dataRoot: string,
  options: EmbeddedServerOptions = {},
): Promise<void> {
  const installation = prepareInstallation(dataRoot, options.rootOnlyBase);
  disarmStalePid(installation);
  if (fs.existsSync(installation.data) && !(await isDown(installation))) {
    await stopServer(installation);
  }
  fs.rmSync(installation.socket, { recursive: true, force: true });
  fs.rmSync(installation.home, { recursive: true, force: true });
}

async function createDataDirectory(installation: Installation): Promise<void> {
  if (fs.existsSync(path.join(installation.data, 'PG_VERSION'))) return;
  const fresh = unfinishedName(installation.data);
  await run(installation, 'initdb', [
    ...['-D', fresh, '-U', 'qonto_pay', '--auth=trust', '-E', 'UTF8'],
    // Fixed here, because with an empty environment PostgreSQL would choose SQL_ASCII.
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ]);
  moveUnlessTaken(fresh, installation.data);
}

async function startOrJoin(installation: Installation, config: EmbeddedServerConfig) {
  const giveUpAt = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(config))) {
    if (Date.now() > giveUpAt) {
      throw new Error(`PostgreSQL did not start, see ${logFile(installation)}`);
    }
    disarmStalePid(installation);
    const isStarted = (await isDown(installation)) ? await startServer(installation) : false;
    // Another process may be starting it, or it is still recovering: ask again.
    if (!isStarted) await sleep(50);
  }
}

async function answers(config: EmbeddedServerConfig): Promise<boolean> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** `pg_ctl status` ends with 3 when no server runs. */
async function isDown(installation: Installation): Promise<boolean> {
  return run(installation, 'pg_ctl', ['-D', installation.data, 'status']).then(
    () => false,
    (error: { code?: unknown }) => error.code === 3,
  );
}

async function startServer(installation: Installation): Promise<boolean> {
  const settings = [
    "listen_addresses=''",
    `unix_socket_directories='${installation.socket}'`,
    'unix_socket_permissions=0700',
    'max_connections=100',
    'shared_buffers=32MB',
    'max_wal_size=256MB',
  ];
  const options = settings.map((setting) => `-c ${setting}`).join(' ');
  // Without a log file the server would hold our pipe, and `execFile` would never return.
  const log = ['-l', logFile(installation)];
  return run(installation, 'pg_ctl', [
    ...['-D', installation.data, '-w', ...log, '-o', options, 'start'],
  ]).then(
    () => true,
    () => false,
  );
}

async function stopServer(installation: Installation): Promise<void> {
  await run(installation, 'pg_ctl', ['-D', installation.data, '-m', 'fast', '-w', 'stop']);
}

/**
 * After a kill -9 the server's pid may be a zombie's or another process's, and then PostgreSQL refuses to start.
 * Only the pid is changed: the file's other lines guard the data against backends that still run.
 */
function disarmStalePid({ data, socket }: Installation): void {
  for (const file of [
    path.join(data, 'postmaster.pid'),
    path.join(socket, `.s.PGSQL.${PORT}.lock`),
  ]) {
    try {
      const text = fs.readFileSync(file, 'utf8');
      const pid = Number.parseInt(text, 10);
      if (!isServerOf(pid, data)) fs.writeFileSync(file, text.replace(/^\d+/, IMPOSSIBLE_PID));
    } catch {
      // No such file, no such process, or no /proc: then `pg_ctl` finds out by itself.
    }
  }
}

function isServerOf(pid: number, data: string): boolean {
  const state = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '')[0];
  const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  return state !== 'Z' && /(^|\/)postgres\0/.test(command) && command.includes(data);
}

/** Runs one of PostgreSQL's programs as the server's owner, from a directory that this user can enter. */
function run(installation: Installation, program: string, args: string[]) {
  return execFileAsync(path.join(installation.native, 'bin', program), args, {
    ...installation.owner,
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
  });
}

function logFile(installation: Installation): string {
  return path.join(installation.home, 'server.log');
}
