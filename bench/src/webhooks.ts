import { setTimeout as sleep } from 'node:timers/promises';
import { plainFetch } from './support/bank-calls.js';
import { percentile } from './support/numbers.js';
import { Payer } from './support/payer.js';
import { startPlainInbox } from './support/plain-inbox.js';
import { ms, printTable, printTitle, ratio } from './support/report.js';
import { signedEvent } from './support/signed-events.js';
import { inWorld, type World } from './support/world.js';

const PER_SECOND = 200;
const ROUNDS = 4;
const ROUND_SECONDS = 5;
const SENT = PER_SECOND * ROUNDS * ROUND_SECONDS;
const WORKED_WITHIN_MS = 30_000;
const LOOK_AGAIN_MS = 100;

interface Inbox {
  url: string;
  secret: string;
}

/** How long the bank waits until an event is acknowledged, at a steady rate. */
export async function webhooks(): Promise<void> {
  printTitle(`webhooks: ${SENT} events, ${PER_SECOND} a second`);
  const env = { QONTO_WEBHOOKS: 'on' };
  await inWorld(async (world) => {
    const ours = await subscribed(world);
    const plain = { ...ours, ...(await startPlainInbox(world, ours.secret)) };
    await Promise.all([round(ours, 1), round(plain, 1)]);
    const [oursMs, plainMs]: [number[], number[]] = [[], []];
    for (let index = 0; index < ROUNDS; index += 1) {
      oursMs.push(...(await round(ours, ROUND_SECONDS)));
      plainMs.push(...(await round(plain, ROUND_SECONDS)));
    }
    const endedAt = performance.now();
    await assertWorked(world, SENT + PER_SECOND);
    print(oursMs, plainMs);
    console.log(`all worked on ${ms(performance.now() - endedAt)} after the last round`);
  }, env);
}

/** A member signs in, and the service asks the bank to tell it of what changes. */
async function subscribed({ url, bank, draft }: World): Promise<Inbox> {
  const payee = await bank.payee('match');
  const { intent } = await draft({ externalRef: 'INV-1', amountCents: 12_345, payee });
  await new Payer(url, { member: 'alice', name: 'Alice Martin' }).signIn(intent);
  for (const until = performance.now() + WORKED_WITHIN_MS; performance.now() < until; ) {
    const [subscription] = await bank.subscriptions();
    if (subscription) return { url: subscription.callback_url, secret: subscription.secret };
    await sleep(LOOK_AGAIN_MS);
  }
  throw new Error('the bank was not asked to tell what changes');
}

/** Each is sent when its time has come, whether or not the ones before it are answered. */
async function round(inbox: Inbox, seconds: number): Promise<number[]> {
  const startedAt = performance.now();
  const answers: Promise<number>[] = [];
  for (let index = 0; index < PER_SECOND * seconds; index += 1) {
    const dueAt = startedAt + (index * 1000) / PER_SECOND;
    const waitMs = dueAt - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    answers.push(acknowledged(inbox, dueAt));
  }
  return Promise.all(answers);
}

/** Counted from when it was due: a sender that comes late for our slowness is our slowness. */
async function acknowledged({ url, secret }: Inbox, dueAt: number): Promise<number> {
  const { body, signature } = signedEvent(secret);
  const answer = await plainFetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Qonto-Signature': signature },
    body,
  });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`an event was answered with ${answer.status}`);
  return performance.now() - dueAt;
}

/** Every event was kept once, and has been worked on. */
async function assertWorked({ database }: World, expected: number): Promise<void> {
  let seen = '';
  for (const until = performance.now() + WORKED_WITHIN_MS; performance.now() < until; ) {
    const { rows } = await database.query<{ kept: number; done: number }>(
      `select count(*)::int as kept, count(done_at)::int as done from webhook_events
       where organization_id <> 'plain'`,
    );
    if (rows[0]?.kept === expected && rows[0].done === expected) return;
    seen = JSON.stringify(rows[0]);
    await sleep(LOOK_AGAIN_MS);
  }
  throw new Error(`${expected} events were sent, and there are ${seen}`);
}

function print(oursMs: readonly number[], plainMs: readonly number[]): void {
  const shares = [0.5, 0.95, 0.99, 1];
  const row = (name: string, values: readonly number[]) => [
    name,
    ...shares.map((share) => ms(percentile(values, share))),
  ];
  printTable(
    ['acknowledged after', 'p50', 'p95', 'p99', 'max'],
    [row('the service', oursMs), row('plain', plainMs)],
  );
  const ratios = [0.5, 0.99].map((share) =>
    ratio(percentile(oursMs, share), percentile(plainMs, share)),
  );
  console.log(`ratio to the plain handler: p50 ${ratios[0]}, p99 ${ratios[1]}`);
}
