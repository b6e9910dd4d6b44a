import { setTimeout as sleep } from 'node:timers/promises';
import { plainFetch } from './support/bank-calls.js';
import { type Spread, spread } from './support/numbers.js';
import { PlainBroadcast } from './support/plain-broadcast.js';
import { ms, printTable, printTitle, ratio } from './support/report.js';
import { Snapshots } from './support/snapshots.js';
import { inWorld, type World } from './support/world.js';

const SIZES = [1, 50, 500];
const EVENTS = 10;
// A page is seen at most once a second: sooner, nothing would be published.
const BETWEEN_EVENTS_MS = 1_100;

interface Source {
  url: string;
  intent: string;
  /** Makes something happen. @returns when it was committed, and the number of its event. */
  publish(): Promise<{ at: number; seq: number }>;
}

interface Result {
  receiptMs: Spread;
  statementsPerEvent: number;
}

/** How long after its commit an event reaches every one of many open streams on one intent. */
export async function eventFanout(): Promise<void> {
  printTitle(`event-fanout: ${EVENTS} events to up to ${SIZES.at(-1)} streams on one intent`);
  await inWorld(async (world) => {
    const service = await serviceSource(world);
    const plain = await plainSource(world, service.intent);
    const rows = [];
    for (const size of SIZES) {
      const ours = await measure(world, service, size);
      const theirs = await measure(world, plain, size);
      rows.push(rowOf(size, ours, theirs));
    }
    printTable(
      ['streams', 'p50', 'p95', 'max', 'plain p50', 'plain p95', 'ratio p50', 'SQL per event'],
      rows,
    );
  });
}

async function serviceSource({ url, bank, draft, statements }: World): Promise<Source> {
  const payee = await bank.payee('match');
  const { intent } = await draft({ externalRef: 'INV-1', amountCents: 12_345, payee });
  let seq = 1;
  return {
    url,
    intent,
    async publish() {
      statements.take();
      // The widget is told that somebody has opened the pay page.
      const answer = await plainFetch(`${url}/pay/${intent}`);
      await answer.arrayBuffer();
      const seen = statements.take();
      const commit = seen.find(({ text }) => text === 'commit');
      if (!commit) throw new Error(`the pay page got ${answer.status} and published nothing`);
      statements.putBack(seen);
      seq += 1;
      return { at: commit.endedAt, seq };
    },
  };
}

async function plainSource(world: World, intent: string): Promise<Source> {
  const broadcast = await PlainBroadcast.start(world);
  const answer = await plainFetch(`${world.url}/v1/intents/${intent}`);
  const snapshot = (await answer.json()) as object;
  return {
    url: broadcast.url,
    intent,
    publish: () => Promise.resolve(broadcast.publish(snapshot)),
  };
}

async function measure(world: World, source: Source, size: number): Promise<Result> {
  const streams = await Promise.all(
    Array.from({ length: size }, () => Snapshots.open(source.url, source.intent)),
  );
  try {
    const receipts: number[] = [];
    let statements = 0;
    for (let event = 0; event < EVENTS; event += 1) {
      await sleep(BETWEEN_EVENTS_MS);
      world.statements.take();
      const { at, seq } = await source.publish();
      const arrivals = await Promise.all(
        streams.map((stream) => stream.until((snapshot) => snapshot.seq === seq)),
      );
      receipts.push(...arrivals.map((arrival) => arrival.at - at));
      statements += world.statements.take().length;
    }
    return { receiptMs: spread(receipts), statementsPerEvent: Math.round(statements / EVENTS) };
  } finally {
    for (const stream of streams) stream.close();
  }
}

function rowOf(size: number, ours: Result, plain: Result): string[] {
  const { p50, p95, max } = ours.receiptMs;
  return [
    String(size),
    ...[p50, p95, max, plain.receiptMs.p50, plain.receiptMs.p95].map(ms),
    ratio(p50, plain.receiptMs.p50),
    String(ours.statementsPerEvent),
  ];
}
