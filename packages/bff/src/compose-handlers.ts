import { fileURLToPath } from 'node:url';
import type { VaultKey } from './auth/token-vault.js';
import type { Core } from './compose-core.js';
import { type Config, partnerBySecret } from './config.js';
import { intentEvents, type OpenStreams } from './http/event-routes.js';
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
import type { Log } from './payments/ports.js';

/** The handlers of every route, over the core. */
export async function composeHandlers(deps: {
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

const packageDir = (name: string): string =>
  fileURLToPath(new URL(`../../${name}/dist`, import.meta.url));
