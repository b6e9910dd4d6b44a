import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../driver.js';

export interface Received {
  readonly body: string;
  readonly signature: string;
  readonly event: Json;
}

/** A subscriber's server: writes down what arrives, and answers what it is told to. */
export class Receiver {
  readonly received: Received[] = [];
  readonly url: string;
  /** The answers to come; 204 when there is none. 0: no answer at all. */
  answers: number[] = [];
  readonly close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.close = close;
  }

  static async start(): Promise<Receiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const receiver = new Receiver(`http://localhost:${port}/hook`, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    server.on('request', (req, res) => {
      let body = '';
      req.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      req.on('end', () => {
        const signature = String(req.headers['x-qonto-signature']);
        receiver.received.push({ body, signature, event: JSON.parse(body) });
        const status = receiver.answers.shift() ?? 204;
        if (status > 0) res.writeHead(status).end();
      });
    });
    return receiver;
  }

  /** Waits until so many have arrived. */
  async until(count: number): Promise<Received[]> {
    const deadline = Date.now() + 5_000;
    while (this.received.length < count) {
      if (Date.now() > deadline) throw new Error(`${this.received.length} of ${count} arrived`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return this.received;
  }
}
