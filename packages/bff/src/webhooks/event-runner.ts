import { isBankSilence } from '../payments/errors.js';
import { LeaseRunner } from '../payments/lease-runner.js';
import type { Log } from '../payments/ports.js';
import type { Connections, LeasedEvent, Wakes, WebhookEventStore } from './ports.js';

/** A look that began before the event came is over soon. */
const BUSY_MS = 500;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 600_000;

interface EventRunnerDeps {
  events: WebhookEventStore;
  wakes: Wakes;
  connections: Connections;
  log: Log;
}

/**
 * Works on the events that were kept. Each is a wake-up only, and what is so is then read from the
 * bank: an event that comes twice, late or before an earlier one does no harm.
 */
export function eventRunner({ events, wakes, connections, log }: EventRunnerDeps) {
  return new LeaseRunner<LeasedEvent>({
    log,
    lease: (limit) => events.lease(limit),
    async step(event) {
      if (await isDone(event)) await events.finish(event);
      else await events.putOff(event, BUSY_MS);
    },
    async failed(event, error) {
      const said = { partnerId: event.partnerId, cause: event.topic, error };
      if (isBankSilence(error)) log.warn({ event: 'webhook-put-off', ...said });
      else log.error({ event: 'webhook-failed', ...said });
      await events.putOff(event, waitMs(event.tries));
    },
  });

  async function isDone(event: LeasedEvent): Promise<boolean> {
    switch (event.topic) {
      case 'transfers':
        return wakes.transfer(event);
      case 'payment-links':
        return wakes.link(event);
      case 'consent-revocations':
        await endRevoked(event);
        return true;
    }
  }

  /** Whose consent it was is not told for sure, and a late event tells of an old one: so we ask. */
  async function endRevoked(event: LeasedEvent): Promise<void> {
    const doubtful: unknown[] = [];
    for (const connectionId of await connections.of(event)) {
      // One about whom nobody can tell now must not delay the end of the others.
      await endIfRevoked(connectionId).catch((error: unknown) => doubtful.push(error));
    }
    if (doubtful.length > 0) throw doubtful[0];
  }

  async function endIfRevoked(connectionId: string): Promise<void> {
    if (!(await connections.verify(connectionId))) await connections.end(connectionId);
  }
}

const waitMs = (tries: number): number =>
  Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 20), LONGEST_WAIT_MS);
