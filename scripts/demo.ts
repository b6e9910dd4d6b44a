import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { removeServer } from '../packages/bff/src/store/embedded-postgres.js';
import { buildAll } from './build.js';
import { Children } from './children.js';
import {
  type DemoSettings,
  namedPorts,
  readSettings,
  servicesOf,
  writePartnersFile,
} from './demo-services.js';
import { launcherEnds } from './launchers.js';
import { faultOfPorts } from './ports.js';

const USAGE = 'Usage: demo [--reset]   (--reset clears the bank, the payments and the invoices)';

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const unknown = args.filter((arg) => arg !== '--reset' && arg !== '--');
  if (unknown.length > 0) return fail(USAGE);
  const settings = readSettings(process.env);
  const fault = await faultOfPorts(namedPorts(settings));
  if (fault) return fail(fault);
  if (args.includes('--reset')) await reset(settings);
  if ((await buildAll()).length > 0) return fail('The build failed.');
  writePartnersFile(settings);
  return run(settings);
}

/** Bank, payments and invoices know each other by their ids, so they are cleared together. */
async function reset({ dataDir }: DemoSettings): Promise<void> {
  await removeServer(dataDir);
  for (const entry of readdirSync(dataDir, { withFileTypes: true })) {
    // Other folders are databases of their own: those of the tests and the benchmarks, which may be running.
    if (entry.isFile()) rmSync(path.join(dataDir, entry.name));
  }
  console.log('Cleared the bank, the payments and the invoices.');
  if (process.env.DATABASE_URL) console.log('DATABASE_URL is set: that database was left alone.');
}

/** Runs until a signal comes, or until one of the programs ends. */
async function run(settings: DemoSettings): Promise<number> {
  const signal = signalArrives();
  const children = new Children(path.join(settings.dataDir, 'logs'));
  for (const service of servicesOf(settings)) children.start(service);
  const started = children.ready().then(() => tellAddresses(settings));
  const failed = started.then(() => children.firstFailure(), reason);
  const failure = await Promise.race([signal, launcherEnds(), failed]);
  await children.stop();
  return failure ? fail(failure) : 0;
}

/** Resolves empty: to be told to end is no failure. */
function signalArrives(): Promise<''> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => resolve(''));
    }
  });
}

function tellAddresses({ ports, bffUrl }: DemoSettings): void {
  console.log(`
  Demo site         http://localhost:${ports.demo}   (many invoices at once: /payables, getting paid: /receivables)
  Payment service   ${bffUrl}
  Sandbox bank      http://localhost:${ports.sandbox}   (the payer's phone: /phone?member=alice)

  Open the demo site, press "Pay", sign in as Alice Martin and approve on her phone.
  Ctrl-C ends it; what happened is kept for the next time, --reset clears it.
`);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fail(message: string): number {
  console.error(message);
  return 1;
}
