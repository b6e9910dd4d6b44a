import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';

/** Arguments that let a Chromium run as root, in a container and without talking to anybody. */
export const chromiumArgs: string[] = [
  // Root cannot use the sandbox, and the pages under test are our own.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const PATH_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
];

const PLAYWRIGHT_BINARIES = ['chrome-headless-shell', 'headless_shell', 'chrome', 'Chromium'];

let found: string | undefined;

/** A Chromium that runs, if this machine has one. Throws when CHROMIUM_PATH names one that does not. */
export function chromiumPath(): string | undefined {
  found ??= fromEnvironment() ?? fromPath() ?? fromPlaywrightCache();
  return found;
}

/** A Chromium that runs; installs one when there is none. Fails with one message that lists what was tried. */
export async function ensureChromium(): Promise<string> {
  const present = chromiumPath();
  if (present) return present;
  const reasons = [
    'CHROMIUM_PATH: not set',
    `PATH: none of ${PATH_NAMES.join(', ')} runs`,
    "Playwright's cache: no Chromium in it",
  ];
  for (const [name, install] of [
    ['apt-get', installDebianChromium],
    ['playwright-core', installPlaywrightChromium],
  ] as const) {
    const failure = install();
    const installed = failure === undefined ? chromiumPath() : undefined;
    if (installed) return installed;
    reasons.push(`${name}: ${failure ?? 'installed, but it does not run'}`);
  }
  throw new Error(
    `No Chromium for the browser tests. Install one, or set CHROMIUM_PATH. Tried:\n  - ${reasons.join('\n  - ')}`,
  );
}

function fromEnvironment(): string | undefined {
  const file = process.env.CHROMIUM_PATH;
  if (!file) return undefined;
  if (!runs(file)) {
    throw new Error(`CHROMIUM_PATH is "${file}", but "${file} --version" does not run.`);
  }
  return file;
}

function fromPath(): string | undefined {
  const directories = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return firstThatRuns(
    PATH_NAMES.flatMap((name) => directories.map((directory) => path.join(directory, name))),
  );
}

function fromPlaywrightCache(): string | undefined {
  const cache = playwrightCache();
  if (!existsSync(cache)) return undefined;
  const candidates = readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.startsWith('chromium') && PLAYWRIGHT_BINARIES.includes(path.basename(file)),
  );
  return firstThatRuns(candidates.map((file) => path.join(cache, file)));
}

function playwrightCache(): string {
  const { PLAYWRIGHT_BROWSERS_PATH: chosen, XDG_CACHE_HOME: xdg } = process.env;
  if (chosen) return chosen;
  if (process.platform === 'darwin') return path.join(homedir(), 'Library/Caches/ms-playwright');
  return path.join(xdg || path.join(homedir(), '.cache'), 'ms-playwright');
}

function firstThatRuns(files: string[]): string | undefined {
  return files.find((file) => existsSync(file) && runs(file));
}

/** A wrapper script without its browser, or one for another architecture, exists but does not run. */
function runs(file: string): boolean {
  return spawnSync(file, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

/** Returns why it did not work, or nothing. */
function installDebianChromium(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root';
  if (!existsSync('/etc/debian_version')) return 'not a Debian';
  const lock = ['-o', 'DPkg::Lock::Timeout=300'];
  const packages = ['chromium', 'fonts-liberation'];
  const options = ['-y', '-qq', '--no-install-recommends'];
  return (
    runInstaller('apt-get', [...lock, 'update', '-qq']) ??
    runInstaller('apt-get', [...lock, 'install', ...options, ...packages])
  );
}

/** Returns why it did not work, or nothing. */
function installPlaywrightChromium(): string | undefined {
  const cli = path.join(
    path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
    'cli.js',
  );
  return runInstaller(process.execPath, [cli, 'install', 'chromium-headless-shell']);
}

function runInstaller(command: string, args: string[]): string | undefined {
  console.log(`Getting a Chromium for the tests: ${path.basename(command)} ${args.join(' ')}`);
  const { status, error, stderr } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 300_000,
  });
  if (status === 0) return undefined;
  const lastLine = stderr?.trim().split('\n').at(-1);
  return error?.message ?? (lastLine || `ended with ${status}`);
}
