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
} as const;
