/** Switches of who collects or listens: payment links and webhooks. The first value is the default. */
export const COLLECTING_SWITCHES = {
  webhook_secret_shown: {
    values: [false, true],
    facts: '4.13',
    decides: 'whether a subscription that is read tells its secret',
  },
  webhook_put_secret: {
    values: ['replaced', 'kept'],
    facts: '4.13',
    decides: 'what a PUT without a secret does to it',
  },
  missing_connection: {
    values: [404, 'not_connected'],
    facts: '4.10',
    decides: 'what a member without a connection to the payment provider reads of it',
  },
  link_life_days: {
    values: [365, 1],
    facts: '4.10',
    decides: 'after how many days an open payment link expires',
  },
  link_deactivation_refused_status: {
    values: [422, 400, 404, 409],
    facts: '4.10',
    decides: 'HTTP status of deactivating a payment link that is not open',
  },
} as const;
