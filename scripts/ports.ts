import { createServer } from 'node:net';

export interface NamedPort {
  name: string;
  variable: string;
  port: number;
}

/** Says in one sentence what is wrong with a set of ports, or nothing. */
export async function faultOfPorts(ports: NamedPort[]): Promise<string | undefined> {
  for (const { variable, port } of ports) {
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      return `${variable} must be a port number between 1 and 65535.`;
    }
    const twin = ports.find((other) => other.port === port && other.variable !== variable);
    if (twin) return `${variable} and ${twin.variable} are both ${port}; give each its own port.`;
  }
  for (const { name, variable, port } of ports) {
    if (await isTaken(port)) {
      return `Port ${port} for the ${name} is taken: end the program that uses it, or choose another port with ${variable}.`;
    }
  }
  return undefined;
}

/** A program on either loopback address, or on all addresses, would answer in our place. */
async function isTaken(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1', '0.0.0.0', '::']) {
    if (await refuses(port, host)) return true;
  }
  return false;
}

function refuses(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // Other errors, such as a machine without IPv6, say nothing about the port.
    server.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(false)));
  });
}
