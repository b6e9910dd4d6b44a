import type { AccessTokens } from './auth/access-tokens.js';
import type { TokenVault } from './auth/token-vault.js';
import type { Config } from './config.js';
import type { Log } from './payments/ports.js';
import { readWebhookEvent } from './qonto/webhooks.js';
import type { openStore } from './store/open-store.js';
import { PgWebhookConsents } from './store/webhook-consents.js';
import { PgWebhookEvents } from './store/webhook-events.js';
import { PgWebhookSubscriptions } from './store/webhook-subscriptions.js';
import { PgWebhookWakes } from './store/webhook-wakes.js';
import { eventRunner } from './webhooks/event-runner.js';
import { WebhookInbox } from './webhooks/inbox.js';
import type { SubscriptionBank } from './webhooks/ports.js';
import { Subscribers } from './webhooks/subscribers.js';
import { subscriptionKeeper } from './webhooks/subscription-keeper.js';

interface Parts {
  config: Config;
  store: Awaited<ReturnType<typeof openStore>>;
  vault: TokenVault;
  log: Log;
  tokens: AccessTokens;
  bank: SubscriptionBank;
}

/** What the bank tells us: where it may, what it has told, and who works on it. */
export function composeWebhooks({ config, store, vault, log, tokens, bank }: Parts) {
  const workers = store.workers.db;
  const events = new PgWebhookEvents({ db: store.db, workers });
  const runner = eventRunner({
    ...{ events, log },
    wakes: new PgWebhookWakes(workers),
    consents: new PgWebhookConsents(workers),
    verify: (connectionId) => tokens.verify(connectionId),
  });
  const subscriptions = new PgWebhookSubscriptions(workers, vault);
  const keeper = subscriptionKeeper({
    ...{ store: subscriptions, bank, log },
    callbackUrl: (token) => `${config.publicUrl}/webhooks/qonto/${token}`,
  });
  const found = new PgWebhookSubscriptions(store.db, vault);
  return {
    inbox: new WebhookInbox({
      subscribers: new Subscribers(found, () => performance.now()),
      events,
      read: readWebhookEvent,
      wake: () => runner.wake(),
    }),
    /** The bank may tell us of this member's organisation from now on, or of more than before. */
    async signedIn(connectionId: string): Promise<void> {
      await subscriptions.wake(connectionId);
      keeper.wake();
    },
    wake: () => runner.wake(),
    // What was told is worked on, even where we do not ask to be told any more.
    start(): void {
      runner.start();
      if (config.qonto.webhooks) keeper.start();
    },
    async stop(): Promise<void> {
      await Promise.all([runner.stop(), keeper.stop()]);
    },
  };
}
