import type { Snapshot } from '@qonto-pay/shared';
import type { Request, RequestHandler } from 'express';
import { type IntentService, intentNotFound } from '../payments/intent-service.js';
import type { Log } from '../payments/ports.js';
import { coalesced, EventStream } from './event-stream.js';
import { allowOrigin, type Origins } from './intent-routes.js';

/** Published snapshots, in order. */
export interface PublishedEvents {
  after(intentId: string, seq: number): Promise<{ snapshots: Snapshot[]; now: Date }>;
}

/** Says when an intent has changed. `seq`: the number of the event that the reader has seen. */
export interface IntentWakes {
  subscribe(reader: { intentId: string; seq: () => number; wake: () => void }): () => void;
}

/** The open streams of this process, so that a shutdown can end them. */
export class OpenStreams {
  readonly #streams = new Set<EventStream>();

  add(stream: EventStream): void {
    this.#streams.add(stream);
  }

  delete(stream: EventStream): void {
    this.#streams.delete(stream);
  }

  endAll(): void {
    for (const stream of this.#streams) stream.end();
  }
}

/**
 * `GET /v1/intents/{id}/events`: the current snapshot first, or after `Last-Event-ID` each missed
 * one in order; then each as it is published.
 */
export function intentEvents(deps: {
  intents: IntentService;
  events: PublishedEvents;
  wakes: IntentWakes;
  origins: Origins;
  streams: OpenStreams;
  log: Log;
}): RequestHandler {
  return async (req, res) => {
    const intentId = String(req.params.intent);
    const found = await deps.intents.snapshot(intentId);
    if (!found) throw intentNotFound();
    allowOrigin(req, res, (origin) => deps.origins.allows(found.partnerId, origin));
    const lastSeen = lastEventId(req, found.snapshot.seq);
    let seq = lastSeen ?? found.snapshot.seq;

    const catchUp = async (): Promise<void> => {
      // Publishes what changed unseen: another intent's payment, the passing of time.
      await deps.intents.snapshot(intentId);
      const { snapshots, now } = await deps.events.after(intentId, seq);
      for (const snapshot of snapshots) {
        seq = snapshot.seq;
        send({ ...snapshot, serverTime: now.toISOString() });
      }
    };
    const wake = coalesced(catchUp, (error) => {
      deps.log.warn({ event: 'stream-failed', intentId, error });
    });
    const leave = deps.wakes.subscribe({ intentId, seq: () => seq, wake });
    const stream = new EventStream(req, res, () => {
      leave();
      deps.streams.delete(stream);
    });
    deps.streams.add(stream);
    const send = (snapshot: Snapshot) =>
      stream.send({ name: 'snapshot', id: snapshot.seq, data: snapshot });
    if (lastSeen === undefined) send(found.snapshot);
    wake();
  };
}

/** A number that we have given out; anything else means "begin with the current snapshot". */
function lastEventId(req: Request, current: number): number | undefined {
  const given = req.get('Last-Event-ID') ?? '';
  if (!/^\d{1,9}$/.test(given)) return undefined;
  return Number(given) <= current ? Number(given) : undefined;
}
