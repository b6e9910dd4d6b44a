import { PaymentError } from '../payments/errors.js';
import type { Subscriber, WebhookEvent, WebhookEventStore } from './ports.js';
import { signedAt } from './signature.js';

interface InboxDeps {
  subscribers: { byToken(token: string): Promise<Subscriber | undefined> };
  events: Pick<WebhookEventStore, 'keep'>;
  /** Undefined: an event that we did not ask for. @throws PaymentError when it is none. */
  read: (body: Buffer) => WebhookEvent | undefined;
  /** There is something to work on. */
  wake: () => void;
}

/**
 * Takes what the bank tells us: checks that it is the bank, writes it down, and leaves the work for
 * afterwards. The bank gives us a second.
 */
export class WebhookInbox {
  readonly #deps: InboxDeps;

  constructor(deps: InboxDeps) {
    this.#deps = deps;
  }

  /** @throws PaymentError that tells why it was not taken. */
  async receive(message: {
    token: string;
    signature: string | undefined;
    body: Buffer;
  }): Promise<void> {
    const { subscribers, events, read, wake } = this.#deps;
    const { token, signature, body } = message;
    const subscriber = await subscribers.byToken(token);
    if (!subscriber) throw new PaymentError('not-found', 'Check the address.');
    const at = signedAt(signature, { body, secret: subscriber.secret });
    if (at === undefined) {
      const detail = 'Sign the exact bytes of the body with the secret of this subscription.';
      throw new PaymentError('webhook-signature-invalid', detail);
    }
    const outcome = await events.keep(read(body), { subscriber, signedAt: at });
    if (outcome === 'stale') {
      throw new PaymentError('webhook-stale', 'Sign it anew: this was signed long ago.');
    }
    if (outcome === 'kept') wake();
  }
}
