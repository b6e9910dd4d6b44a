import type { Snapshot } from '@qonto-pay/shared';
import { type BffClient, intentPath } from './bff-client.js';
import { IntentStream } from './intent-stream.js';

/** A browser has six HTTP/1.1 connections per host for all of its tabs. */
const MAX_STREAMS = 2;
const POLL_MS = 2_000;

/** All intents of the page that can change: the newest two have streams, the rest are polled. */
const streams = new Map<string, IntentStream>();
let pollTimer: ReturnType<typeof setTimeout> | undefined;

/** Calls `take` with every snapshot of the intent until the answer is called. */
export function watchIntent(
  client: BffClient,
  intent: string,
  take: (snapshot: Snapshot) => void,
): () => void {
  const key = client.base + intent;
  const stream = streams.get(key) ?? new IntentStream(client, intent);
  stream.takers.add(take);
  streams.set(key, stream);
  allot();
  return () => {
    stream.takers.delete(take);
    if (stream.takers.size > 0) return;
    stream.close();
    streams.delete(key);
    allot();
  };
}

function allot(): void {
  [...streams.values()].reverse().forEach((stream, index) => {
    if (index < MAX_STREAMS) stream.open();
    else stream.close();
  });
  pollLater();
}

function pollLater(): void {
  clearTimeout(pollTimer);
  if (streams.size > 0) pollTimer = setTimeout(() => void poll(), POLL_MS);
}

async function poll(): Promise<void> {
  const due = [...streams.values()].filter((stream) => !stream.isFlowing);
  const bases = new Set(due.map((stream) => stream.client.base));
  for (const base of bases) await askTogether(due.filter((stream) => stream.client.base === base));
  pollLater();
}

async function askTogether(due: IntentStream[]): Promise<void> {
  const [first] = due;
  const ids = due.map((stream) => stream.intent);
  const path = ids[1] ? `/v1/intents?ids=${ids}` : intentPath(`${ids}`);
  const answer = await first?.client.snapshots(path);
  if (typeof answer !== 'object') return;
  for (const stream of due)
    stream.deliver(answer.filter((snapshot) => snapshot.id === stream.intent));
}
