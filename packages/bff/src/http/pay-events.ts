import { isDeepStrictEqual } from 'node:util';
import type { PayState } from '@qonto-pay/shared';
import type { RequestHandler } from 'express';
import type { PayPageService } from '../payments/pay-page-service.js';
import type { Log } from '../payments/ports.js';
import type { OpenStreams } from './event-routes.js';
import { coalesced, EventStream } from './event-stream.js';
import type { Payers } from './payer.js';
import type { IntentWakes } from './snapshot-feeds.js';

/** The pay page's stream: `event: state` with the whole state, whenever it has changed. */
export function payEvents(deps: {
  payers: Payers;
  pages: PayPageService;
  wakes: IntentWakes;
  streams: OpenStreams;
  log: Log;
}): RequestHandler {
  return async (req, res) => {
    const { intentId, partner } = await deps.payers.of(req);
    // Gone meanwhile: its `close` has been, and will not come again.
    if (res.destroyed) return;
    let shown: PayState | undefined;
    let connectionId: string | undefined;
    const look = async (): Promise<void> => {
      // The session is read anew: a sign-out in another tab ends what this one may see.
      const { session } = await deps.payers.of(req);
      connectionId = session?.connectionId;
      const state = await deps.pages.state(partner, intentId, session);
      if (shown && isSame(shown, state)) return;
      shown = state;
      await stream.send({ name: 'state', data: state });
    };
    const wake = coalesced(look, (error) => {
      deps.log.warn({ event: 'stream-failed', intentId, error });
    });
    // Before the first look nothing can be missed; nobody signed in has nothing to miss.
    const seq = () => shown?.snapshot?.seq ?? Number.POSITIVE_INFINITY;
    const leave = deps.wakes.subscribe({
      ...{ intentId, seq, wake },
      connectionId: () => connectionId,
    });
    const stream = new EventStream(req, res, {
      large: true,
      onClose() {
        leave();
        deps.streams.delete(stream);
      },
    });
    deps.streams.add(stream);
    wake();
  };
}

/** Apart from the time of day. */
function isSame(one: PayState, other: PayState): boolean {
  const timeless = (state: PayState) => ({
    ...state,
    serverTime: '',
    snapshot: state.snapshot && { ...state.snapshot, serverTime: '' },
  });
  return isDeepStrictEqual(timeless(one), timeless(other));
}
