import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

export interface Ports {
  demo: number;
  bff: number;
  sandbox: number;
}

/** The demo as its user starts it, on ports and in a data directory of the test's own. */
export class DemoCommand {
  readonly ports: Ports;
  readonly #dataDir: string;
  #child: ChildProcess | undefined;
  output = '';

  constructor(ports: Ports, dataDir: string) {
    this.ports = ports;
    this.#dataDir = dataDir;
  }

  start(...args: string[]): void {
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/demo.ts', ...args], {
      cwd: ROOT,
      env: {
        ...process.env,
        DEMO_PORT: String(this.ports.demo),
        BFF_PORT: String(this.ports.bff),
        SANDBOX_PORT: String(this.ports.sandbox),
        DATA_DIR: this.#dataDir,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.#child = child;
  }

  /** Resolves with the exit code. */
  async ended(): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    await once(child, 'close');
    return child.exitCode;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  answers(): Promise<boolean[]> {
    const { demo, bff, sandbox } = this.ports;
    return Promise.all(
      [`${demo}/healthz`, `${bff}/readyz`, `${sandbox}/_control/magic`].map((address) =>
        fetch(`http://localhost:${address}`).then(
          ({ ok }) => ok,
          () => false,
        ),
      ),
    );
  }
}

export async function listenSomewhere(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

export function portOf(server: Server): number {
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

/** Ports that were free a moment ago. */
export async function freePorts(): Promise<Ports> {
  const servers = await Promise.all([listenSomewhere(), listenSomewhere(), listenSomewhere()]);
  const [demo = 0, bff = 0, sandbox = 0] = servers.map(portOf);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return { demo, bff, sandbox };
}
