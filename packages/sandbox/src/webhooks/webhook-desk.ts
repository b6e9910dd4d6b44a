import { randomUUID } from 'node:crypto';
import type { BankClock } from '../clock.js';
import type { FaultDesk } from '../faults.js';
import type { StateStore } from '../state-store.js';
import { post } from './post.js';
import { signatureHeader } from './signature.js';
import type { WebhookDelivery, WebhookSubscription } from './subscription.js';

/** Facts 4.13: exponential back-off "for a few days", on the bank's clock. */
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 12 * 3_600_000;
const GIVES_UP_AFTER_MS = 3 * 86_400_000;
const STALE_BY_SECONDS = 600;
const HELD_BACK_MS = 5_000;
const MOST_TRIES_KEPT = 200;

/** Something to tell whoever has asked for its type. */
export interface WebhookEvent {
  readonly type: string;
  readonly organizationId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One POST to a subscriber, as the control API tells it. */
export interface WebhookTry {
  readonly id: string;
  readonly subscription_id: string;
  readonly type: string;
  readonly at: string;
  readonly outcome: number | 'no answer' | 'dropped';
}

/** Brings events to their subscribers: at least once, in no order, signed anew at each try. */
export class WebhookDesk {
  readonly #store: StateStore;
  readonly #clock: BankClock;
  readonly #faults: FaultDesk;
  readonly #closing = new AbortController();
  readonly #running = new Set<string>();
  #tries: WebhookTry[] = [];

  constructor(parts: {
    readonly store: StateStore;
    readonly clock: BankClock;
    readonly faults: FaultDesk;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#faults = parts.faults;
  }

  /** The newest last. */
  get tries(): readonly WebhookTry[] {
    return this.#tries;
  }

  get nextStepAt(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { id, nextTryAt } of this.#store.current.webhookDeliveries.values()) {
      if (!this.#running.has(id)) next = Math.min(next, nextTryAt);
    }
    return next;
  }

  reload(): void {
    this.#running.clear();
    this.#tries = [];
  }

  close(): void {
    this.#closing.abort();
  }

  subscribersOf({ type, organizationId }: Omit<WebhookEvent, 'data'>): WebhookSubscription[] {
    return [...this.#store.current.webhookSubscriptions.values()].filter(
      (subscription) =>
        subscription.organizationId === organizationId && subscription.types.includes(type),
    );
  }

  /** Writes an event down for each subscriber; it leaves as soon as the bank looks at its clock. */
  announce(event: WebhookEvent): void {
    const now = this.#clock.now();
    for (const subscription of this.subscribersOf(event)) {
      const { pathname } = new URL(subscription.callbackUrl);
      const trouble = this.#faults.webhookTroubleFor({ type: event.type, path: pathname });
      const delivery: WebhookDelivery = {
        ...{ id: randomUUID(), subscriptionId: subscription.id, type: event.type },
        ...{ body: '', createdAt: now, trouble, tries: 0 },
        nextTryAt: trouble === 'reorder' ? now + HELD_BACK_MS : now,
      };
      const body = JSON.stringify(envelopeOf(event, delivery, subscription));
      this.#store.current.webhookDeliveries.set(delivery.id, { ...delivery, body });
      this.#store.touch();
    }
  }

  catchUp(): void {
    const now = this.#clock.now();
    for (const delivery of this.#store.current.webhookDeliveries.values()) {
      if (delivery.nextTryAt > now || this.#running.has(delivery.id)) continue;
      this.#running.add(delivery.id);
      void this.#try(delivery);
    }
  }

  async #try(delivery: WebhookDelivery): Promise<void> {
    const deliveries = this.#store.current.webhookDeliveries;
    const subscription = this.#store.current.webhookSubscriptions.get(delivery.subscriptionId);
    if (!subscription || delivery.trouble === 'drop') {
      this.#write(delivery, 'dropped');
      this.#running.delete(delivery.id);
      deliveries.delete(delivery.id);
      return;
    }
    const { trouble } = delivery;
    const outcome = await this.#send(delivery, subscription);
    if (trouble === 'duplicate' && isDone(outcome)) await this.#send(delivery, subscription);
    // The bank may have been closed or reset meanwhile.
    if (this.#closing.signal.aborted || deliveries !== this.#store.current.webhookDeliveries)
      return;
    this.#running.delete(delivery.id);
    if (isDone(outcome)) this.#finish(delivery);
    else this.#putOff(delivery);
    this.#store.touch();
  }

  async #send(delivery: WebhookDelivery, subscription: WebhookSubscription) {
    const isStale = delivery.trouble === 'stale';
    const seconds = this.#clock.nowSeconds() - (isStale ? STALE_BY_SECONDS : 0);
    const secret =
      delivery.trouble === 'bad-signature' ? `not ${subscription.secret}` : subscription.secret;
    const outcome = await post(subscription.callbackUrl, {
      body: delivery.body,
      signature: signatureHeader(delivery.body, { secret, seconds }),
      signal: this.#closing.signal,
    });
    this.#write(delivery, outcome);
    return outcome;
  }

  #finish(delivery: WebhookDelivery): void {
    const deliveries = this.#store.current.webhookDeliveries;
    deliveries.delete(delivery.id);
    for (const other of deliveries.values()) {
      // What was held back comes right behind its successor.
      const isHeld = other.trouble === 'reorder' && other.tries === 0;
      if (isHeld && other.subscriptionId === delivery.subscriptionId) other.nextTryAt = 0;
    }
  }

  #putOff(delivery: WebhookDelivery): void {
    const now = this.#clock.now();
    if (now - delivery.createdAt >= GIVES_UP_AFTER_MS) {
      this.#store.current.webhookDeliveries.delete(delivery.id);
      return;
    }
    delivery.trouble = undefined;
    delivery.tries += 1;
    delivery.nextTryAt = now + Math.min(FIRST_WAIT_MS * 2 ** (delivery.tries - 1), LONGEST_WAIT_MS);
  }

  #write({ id, subscriptionId, type }: WebhookDelivery, outcome: WebhookTry['outcome']): void {
    const at = new Date(this.#clock.now()).toISOString();
    this.#tries.push({ id, subscription_id: subscriptionId, type, at, outcome });
    if (this.#tries.length > MOST_TRIES_KEPT) this.#tries.shift();
  }
}

function isDone(outcome: WebhookTry['outcome']): boolean {
  return typeof outcome === 'number' && outcome >= 200 && outcome < 300;
}

function envelopeOf(
  { type, data }: WebhookEvent,
  { id, createdAt }: WebhookDelivery,
  subscription: WebhookSubscription,
) {
  return {
    id,
    subscription_id: subscription.id,
    organization_id: subscription.organizationId,
    membership_id: subscription.membershipId,
    type,
    created_at: new Date(createdAt).toISOString(),
    data,
  };
}
