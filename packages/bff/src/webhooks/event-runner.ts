import { isBankSilence } from '../payments/errors.js';
import { LeaseRunner } from '../payments/lease-runner.js';
import type { Log } from '../payments/ports.js';
import type { Consents, LeasedEvent, Wakes, WebhookEventStore } from './ports.js';

/** A look that began before the event came is over soon. */
const BUSY_MS = 500;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 600_000;
/** Longer than the bank itself repeats an event. */
const GIVE_UP_MS = 8 * 24 * 3_600_000;

interface EventRunnerDeps {
  events: WebhookEventStore;
  wakes: Wakes;
  consents: Consents;
  /** Whether the member's consent still stands. @throws BankUnavailableError when nobody can tell. */
  verify: (connectionId: string) => Promise<boolean>;
  log: Log;
}

/**
 * Works on the events that were kept. Each is a wake-up only, and what is so is then read from the
 * bank: an event that comes twice, late or before an earlier one does no harm.
 */
export function eventRunner({ events, wakes, consents, verify, log }: EventRunnerDeps) {
  return new LeaseRunner<LeasedEvent>({
    log,
    lease: (limit) => events.lease(limit),
    async step(event) {
      const againInMs = await workOn(event);
      if (againInMs === undefined) await events.finish(event);
      else await events.putOff(event, againInMs);
    },
    async failed(event, error) {
      const said = { partnerId: event.partnerId, cause: event.topic, error };
      if (event.ageMs > GIVE_UP_MS) {
        log.error({ event: 'webhook-given-up', ...said });
        await events.finish(event);
        return;
      }
      if (isBankSilence(error)) log.warn({ event: 'webhook-put-off', ...said });
      else log.error({ event: 'webhook-failed', ...said });
      await events.putOff(event, waitMs(event.tries));
    },
  });

  /** @returns when there is more to do; undefined: it is done. */
  async function workOn(event: LeasedEvent): Promise<number | undefined> {
    switch (event.topic) {
      case 'transfers':
        return (await wakes.transfer(event)) ? undefined : BUSY_MS;
      case 'payment-links':
        return (await wakes.link(event)) ? undefined : BUSY_MS;
      case 'payment-provider':
        return (await wakes.provider(event)) ? undefined : BUSY_MS;
      case 'consent-revocations':
        return endRevoked(event);
    }
  }

  /** Whose consent it was is not told for sure, and a late event tells of an old one: so we ask. */
  async function endRevoked(event: LeasedEvent): Promise<number | undefined> {
    const doubtful = await consents.doubtful(event);
    const silences: unknown[] = [];
    for (const { connectionId } of doubtful.filter(({ dueInMs }) => dueInMs === 0)) {
      // One about whom nobody can tell now must not delay the end of the others.
      await endIfRevoked(connectionId, event).catch((error: unknown) => silences.push(error));
    }
    if (silences.length > 0) throw silences[0];
    const later = doubtful.map(({ dueInMs }) => dueInMs).filter((dueInMs) => dueInMs > 0);
    return later.length > 0 ? Math.min(...later) : undefined;
  }

  async function endIfRevoked(connectionId: string, event: LeasedEvent): Promise<void> {
    if (await verify(connectionId)) await consents.stands(connectionId, event);
    else await consents.end(connectionId);
  }
}

const waitMs = (tries: number): number =>
  Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 20), LONGEST_WAIT_MS);
