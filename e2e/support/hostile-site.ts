import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site of an attacker: an empty page on a port of its own, under any name that means this machine. */
export class HostileSite {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<HostileSite> {
    const server = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><title>Win a prize</title><body></body>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new HostileSite(server);
  }

  /** Its address under this host name. */
  at(host: string): string {
    return `http://${host}:${(this.#server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
