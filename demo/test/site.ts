import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDemo } from '../src/server.js';
import { PaymentService } from './payment-service.js';

export const BFF = 'http://pay.test:4100';

/** The demo site beside a payment service of the test's own. */
export class Site {
  readonly service = new PaymentService();
  readonly #dataDir = mkdtempSync(path.join(tmpdir(), 'ledgerly-'));
  #serviceUrl = '';
  #server: Server | undefined;

  async start(): Promise<void> {
    this.#serviceUrl = await this.service.start();
    await this.open();
  }

  async stop(): Promise<void> {
    await this.close();
    await this.service.stop();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  get port(): number {
    const address = this.#server?.address() as AddressInfo | undefined;
    return address?.port ?? 0;
  }

  async open(): Promise<void> {
    const config = {
      port: 0,
      siteUrl: 'https://demo.test',
      bffUrl: BFF,
      bffApiUrl: this.#serviceUrl,
      sandboxUrl: this.#serviceUrl,
      partnerSecret: 'secret',
      dataDir: this.#dataDir,
    };
    const app = createDemo(config, () => new Date('2026-11-20T10:00:00Z'));
    await new Promise<void>((resolve) => {
      this.#server = app.listen(0, '127.0.0.1', () => resolve());
    });
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}
