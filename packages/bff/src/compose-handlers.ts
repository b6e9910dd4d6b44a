import { fileURLToPath } from 'node:url';
import type { VaultKey } from './auth/token-vault.js';
import type { Core } from './compose-core.js';
import { type Config, partnerBySecret } from './config.js';
import { bankTransferRoutes } from './http/bank-transfer-routes.js';
import { documentRoutes } from './http/document-routes.js';
import { intentEvents, type OpenStreams } from './http/event-routes.js';
import { pageAssets, widgetFiles } from './http/files.js';
import { IntentRoutes } from './http/intent-routes.js';
import { LinkRoutes } from './http/link-routes.js';
import { pageErrors } from './http/message-page.js';
import { openapiRoute } from './http/openapi/document.js';
import { pageRoutes, readTemplates } from './http/page-routes.js';
import { PageTokens } from './http/page-token.js';
import { partnerOf, partnerRoutes } from './http/partner-routes.js';
import { payEvents } from './http/pay-events.js';
import { PayRoutes } from './http/pay-routes.js';
import { Payers } from './http/payer.js';
import { PayerForms } from './http/payer-forms.js';
import { plainPage } from './http/plain/plain-page.js';
import { printPage } from './http/plain/print-page.js';
import { partnerProofRoutes, proofRoutes } from './http/proof-routes.js';
import { RequestRoutes } from './http/request-routes.js';
import type { Handlers } from './http/routes.js';
import { signInRoutes } from './http/sign-in-routes.js';
import { SnapshotFeeds } from './http/snapshot-feeds.js';
import { webhookRoute } from './http/webhook-routes.js';
import type { Log } from './payments/ports.js';

interface Parts {
  config: Config;
  core: Core;
  keys: readonly VaultKey[];
  streams: OpenStreams;
  log: Log;
}

/** The handlers of every route, over the core. */
export async function composeHandlers(parts: Parts): Promise<Handlers> {
  const { config, core, log } = parts;
  const { intentService: intents } = core;
  const byServer = partnerOf((secret) => partnerBySecret(config.partners, secret));
  return {
    health: {
      alive: (_req, res) => void res.json({ status: 'ok' }),
      async ready(_req, res) {
        await core.isReady();
        res.json({ status: 'ok' });
      },
    },
    openapi: openapiRoute(config.publicUrl),
    partner: {
      ...partnerRoutes({ intents, partnerOf: byServer }),
      ...partnerProofRoutes({ proofs: core.proofService, partnerOf: byServer }),
    },
    webhook: webhookRoute(core.webhooks.inbox),
    widget: widgetHandlers(parts),
    ...(await payHandlers(parts)),
    pageErrors: pageErrors(log),
  };
}

function widgetHandlers({ config, core, streams, log }: Parts): Handlers['widget'] {
  const { intentService: intents, wakes, events, flows } = core;
  const byId = partnersById(config);
  const origins = {
    allows: (partnerId: string, origin: string) =>
      byId.get(partnerId)?.origins.includes(origin) ?? false,
    isRegistered: (origin: string) => config.partners.some((p) => p.origins.includes(origin)),
  };
  const routes = new IntentRoutes({ intents, flows, origins, now: () => performance.now() });
  const feeds = new SnapshotFeeds({ intents, events, wakes, log });
  const { preflight, readIntent, readIntents, answerFlow, hint } = routes;
  return {
    ...{ preflight, readIntent, readIntents, answerFlow, hint },
    events: intentEvents({ intents, feeds, origins, streams }),
    files: widgetFiles(packageDir('widget')),
  };
}

/** Our own pages, their API and the sign-in: all that knows who the payer is. */
async function payHandlers({ config, core, keys, streams, log }: Parts) {
  const { intentService: intents, payPageService: pages, sessions, flows, wakes } = core;
  const partners = partnersById(config);
  const secrets = keys.map(({ secret }) => secret);
  const pageTokens = new PageTokens(secrets, () => Date.now());
  const payers = new Payers({ intents, sessions, partners, pageTokens });
  const directory = packageDir('pay-page');
  const bankTransfers = core.bankTransferService;
  const forms = new PayerForms(payers, pages);
  const routes = new PayRoutes({
    payers,
    forms,
    payments: core.paymentService,
    scheduled: core.scheduledService,
    pages,
    flows,
  });
  const { state, review, confirm, cancel, approval, signOut, flow } = routes;
  return {
    signIn: signInRoutes({
      payers,
      partners,
      sessions,
      signIns: core.signIns,
      publicUrl: config.publicUrl,
      signedIn: async (connectionId) => {
        await core.payments.wakeConnection(connectionId);
        await core.links.store.wakeConnection(connectionId);
        core.runner.wake();
        await core.webhooks.signedIn(connectionId);
      },
    }),
    page: {
      ...pageRoutes({
        ...{ payers, pages, templates: await readTemplates(directory) },
        cameBack: (member) => core.links.pages.providerChanged(member),
      }),
      plain: plainPage({ payers, pages, bankTransfers }),
      print: printPage({ payers, pages, bankTransfers }),
      assets: pageAssets(directory),
    },
    pay: {
      ...{ state, review, confirm, cancel, approval, signOut, flow },
      events: payEvents({ payers, pages, wakes, streams, log }),
    },
    bankTransfer: bankTransferRoutes({ payers, bankTransfers }),
    documents: documentRoutes({ payers, forms, documents: core.documentService }),
    proofs: proofRoutes({ payers, proofs: core.proofService }),
    request: new RequestRoutes(forms, core.requestService),
    link: new LinkRoutes(forms, core.links.service),
  } satisfies Partial<Handlers>;
}

const partnersById = ({ partners }: Config) => new Map(partners.map((one) => [one.id, one]));

const packageDir = (name: string): string =>
  fileURLToPath(new URL(`../../${name}/dist`, import.meta.url));
