import type { Response } from 'express';
import type { Bank } from './bank.js';

const GATHER_MS = 25;
const HEARTBEAT_MS = 15_000;

/** Sends the view now and each time that it has changed, until the reader leaves. */
export function streamView(
  res: Response,
  { bank, event, view }: { bank: Bank; event: string; view: () => unknown },
): void {
  res.status(200).set({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  let lastSent: string | undefined;
  const send = () => {
    const text = JSON.stringify(view());
    if (text !== lastSent) res.write(`event: ${event}\ndata: ${text}\n\n`);
    lastSent = text;
  };
  let gathering: NodeJS.Timeout | undefined;
  const stopListening = bank.store.onChange(() => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      send();
    }, GATHER_MS);
  });
  // A session that runs out changes nothing in the books: the heartbeat looks again.
  const heartbeat = setInterval(() => {
    res.write(': still here\n\n');
    send();
  }, HEARTBEAT_MS);
  res.once('close', () => {
    stopListening();
    clearTimeout(gathering);
    clearInterval(heartbeat);
  });
  send();
}
