import { AccessTokens } from './auth/access-tokens.js';
import { OAuthClient } from './auth/oauth-client.js';
import { Sessions } from './auth/sessions.js';
import { SignIns } from './auth/sign-in.js';
import type { TokenVault } from './auth/token-vault.js';
import { composeWebhooks } from './compose-webhooks.js';
import type { Config } from './config.js';
import { HttpPartnerDocuments } from './documents/partner-documents.js';
import { IntentWakes } from './events/intent-wakes.js';
import { randomIds } from './ids.js';
import { LinkIntents } from './links/link-intents.js';
import { LinkPages } from './links/link-pages.js';
import { linkRunner } from './links/link-runner.js';
import { LinkSearch } from './links/link-search.js';
import { LinkSender } from './links/link-sender.js';
import { LinkService } from './links/link-service.js';
import { LinkWatcher } from './links/link-watcher.js';
import { ProviderService } from './links/provider-service.js';
import { StuckLinks } from './links/stuck-links.js';
import { ApprovalWatcher } from './payments/approval-watcher.js';
import { attemptRunner } from './payments/attempt-runner.js';
import { BankSearch } from './payments/bank-search.js';
import { BankTransferService } from './payments/bank-transfer-service.js';
import { DocumentService } from './payments/document-service.js';
import { HeldService } from './payments/held-service.js';
import { IntentService } from './payments/intent-service.js';
import { PayPageService } from './payments/pay-page-service.js';
import { PaymentService } from './payments/payment-service.js';
import type { Bank, Log } from './payments/ports.js';
import { ProofService } from './payments/proof-service.js';
import { Reconciler } from './payments/reconciler.js';
import { RequestService } from './payments/request-service.js';
import { RequestWatcher } from './payments/request-watcher.js';
import { ReviewService } from './payments/review-service.js';
import { ScheduledService } from './payments/scheduled-service.js';
import { Sender } from './payments/sender.js';
import { SettlementWatcher } from './payments/settlement-watcher.js';
import { QontoBank, type QontoTimeouts } from './qonto/qonto-bank.js';
import { PgAttemptStore } from './store/attempt-store.js';
import { PgBankBudget } from './store/bank-budget.js';
import { BankClock } from './store/bank-clock.js';
import { PgConnectionStore } from './store/connection-store.js';
import { PgDocumentStore } from './store/document-store.js';
import { PgFlowStore } from './store/flow-store.js';
import { PgHeldStore } from './store/held-store.js';
import { PgIntentStore } from './store/intent-store.js';
import { PgLinkIntentStore } from './store/link-intent-store.js';
import { PgLinkStore } from './store/link-store.js';
import type { openStore } from './store/open-store.js';
import { PgPaymentStore } from './store/payment-store.js';
import { PgPublishedEvents } from './store/published-events.js';
import { PgReviewStore } from './store/review-store.js';
import { PgSessionStore } from './store/session-store.js';
import { PgSignInStore } from './store/sign-in-store.js';

type Store = Awaited<ReturnType<typeof openStore>>;

interface Parts {
  config: Config;
  store: Store;
  vault: TokenVault;
  log: Log;
  bankTimeouts: Partial<QontoTimeouts>;
}

/** Everything that decides about money, put together from its parts. */
export function composeCore(parts: Parts) {
  const { config, store, vault, log } = parts;
  const { db, pool } = store;
  const { bank, signIns, tokens } = composeBank(parts);
  const payments = new PgPaymentStore(db);
  const intents = new PgIntentStore(db);
  const reviews = new PgReviewStore(db, vault);
  const events = new PgPublishedEvents(db);
  const runner = composeRunner(bank, parts);
  const ids = randomIds;
  const now = () => performance.now();
  const documentService = composeDocuments({ bank, intents }, parts);
  const documents = documentService;
  const reviewService = new ReviewService({ bank, store: reviews, documents, log, now });
  const { publicUrl } = config;
  const collecting = composeLinks(bank, parts);
  const paying = {
    ...{ bank, intents, payments, reviewService, documents, ids },
    approvalMethod: config.qonto.sca,
    maxChallenges: config.maxApprovalsPerMember,
    wake: () => runner.wake(),
  };
  const requestService = new RequestService(paying);
  return {
    runner,
    reviewService,
    documentService,
    proofService: new ProofService({ bank, intents, log }),
    events,
    payments,
    signIns,
    webhooks: composeWebhooks({ ...parts, tokens, bank: bank.webhooks }),
    heldService: new HeldService(bank, new PgHeldStore(db)),
    stuckLinks: new StuckLinks(bank.links, new PgLinkStore({ db, log })),
    wakes: new IntentWakes({ currentSeqs: (intentIds) => events.currentSeqs(intentIds), log }),
    flows: new PgFlowStore(db),
    sessions: new Sessions(new PgSessionStore(db)),
    intentService: new IntentService({
      intents,
      payments,
      links: collecting.intents,
      ids,
      publicUrl,
    }),
    bankTransferService: new BankTransferService(intents, collecting.pages),
    payPageService: new PayPageService({
      intents,
      reviews: reviewService,
      links: collecting.pages,
    }),
    paymentService: new PaymentService({ ...paying, reviews, requests: requestService }),
    requestService,
    links: collecting,
    scheduledService: new ScheduledService(paying),
    isReady: async () => {
      await pool.query('select 1');
    },
  };
}

/** Payment links: intents to collect, and what becomes of them. */
function composeLinks(bank: QontoBank, { config, store, log }: Parts) {
  const { publicUrl } = config;
  const intents = new PgLinkIntentStore(store.db);
  const links = new PgLinkStore({ db: store.db, log });
  const work = new PgLinkStore({ db: store.workers.db, log });
  const runner = linkRunner({
    store: work,
    log,
    workers: {
      sender: new LinkSender(bank.links, work),
      search: new LinkSearch(bank.links, work),
      watcher: new LinkWatcher(bank.links, work),
    },
  });
  const providers = new ProviderService(bank.links, {
    accounts: (id) => bank.accounts(id),
    now: () => performance.now(),
  });
  return {
    runner,
    store: links,
    intents: new LinkIntents({ intents, links, ids: randomIds, publicUrl }),
    pages: new LinkPages(intents, providers),
    service: new LinkService({
      ...{ bank: bank.links, intents, links, providers, ids: randomIds, publicUrl },
      accounts: (id) => bank.accounts(id),
      wake: () => runner.wake(),
    }),
  };
}

export type Core = ReturnType<typeof composeCore>;

function composeDocuments(
  core: { bank: Bank; intents: PgIntentStore },
  { config, store, log }: Parts,
): DocumentService {
  const hosts = new Map(config.partners.map((one) => [one.id, one.attachmentHosts]));
  return new DocumentService({
    ...{ ...core, log, ids: randomIds, now: () => performance.now() },
    store: new PgDocumentStore(store.db),
    partnerDocuments: new HttpPartnerDocuments({ hostsOf: (id) => hosts.get(id) ?? [] }),
  });
}

/** Qonto as the bank, and as the place to sign in. */
function composeBank({ config, store, vault, log, bankTimeouts }: Parts) {
  const { db, pool } = store.workers;
  const { apiUrl, stagingToken } = config.qonto;
  const oauthClient = oauthClients(config);
  const connections = new PgConnectionStore(db);
  const clock = new BankClock(db, () => Date.now());
  const tokens = new AccessTokens({ store: connections, vault, oauthClient });
  const budget = new PgBankBudget(pool);
  const bank = new QontoBank({
    ...{ baseUrl: apiUrl, stagingToken, tokens, budget, timeouts: bankTimeouts },
    onBankTime: (at) => {
      clock.tell(at).catch((error: unknown) => {
        log.warn({ event: 'bank-clock-not-kept', error });
      });
    },
  });
  const signIns = new SignIns({
    store: new PgSignInStore(db),
    connections,
    vault,
    oauthClient,
    readMember: (accessToken) => bank.member(accessToken),
    webhooks: config.qonto.webhooks,
  });
  return { bank, signIns, tokens };
}

/** One client per partner: consent given to one partner covers no other. */
function oauthClients({ partners, publicUrl, qonto }: Config): (partnerId: string) => OAuthClient {
  const { oauthUrl, stagingToken } = qonto;
  const clients = new Map(
    partners.map(({ id, qonto: credentials }) => {
      const redirectUri = `${publicUrl}/oauth/callback/${id}`;
      return [id, new OAuthClient({ oauthUrl, ...credentials, redirectUri, stagingToken })];
    }),
  );
  return (partnerId) => {
    const client = clients.get(partnerId);
    if (!client) throw new Error('every partner has an OAuth client');
    return client;
  };
}

function composeRunner(bank: Bank, { store, vault, log }: Parts) {
  const attempts = new PgAttemptStore({ db: store.workers.db, secrets: vault, log });
  const sender = new Sender(bank, attempts);
  const approvals = new ApprovalWatcher(bank, attempts, sender);
  const settlements = new SettlementWatcher(bank, attempts);
  const requests = new RequestWatcher(bank, attempts);
  const search = new BankSearch(bank);
  const reconciler = new Reconciler({ search, store: attempts, sender, approvals, requests });
  const workers = { sender, approvals, settlements, requests, reconciler };
  return attemptRunner({ store: attempts, log, workers });
}
