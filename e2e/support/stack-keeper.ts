import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Stack } from './stack.js';

/** Two sites, as in the world: on `localhost` alone shop and payment service would share their cookies. */
const SITES = { shop: 'shop.localhost', bff: 'pay.localhost' };

/** Starts a stack for each worker when its first file asks for it, and keeps it for the next ones. */
export class StackKeeper {
  readonly url: string;
  readonly #server: Server;
  readonly #stacks: Map<string, Promise<Stack>>;

  private constructor(server: Server, stacks: Map<string, Promise<Stack>>) {
    this.#server = server;
    this.#stacks = stacks;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<StackKeeper> {
    const stacks = new Map<string, Promise<Stack>>();
    const server = createServer(({ url = '' }, response) => {
      const stack = stacks.get(url) ?? Stack.start({ hosts: SITES });
      stacks.set(url, stack);
      stack.then(
        ({ addresses }) => response.end(JSON.stringify(addresses)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new StackKeeper(server, stacks);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    const stopping = [...this.#stacks.values()].map(async (starting) => {
      // One that could not start has said so to the files that asked for it.
      const stack = await starting.catch(() => undefined);
      await stack?.stop();
    });
    await Promise.all(stopping);
  }
}
