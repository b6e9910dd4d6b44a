import type { Bank } from '../bank.js';

/** What is still on its way to subscribers, and what was tried of late. */
export function webhookView(bank: Bank) {
  const deliveries = [...bank.store.current.webhookDeliveries.values()];
  return {
    waiting: deliveries.map(({ id, subscriptionId, type, tries, nextTryAt }) => ({
      ...{ id, subscription_id: subscriptionId, type, tries },
      next_try_at: new Date(nextTryAt).toISOString(),
    })),
    tries: bank.webhooks.tries,
  };
}
