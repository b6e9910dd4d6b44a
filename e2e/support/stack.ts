import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { removeServer } from '../../packages/bff/src/store/embedded-postgres.js';
import { readSettings, servicesOf, writePartnersFile } from '../../scripts/demo-services.js';
import { Program } from './program.js';

/** Where a browser finds the three programs. */
export interface Addresses {
  shop: string;
  bff: string;
  sandbox: string;
  /** The payment service by the name that Node's resolver knows too. */
  bffFromNode: string;
  partnerSecret: string;
}

export interface StackOptions {
  /** Host names as browsers see them: other than `localhost` they are sites of their own. */
  hosts?: { shop: string; bff: string };
}

const LOCAL = { shop: 'localhost', bff: 'localhost' };

/** Sandbox bank, payment service and demo site on free ports, with a data directory of their own. */
export class Stack {
  readonly addresses: Addresses;
  readonly #dataDir: string;
  readonly #programs: readonly Program[];

  private constructor(addresses: Addresses, dataDir: string, programs: readonly Program[]) {
    this.addresses = addresses;
    this.#dataDir = dataDir;
    this.#programs = programs;
  }

  static async start({ hosts = LOCAL }: StackOptions = {}): Promise<Stack> {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'qonto-pay-e2e-'));
    const [demo, bff, sandbox] = await freePorts(3);
    const settings = readSettings({
      DEMO_PORT: String(demo),
      BFF_PORT: String(bff),
      SANDBOX_PORT: String(sandbox),
      DATA_DIR: dataDir,
      PUBLIC_URL: `http://${hosts.bff}:${bff}`,
    });
    writePartnersFile(settings);
    const programs = servicesOf(settings).map((service) => new Program(service, dataDir));
    const addresses = {
      shop: `http://${hosts.shop}:${demo}`,
      bff: settings.bffUrl,
      sandbox: `http://localhost:${sandbox}`,
      bffFromNode: `http://localhost:${bff}`,
      partnerSecret: settings.partnerSecret,
    };
    const stack = new Stack(addresses, dataDir, programs);
    try {
      await Promise.all(programs.map((program) => program.start()));
    } catch (error) {
      await stack.stop();
      throw error;
    }
    return stack;
  }

  /** Ends the payment service at once, as the machine's death would; its database lives on. */
  async killBff(): Promise<void> {
    await this.#bff.kill();
  }

  async startBff(): Promise<void> {
    await this.#bff.start();
  }

  /** In reverse order, so that each can still reach what it needs; then nothing is left. */
  async stop(): Promise<void> {
    for (const program of this.#programs.toReversed()) await program.stop();
    await removeServer(this.#dataDir);
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  get #bff(): Program {
    const [, bff] = this.#programs;
    if (!bff) throw new Error('the stack has no payment service');
    return bff;
  }
}

/** All are held until all are known, so that no two are the same. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
