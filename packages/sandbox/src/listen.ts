import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

// `localhost` means the one or the other, depending on who asks.
const SECOND_LOOPBACK = '::1';
const TRIES_FOR_A_FREE_PORT = 5;

export class PortTakenError extends Error {
  constructor(port: number) {
    super(
      `Port ${port} is taken. Stop the program that uses it, or choose another port with SANDBOX_PORT.`,
    );
  }
}

export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Listens on the machine's loopback addresses only. The listener may be given once the port is known. */
export async function listen(
  wantedPort: number,
  listenerOf: (port: number) => RequestListener,
): Promise<Listening> {
  for (let tries = 1; ; tries++) {
    try {
      return await listenOnBoth(wantedPort, listenerOf);
    } catch (error) {
      if (!hasCode(error, 'EADDRINUSE')) throw error;
      if (wantedPort !== 0 || tries === TRIES_FOR_A_FREE_PORT) throw new PortTakenError(wantedPort);
    }
  }
}

async function listenOnBoth(
  wantedPort: number,
  listenerOf: (port: number) => RequestListener,
): Promise<Listening> {
  const first = createServer();
  await bind(first, wantedPort, '127.0.0.1');
  const { port } = first.address() as AddressInfo;
  const servers = [first];
  try {
    const second = createServer();
    await bind(second, port, SECOND_LOOPBACK);
    servers.push(second);
  } catch (error) {
    // A machine without IPv6 is no trouble; a port that somebody else has there is.
    if (hasCode(error, 'EADDRINUSE')) {
      await closed(first);
      throw error;
    }
  }
  const listener = listenerOf(port);
  for (const server of servers) server.on('request', listener);
  return { port, close: async () => void (await Promise.all(servers.map(closed))) };
}

function bind(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
