import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runSteps, type Step } from './steps.js';
import { filesBelow, root, tool } from './workspace.js';

const BUNDLES = ['packages/widget', 'packages/pay-page'];
/** What a bundle is made of: the pay page takes views from the widget, and both take types from the contract. */
const INPUTS = ['packages/shared', ...BUNDLES];

/** Builds the bundles whose inputs changed since they were built. Returns the names of the builds that failed. */
export async function buildAll(): Promise<string[]> {
  const fingerprint = fingerprintOfInputs();
  const stale = BUNDLES.filter(hasConfig).filter((folder) => !isFresh(folder, fingerprint));
  const failed = await runForProduction(
    stale.map((folder) => ({
      name: `build ${folder}`,
      command: tool('vite'),
      args: ['build', '--logLevel', 'warn'],
      cwd: path.join(root, folder),
    })),
  );
  for (const folder of stale) {
    if (!failed.includes(`build ${folder}`)) writeStamp(folder, fingerprint);
  }
  return failed;
}

/** Called from a test runner, which says `NODE_ENV=test`, Vite would bundle libraries' development code. */
async function runForProduction(steps: Step[]): Promise<string[]> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    return await runSteps(steps);
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

/** Content, not dates: a checkout gives old files new dates, and the other way round. */
function fingerprintOfInputs(): string {
  const hash = createHash('sha256').update(readFileSync(path.join(root, 'pnpm-lock.yaml')));
  for (const folder of INPUTS) {
    for (const file of filesBelow(folder, (name) => !/\.test\.ts$|^test\//.test(name))) {
      hash.update(`${folder}/${file}\0`).update(readFileSync(path.join(root, folder, file)));
    }
  }
  return hash.digest('hex');
}

function hasConfig(folder: string): boolean {
  return existsSync(path.join(root, folder, 'vite.config.ts'));
}

function isFresh(folder: string, fingerprint: string): boolean {
  const output = path.join(root, folder, 'dist');
  const isBuilt = existsSync(output) && readdirSync(output).length > 0;
  return isBuilt && existsSync(stampFile(folder)) && readStamp(folder) === fingerprint;
}

function readStamp(folder: string): string {
  return readFileSync(stampFile(folder), 'utf8');
}

function writeStamp(folder: string, fingerprint: string): void {
  mkdirSync(path.dirname(stampFile(folder)), { recursive: true });
  writeFileSync(stampFile(folder), fingerprint);
}

function stampFile(folder: string): string {
  return path.join(root, 'node_modules/.cache/qonto-pay', `${path.basename(folder)}.built`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const failed = await buildAll();
  process.exitCode = failed.length > 0 ? 1 : 0;
}
