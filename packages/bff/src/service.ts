import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.js';
import { TokenVault } from './auth/token-vault.js';
import { composeCore } from './compose-core.js';
import { composeHandlers } from './compose-handlers.js';
import type { Config } from './config.js';
import { developmentKeys } from './development-keys.js';
import { OpenStreams } from './http/event-routes.js';
import { createLog } from './log.js';
import type { Log } from './payments/ports.js';
import type { QontoTimeouts } from './qonto/qonto-bank.js';
import type { DatabaseAddress } from './store/database.js';
import { Notifications } from './store/notifications.js';
import { openStore } from './store/open-store.js';

export interface Service {
  url: string;
  /** Stops taking work, lets what is under way end, and closes everything. */
  close(): Promise<void>;
}

export interface ServiceOptions {
  /** Tests name their database directly; else it is `config.databaseUrl` or the embedded one. */
  database?: DatabaseAddress;
  log?: Log;
  /** Tests wait less long for a bank that does not answer. */
  bankTimeouts?: Partial<QontoTimeouts>;
}

const REQUESTS_END_WITHIN_MS = 2000;

/** The composition root: the only place that knows every concrete class. */
export async function startService(config: Config, options: ServiceOptions = {}): Promise<Service> {
  const log = options.log ?? createLog(config.logLevel);
  const store = await openStore({
    address: options.database ?? config.databaseUrl,
    dataDir: config.dataDir,
    onError: (error) => log.warn({ event: 'database-connection-lost', error }),
  });
  const keys = config.tokenKeys ?? developmentKeys(config.dataDir);
  const vault = new TokenVault(keys);
  const { bankTimeouts = {} } = options;
  const core = composeCore({ config, store, vault, log, bankTimeouts });
  const notifications = new Notifications(store.address, {
    onReconnect: () => {
      core.runner.wake();
      core.links.runner.wake();
      core.webhooks.wake();
      void core.wakes.sweep();
    },
    onError: (error) => log.warn({ event: 'notifications-lost', error }),
  });
  await notifications.listen('intents', (intentId) => core.wakes.notify(intentId));
  await notifications.listen('attempts', () => core.runner.wake());
  await notifications.listen('links', () => core.links.runner.wake());
  await notifications.listen('connections', (id) => core.wakes.notifyConnection(id));
  await notifications.listen('providers', (id) => {
    core.links.pages.providerChanged({ connectionId: id });
    core.wakes.notifyConnection(id);
  });
  core.wakes.start();

  const streams = new OpenStreams();
  const handlers = await composeHandlers({ config, core, keys, streams, log });
  const { publicUrl, trustProxy } = config;
  const app = createApp({ handlers, log, publicUrl, trustProxy, now: () => performance.now() });
  const server = await listen(createServer(app), config);
  core.runner.start();
  core.links.runner.start();
  core.webhooks.start();
  log.info({ event: 'started' });
  return {
    url: `http://${config.host}:${(server.address() as AddressInfo).port}`,
    async close(): Promise<void> {
      const closed = new Promise((resolve) => server.close(resolve));
      streams.endAll();
      core.wakes.stop();
      await core.runner.stop();
      await core.links.runner.stop();
      await core.webhooks.stop();
      await core.reviewService.stop();
      await core.documentService.stop();
      // A socket on which nothing was ever asked counts as busy: browsers open some in advance.
      const patience = setTimeout(() => server.closeAllConnections(), REQUESTS_END_WITHIN_MS);
      await closed;
      clearTimeout(patience);
      await notifications.close();
      await store.close();
      log.info({ event: 'stopped' });
    },
  };
}

function listen(server: Server, { host, port }: Config): Promise<Server> {
  // Streams live long; a body does not. Slow senders are cut.
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 65_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}
