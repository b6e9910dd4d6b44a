import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A partner's own host with documents; whatever is asked of it is counted. */
export class PartnerHost {
  readonly origin: string;
  readonly asked: IncomingMessage[];
  readonly #server: Server;

  private constructor(server: Server, asked: IncomingMessage[]) {
    this.#server = server;
    this.asked = asked;
    this.origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  }

  static async start(listener: RequestListener): Promise<PartnerHost> {
    const asked: IncomingMessage[] = [];
    const server = createServer((req, res) => {
      asked.push(req);
      listener(req, res);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PartnerHost(server, asked);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A small PDF that nobody else in the tests has. */
export const pdf = (text: string): Buffer => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`);

export const sha256 = (content: Buffer): string =>
  createHash('sha256').update(content).digest('hex');
