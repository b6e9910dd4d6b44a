import type { Server } from 'node:http';
import { readConfig } from './config.js';
import { createDemo } from './server.js';

// Loopback only, since the secret stands in the README; both addresses, since `localhost` may mean either.
const LOOPBACK = ['127.0.0.1', '::1'];

const config = readConfig(process.env);
const app = createDemo(config);
const servers = LOOPBACK.map((host) => app.listen(config.port, host).on('error', giveUp));
console.log(`The demo site listens on ${config.siteUrl}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
// Started by a program: it ends with it.
if (process.send) process.once('disconnect', stop);

function stop(): void {
  for (const server of servers) close(server);
  if (process.connected) process.disconnect();
}

function close(server: Server): void {
  server.close();
  server.closeAllConnections();
}

function giveUp(error: NodeJS.ErrnoException): void {
  // A machine without IPv6 is no trouble.
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') return;
  console.error(
    error.code === 'EADDRINUSE' ? `Port ${config.port} is taken: set DEMO_PORT.` : error.message,
  );
  process.exit(1);
}
