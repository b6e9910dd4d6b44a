import type { Snapshot } from '@qonto-pay/shared';
import type { BffClient } from './bff-client.js';
import { IntentStream } from './intent-stream.js';

/** A browser has six HTTP/1.1 connections per host for all of its tabs. */
const MAX_STREAMS = 2;
const POLL_MS = 2_000;
/** The BFF answers for 400 at most; an address of 100 is within what every proxy takes. */
const IDS_PER_REQUEST = 100;

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
  for (const group of Map.groupBy(due, (stream) => stream.client.base).values())
    for (let first = 0; first < group.length; first += IDS_PER_REQUEST)
      await askTogether(group.slice(first, first + IDS_PER_REQUEST));
  pollLater();
}

async function askTogether(due: IntentStream[]): Promise<void> {
  const { client } = due[0] as IntentStream;
  const ids = due.map((stream) => stream.intent);
  const answer = await client.snapshots(
    ids[1] ? `/v1/intents?ids=${ids}` : client.pathOf(`${ids}`),
  );
  if (typeof answer !== 'object') return;
  for (const stream of due)
    stream.deliver(answer.filter((snapshot) => snapshot.id === stream.intent));
}
