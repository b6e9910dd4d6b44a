import { setTimeout as sleep } from 'node:timers/promises';
import { plainFetch } from './support/bank-calls.js';
import { type Spread, seededRandom, spread } from './support/numbers.js';
import { Payer } from './support/payer.js';
import { printTable, printTitle, ratio, spreadCells } from './support/report.js';
import { Snapshots } from './support/snapshots.js';
import { inWorld, type World } from './support/world.js';

const LINKS = 60;
const AT_A_TIME = 20;
/** The service's pace while a link is younger than ten minutes. */
const POLL_INTERVAL_MS = 5_000;
const PAID_AFTER_MS = { least: 1_000, most: 1_000 + 2 * POLL_INTERVAL_MS };
const SUBSCRIBED_WITHIN_MS = 30_000;
const LOOK_AGAIN_MS = 100;
const SEED = 20_261_120;
const FIRST_AMOUNT_CENTS = 20_000;

/** How long after a client has paid the page of whoever collects says so. */
export async function linkLatency(): Promise<void> {
  printTitle(`link-latency: ${LINKS} links, ${AT_A_TIME} at a time, told and asked for`);
  const told = await latencies({ QONTO_WEBHOOKS: 'on' });
  const polled = await latencies({ QONTO_WEBHOOKS: 'off' });
  print(told, polled);
}

async function latencies(env: { QONTO_WEBHOOKS: 'on' | 'off' }): Promise<Spread> {
  const samples: number[] = [];
  await inWorld(async (world) => {
    const payer = await prepare(world, env.QONTO_WEBHOOKS === 'on');
    const random = seededRandom(SEED);
    const { least, most } = PAID_AFTER_MS;
    const queue = Array.from({ length: LINKS }, (_, index) => ({
      amountCents: FIRST_AMOUNT_CENTS + index,
      payAfterMs: least + random() * (most - least),
    }));
    const lane = async (): Promise<void> => {
      for (let order = queue.shift(); order; order = queue.shift()) {
        samples.push(await collect(world, payer, order));
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, lane));
    await assertPaid(world);
  }, env);
  return spread(samples);
}

async function prepare({ url, bank, draftLink }: World, isTold: boolean): Promise<Payer> {
  await bank.acceptPayments('alice');
  const payer = new Payer(url, { member: 'alice', name: 'Alice Martin' });
  const { intent } = await draftLink(FIRST_AMOUNT_CENTS - 1);
  await payer.signIn(intent, 'collect');
  for (const until = performance.now() + SUBSCRIBED_WITHIN_MS; isTold; ) {
    if ((await bank.subscriptions()).length > 0) break;
    if (performance.now() > until) throw new Error('the bank was not asked to tell what changes');
    await sleep(LOOK_AGAIN_MS);
  }
  return payer;
}

/** @returns from when the client's payment left until the event came, the bank's own time included. */
async function collect(
  world: World,
  payer: Payer,
  order: { amountCents: number; payAfterMs: number },
): Promise<number> {
  const { intent } = await world.draftLink(order.amountCents);
  const stream = await Snapshots.open(world.url, intent);
  try {
    await payer.collect(intent);
    const { snapshot } = await stream.until(({ link }) => link != null);
    await sleep(order.payAfterMs);
    const paidAt = performance.now();
    const paid = await plainFetch(snapshot.link?.url ?? '', {
      ...{ method: 'POST', redirect: 'manual' },
      body: new URLSearchParams({ method: 'ideal', email: 'client@example.com' }),
    });
    if (paid.status !== 303) throw new Error(`a payment got ${paid.status}`);
    const told = await stream.until(({ status }) => status === 'paid');
    return told.at - paidAt;
  } finally {
    stream.close();
  }
}

/** One link for each invoice, and each is paid. */
async function assertPaid({ database }: World): Promise<void> {
  const { rows } = await database.query<{ made: number; paid: number }>(
    `select count(*)::int as made, count(*) filter (where status = 'paid')::int as paid
     from links`,
  );
  if (rows[0]?.made === LINKS && rows[0].paid === LINKS) return;
  throw new Error(`of ${LINKS} links there are ${JSON.stringify(rows[0])}`);
}

function print(told: Spread, polled: Spread): void {
  printTable(
    ['paid at the bank until the event on the stream', 'p50', 'p95', 'max'],
    [
      ['told by webhook', ...spreadCells(told)],
      [`asked for every ${POLL_INTERVAL_MS / 1000} s`, ...spreadCells(polled)],
    ],
  );
  const [p50, p95] = [ratio(told.p50, polled.p50), ratio(told.p95, polled.p95)];
  console.log(`ratio of the two: p50 ${p50}, p95 ${p95}`);
}
