import { AccessTokens } from './auth/access-tokens.js';
import { OAuthClient } from './auth/oauth-client.js';
import { Sessions } from './auth/sessions.js';
import { SignIns } from './auth/sign-in.js';
import type { TokenVault } from './auth/token-vault.js';
import type { Config } from './config.js';
import { IntentWakes } from './events/intent-wakes.js';
import { randomIds } from './ids.js';
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
import { QontoBank, type QontoTimeouts } from './qonto/qonto-bank.js';
import { PgAttemptStore } from './store/attempt-store.js';
import { PgBankBudget } from './store/bank-budget.js';
import { BankClock } from './store/bank-clock.js';
import { PgConnectionStore } from './store/connection-store.js';
import { PgFlowStore } from './store/flow-store.js';
import { PgIntentStore } from './store/intent-store.js';
import type { openStore } from './store/open-store.js';
import { PgPaymentStore } from './store/payment-store.js';
import { PgPublishedEvents } from './store/published-events.js';
import { PgReviewStore } from './store/review-store.js';
import { PgSessionStore } from './store/session-store.js';
import { PgSignInStore } from './store/sign-in-store.js';

type Store = Awaited<ReturnType<typeof openStore>>;

/** Everything that decides about money, put together from its parts. */
export function composeCore(deps: {
  config: Config;
  store: Store;
  vault: TokenVault;
  log: Log;
  bankTimeouts: Partial<QontoTimeouts>;
}) {
  const { config, store, vault, log, bankTimeouts } = deps;
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
    timeouts: bankTimeouts,
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

export type Core = ReturnType<typeof composeCore>;
