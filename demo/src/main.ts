import { readConfig } from './config.js';
import { createDemo } from './server.js';

const config = readConfig(process.env);
// Loopback only: this is a partner's site to try things on, and its secret is in the README.
const server = createDemo(config).listen(config.port, '127.0.0.1', (error) => {
  if (error) throw error;
  console.log(`Demo site on ${config.siteUrl}`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
