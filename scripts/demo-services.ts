import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { NamedPort } from './ports.js';
import { root } from './workspace.js';

/** One program of the demo, and where it says that it is ready. */
export interface Service {
  name: string;
  entry: string;
  env: Record<string, string>;
  readyUrl: string;
}

export interface DemoSettings {
  ports: { demo: number; bff: number; sandbox: number };
  dataDir: string;
  /** Where browsers find the payment service. */
  bffUrl: string;
  partnerSecret: string;
}

/** The settings of the demo from its environment; everything follows the three ports. */
export function readSettings(env: NodeJS.ProcessEnv): DemoSettings {
  const ports = {
    demo: Number(env.DEMO_PORT ?? 4000),
    bff: Number(env.BFF_PORT ?? 4100),
    sandbox: Number(env.SANDBOX_PORT ?? 4200),
  };
  return {
    ports,
    dataDir: path.resolve(root, env.DATA_DIR ?? '.data'),
    bffUrl: (env.PUBLIC_URL ?? `http://localhost:${ports.bff}`).replace(/\/+$/, ''),
    partnerSecret: env.DEMO_PARTNER_SECRET ?? 'demo-partner-secret',
  };
}

export function namedPorts({ ports }: DemoSettings): NamedPort[] {
  return [
    { name: 'demo site', variable: 'DEMO_PORT', port: ports.demo },
    { name: 'payment service', variable: 'BFF_PORT', port: ports.bff },
    { name: 'sandbox bank', variable: 'SANDBOX_PORT', port: ports.sandbox },
  ];
}

/** The three programs, in the order in which they start; each ends before the one it needs. */
export function servicesOf(settings: DemoSettings): Service[] {
  return [sandbox(settings), bff(settings), demoSite(settings)];
}

/** Where the sandbox may send the payer back: the demo is reached by either name. */
function redirectUris({ bffUrl, ports }: DemoSettings): string {
  const origins = [
    `http://localhost:${ports.bff}`,
    `http://pay.localhost:${ports.bff}`,
    new URL(bffUrl).origin,
  ];
  return [...new Set(origins)].map((origin) => `${origin}/oauth/callback/demo`).join(' ');
}

function sandbox(settings: DemoSettings): Service {
  const { ports, dataDir } = settings;
  return {
    name: 'sandbox',
    entry: 'packages/sandbox/src/main.ts',
    env: {
      PORT: String(ports.sandbox),
      SANDBOX_CONTROL: '1',
      SANDBOX_STATE: path.join(dataDir, 'sandbox.json'),
      SANDBOX_REDIRECT_URIS: redirectUris(settings),
    },
    readyUrl: `http://localhost:${ports.sandbox}/_control/magic`,
  };
}

function bff({ ports, dataDir, bffUrl }: DemoSettings): Service {
  return {
    name: 'bff',
    entry: 'packages/bff/src/main.ts',
    env: {
      // Whatever the shell says: this is no production.
      NODE_ENV: 'development',
      PORT: String(ports.bff),
      PUBLIC_URL: bffUrl,
      DATA_DIR: dataDir,
      QONTO_API_URL: `http://localhost:${ports.sandbox}`,
      QONTO_OAUTH_URL: `http://localhost:${ports.sandbox}/oauth2`,
      PARTNERS_FILE: partnersFile(dataDir),
      // The sandbox, unlike the bank, may call an address of this machine.
      QONTO_WEBHOOKS: 'on',
      // A visitor who tries every ending needs more approvals in ten minutes than a payer does.
      MAX_APPROVALS_PER_MEMBER: '100',
    },
    readyUrl: `http://localhost:${ports.bff}/readyz`,
  };
}

function demoSite({ ports, dataDir, bffUrl, partnerSecret }: DemoSettings): Service {
  return {
    name: 'demo',
    entry: 'demo/src/main.ts',
    env: {
      PORT: String(ports.demo),
      BFF_URL: bffUrl,
      BFF_API_URL: `http://localhost:${ports.bff}`,
      SANDBOX_URL: `http://localhost:${ports.sandbox}`,
      DEMO_PARTNER_SECRET: partnerSecret,
      DATA_DIR: dataDir,
    },
    readyUrl: `http://localhost:${ports.demo}/healthz`,
  };
}

/** Writes what the payment service knows of its one partner, the demo site. */
export function writePartnersFile({ dataDir, ports, partnerSecret }: DemoSettings): void {
  const origins = [`http://localhost:${ports.demo}`, `http://shop.localhost:${ports.demo}`];
  const secretHash = createHash('sha256').update(partnerSecret).digest('hex');
  const demo = {
    id: 'demo',
    name: 'Ledgerly',
    origins,
    returnPrefixes: origins.map((origin) => `${origin}/`),
    attachmentHosts: [`http://localhost:${ports.demo}`],
    secretHashes: [`sha256:${secretHash}`],
    qonto: { clientId: 'qonto-pay-demo', clientSecret: 'qonto-pay-demo-secret' },
    paused: false,
  };
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(partnersFile(dataDir), `${JSON.stringify({ partners: [demo] }, undefined, 2)}\n`);
}

function partnersFile(dataDir: string): string {
  return path.join(dataDir, 'partners.json');
}
