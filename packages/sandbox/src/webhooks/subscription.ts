/** What an integrator wants to be told, and where (facts 4.13). */
export interface WebhookSubscription {
  readonly id: string;
  readonly organizationId: string;
  readonly membershipId: string;
  readonly createdAt: number;
  callbackUrl: string;
  types: readonly string[];
  secret: string;
  description: string | undefined;
  updatedAt: number;
}

/** What the control API may do to an event on its way. */
export const WEBHOOK_TROUBLES = ['duplicate', 'reorder', 'drop', 'bad-signature', 'stale'] as const;
export type WebhookTrouble = (typeof WEBHOOK_TROUBLES)[number];

/** One event on its way to one subscription. */
export interface WebhookDelivery {
  /** The event's, and its envelope's. */
  readonly id: string;
  readonly subscriptionId: string;
  readonly type: string;
  /** The exact bytes, signed anew at each try. */
  readonly body: string;
  readonly createdAt: number;
  trouble: WebhookTrouble | undefined;
  tries: number;
  nextTryAt: number;
}
