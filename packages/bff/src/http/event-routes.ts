import type { Snapshot } from '@qonto-pay/shared';
import type { Request, RequestHandler } from 'express';
import { type IntentService, intentNotFound } from '../payments/intent-service.js';
import { EventStream } from './event-stream.js';
import { allowOrigin, type Origins } from './intent-routes.js';
import type { SnapshotFeeds } from './snapshot-feeds.js';

/** From here on an event is 2 kB and more. */
const MANY_ITEMS = 50;

/** The open streams of this process, so that a shutdown can end them. */
export class OpenStreams {
  readonly #streams = new Set<EventStream>();
  #isClosing = false;

  add(stream: EventStream): void {
    if (this.#isClosing) stream.end();
    else this.#streams.add(stream);
  }

  delete(stream: EventStream): void {
    this.#streams.delete(stream);
  }

  endAll(): void {
    this.#isClosing = true;
    for (const stream of this.#streams) stream.end();
  }
}

/**
 * `GET /v1/intents/{id}/events`: the current snapshot first, or after `Last-Event-ID` each missed
 * one in order; then each as it is published.
 */
export function intentEvents(deps: {
  intents: IntentService;
  feeds: SnapshotFeeds;
  origins: Origins;
  streams: OpenStreams;
}): RequestHandler {
  return async (req, res) => {
    const intentId = String(req.params.intent);
    const found = await deps.intents.snapshot(intentId);
    if (!found) throw intentNotFound();
    allowOrigin(req, res, (origin) => deps.origins.allows(found.partnerId, origin));
    // Gone meanwhile: its `close` has been, and will not come again.
    if (res.destroyed) return;
    const stream = new EventStream(req, res, {
      large: found.snapshot.count >= MANY_ITEMS,
      onClose() {
        leave();
        deps.streams.delete(stream);
      },
    });
    deps.streams.add(stream);
    const send = (snapshot: Snapshot) =>
      void stream.send({ name: 'snapshot', id: snapshot.seq, data: snapshot });
    const current = found.snapshot;
    const lastSeen = lastEventId(req, current.seq);
    if (lastSeen === undefined) send(current);
    const leave = deps.feeds.follow(intentId, lastSeen ?? current.seq, send);
  };
}

/** A number that we have given out; anything else means "begin with the current snapshot". */
function lastEventId(req: Request, current: number): number | undefined {
  const given = req.get('Last-Event-ID') ?? '';
  if (!/^\d{1,9}$/.test(given)) return undefined;
  return Number(given) <= current ? Number(given) : undefined;
}
