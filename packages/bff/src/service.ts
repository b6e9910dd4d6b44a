import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp } from './app.js';
import { AccessTokens } from './auth/access-tokens.js';
import { OAuthClient } from './auth/oauth-client.js';
import { Sessions } from './auth/sessions.js';
import { SignIns } from './auth/sign-in.js';
import { parseKeyRing, TokenVault, type VaultKey } from './auth/token-vault.js';
import { type Config, partnerBySecret } from './config.js';
import { IntentWakes } from './events/intent-wakes.js';
import { intentEvents, OpenStreams } from './http/event-routes.js';
import { pageAssets, widgetFiles } from './http/files.js';
import { intentRoutes } from './http/intent-routes.js';
import { pageErrors } from './http/message-page.js';
import { openapiRoute } from './http/openapi.js';
import { pageRoutes, readTemplates } from './http/page-routes.js';
import { PageTokens } from './http/page-token.js';
import { partnerRoutes } from './http/partner-routes.js';
import { payEvents } from './http/pay-events.js';
import { payRoutes } from './http/pay-routes.js';
import { Payers } from './http/payer.js';
import { plainPage } from './http/plain-page.js';
import type { Handlers } from './http/routes.js';
import { signInRoutes } from './http/sign-in-routes.js';
import { randomIds } from './ids.js';
import { createLog } from './log.js';
import { ApprovalWatcher } from './payments/approval-watcher.js';
import { AttemptRunner } from './payments/attempt-runner.js';
import { IntentService } from './payments/intent-service.js';
import { PayPageService } from './payments/pay-page-service.js';
import { PaymentService } from './payments/payment-service.js';
import type { Log } from './payments/ports.js';
import { Reconciler } from './payments/reconciler.js';
import { ReviewService } from './payments/review-service.js';
import { Sender } from './payments/sender.js';
import { SettlementWatcher } from './payments/settlement-watcher.js';
import { QontoBank } from './qonto/qonto-bank.js';
import { PgAttemptStore } from './store/attempt-store.js';
import { PgBankBudget } from './store/bank-budget.js';
import { BankClock } from './store/bank-clock.js';
import { PgConnectionStore } from './store/connection-store.js';
import type { DatabaseAddress } from './store/database.js';
import { PgFlowStore } from './store/flow-store.js';
import { PgIntentStore } from './store/intent-store.js';
import { Notifications } from './store/notifications.js';
import { openStore } from './store/open-store.js';
import { PgPaymentStore } from './store/payment-store.js';
import { PgPublishedEvents } from './store/published-events.js';
import { PgReviewStore } from './store/review-store.js';
import { PgSessionStore } from './store/session-store.js';
import { PgSignInStore } from './store/sign-in-store.js';

export interface Service {
  url: string;
  /** Stops taking work, lets what is under way end, and closes everything. */
  close(): Promise<void>;
}

export interface ServiceOptions {
  /** Tests name their database directly; else it is `config.databaseUrl` or the embedded one. */
  database?: DatabaseAddress;
  log?: Log;
}

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
  const core = composeCore({ config, store, vault, log });
  const notifications = new Notifications(store.address, {
    onReconnect: () => {
      core.runner.wake();
      void core.wakes.sweep();
    },
    onError: (error) => log.warn({ event: 'notifications-lost', error }),
  });
  await notifications.listen('intents', (intentId) => core.wakes.notify(intentId));
  await notifications.listen('attempts', () => core.runner.wake());
  core.wakes.start();

  const streams = new OpenStreams();
  const handlers = await composeHandlers({ config, core, keys, streams, log });
  const { publicUrl, trustProxy } = config;
  const app = createApp({ handlers, log, publicUrl, trustProxy, now: () => performance.now() });
  const server = await listen(createServer(app), config);
  core.runner.start();
  log.info({ event: 'started' });
  return {
    url: `http://${config.host}:${(server.address() as AddressInfo).port}`,
    async close(): Promise<void> {
      const closed = new Promise((resolve) => server.close(resolve));
      streams.endAll();
      core.wakes.stop();
      await core.runner.stop();
      await core.reviewService.stop();
      server.closeIdleConnections();
      await closed;
      await notifications.close();
      await store.close();
      log.info({ event: 'stopped' });
    },
  };
}

type Store = Awaited<ReturnType<typeof openStore>>;

function composeCore(deps: { config: Config; store: Store; vault: TokenVault; log: Log }) {
  const { config, store, vault, log } = deps;
  const { db, pool } = store;
  const { oauthUrl, apiUrl, stagingToken, sca } = config.qonto;
  const oauthClients = new Map(
    config.partners.map(({ id, qonto }) => {
      const redirectUri = `${config.publicUrl}/oauth/callback/${id}`;
      return [id, new OAuthClient({ oauthUrl, ...qonto, redirectUri, stagingToken })];
    }),
  );
  const oauthClient = (partnerId: string): OAuthClient => {
    const client = oauthClients.get(partnerId);
    if (!client) throw new Error('every partner has an OAuth client');
    return client;
  };
  const connections = new PgConnectionStore(db);
  const clock = new BankClock(db, () => Date.now());
  const bank = new QontoBank({
    baseUrl: apiUrl,
    stagingToken,
    tokens: new AccessTokens({ store: connections, vault, oauthClient }),
    budget: new PgBankBudget(pool),
    onBankTime: (at) => {
      clock.tell(at).catch((error: unknown) => {
        log.warn({ event: 'bank-clock-not-kept', error });
      });
    },
  });
  const attempts = new PgAttemptStore({ db, secrets: vault, log });
  const payments = new PgPaymentStore(db);
  const intents = new PgIntentStore(db);
  const reviews = new PgReviewStore(db, vault);
  const sender = new Sender(bank, attempts);
  const approvals = new ApprovalWatcher(bank, attempts, sender);
  const runner = new AttemptRunner({
    store: attempts,
    log,
    workers: {
      sender,
      approvals,
      settlements: new SettlementWatcher(bank, attempts),
      reconciler: new Reconciler(bank, attempts, sender, approvals),
    },
  });
  const reviewService = new ReviewService({
    bank,
    store: reviews,
    log,
    now: () => performance.now(),
  });
  const ids = randomIds;
  const { publicUrl, maxApprovalsPerMember: maxChallenges } = config;
  const events = new PgPublishedEvents(db);
  return {
    runner,
    reviewService,
    events,
    payments,
    wakes: new IntentWakes({ currentSeqs: (intentIds) => events.currentSeqs(intentIds), log }),
    flows: new PgFlowStore(db),
    sessions: new Sessions(new PgSessionStore(db)),
    signIns: new SignIns({
      store: new PgSignInStore(db),
      connections,
      vault,
      oauthClient,
      readMember: (accessToken) => bank.member(accessToken),
    }),
    intentService: new IntentService({ intents, payments, ids, publicUrl }),
    payPageService: new PayPageService(intents, reviewService),
    paymentService: new PaymentService({
      bank,
      intents,
      payments,
      reviews,
      reviewService,
      ids,
      approvalMethod: sca,
      maxChallenges,
      wake: () => runner.wake(),
    }),
    isReady: async () => {
      await pool.query('select 1');
    },
  };
}

type Core = ReturnType<typeof composeCore>;

async function composeHandlers(deps: {
  config: Config;
  core: Core;
  keys: readonly VaultKey[];
  streams: OpenStreams;
  log: Log;
}): Promise<Handlers> {
  const { config, core, keys, streams, log } = deps;
  const { intentService: intents, payPageService: pages, wakes, events, flows } = core;
  const partners = new Map(config.partners.map((partner) => [partner.id, partner]));
  const origins = {
    allows: (partnerId: string, origin: string) =>
      partners.get(partnerId)?.origins.includes(origin) ?? false,
    isRegistered: (origin: string) => config.partners.some((p) => p.origins.includes(origin)),
  };
  const secrets = keys.map(({ secret }) => secret);
  const pageTokens = new PageTokens(secrets, () => Date.now());
  const payers = new Payers({ intents, sessions: core.sessions, partners, pageTokens });
  const payPageDir = packageDir('pay-page');
  const streaming = { wakes, streams, log };
  return {
    health: {
      alive: (_req, res) => void res.json({ status: 'ok' }),
      async ready(_req, res) {
        await core.isReady();
        res.json({ status: 'ok' });
      },
    },
    openapi: openapiRoute(config.publicUrl),
    partner: partnerRoutes({
      intents,
      partnerBySecret: (secret) => partnerBySecret(config.partners, secret),
    }),
    widget: {
      ...intentRoutes({ intents, flows, origins, now: () => performance.now() }),
      events: intentEvents({ intents, events, origins, ...streaming }),
      files: widgetFiles(packageDir('widget')),
    },
    signIn: signInRoutes({
      payers,
      partners,
      signIns: core.signIns,
      sessions: core.sessions,
      publicUrl: config.publicUrl,
      signedIn: async (connectionId) => {
        await core.payments.wakeConnection(connectionId);
        core.runner.wake();
      },
    }),
    page: {
      ...pageRoutes({ payers, pages, templates: await readTemplates(payPageDir) }),
      plain: plainPage({ payers, pages }),
      assets: pageAssets(payPageDir),
    },
    pay: {
      ...payRoutes({
        payers,
        payments: core.paymentService,
        pages,
        flows,
      }),
      events: payEvents({ payers, pages, ...streaming }),
    },
    pageErrors: pageErrors(log),
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

const packageDir = (name: string): string =>
  fileURLToPath(new URL(`../../${name}/dist`, import.meta.url));

/** Kept beside the development database, so that a restart can read what it has stored. */
function developmentKeys(dataDir: string): VaultKey[] {
  const file = path.join(dataDir, 'token-keys');
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(file)) {
    writeFileSync(file, `k1:${randomBytes(32).toString('base64')}`, { mode: 0o600 });
  }
  return parseKeyRing(readFileSync(file, 'utf8'));
}
