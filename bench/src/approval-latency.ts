import { setTimeout as sleep } from 'node:timers/promises';
import type { Approval } from './support/bank.js';
import { type Spread, seededRandom, spread } from './support/numbers.js';
import { MEMBERS, Payer } from './support/payer.js';
import { PlainPoller } from './support/plain-poller.js';
import { printTable, printTitle, ratio, spreadCells } from './support/report.js';
import { Snapshots } from './support/snapshots.js';
import { inWorld, type World } from './support/world.js';

const PAYMENTS = 100;
const AT_A_TIME = 20;
const DECIDED_AFTER_MS = { least: 2_000, most: 18_000 };
/** The service's pace (design: the bank's budget) at every age that is decided here. */
const POLL_INTERVAL_MS = 1_000;
const SEED = 20_251_120;
const FIRST_AMOUNT_CENTS = 10_000;

interface Sample {
  /** From the decision on the phone to the event on the widget's stream. */
  latencyMs: number;
  /** The part of it before the poll that read the decision was sent. */
  waitMs: number;
  /** The same for a program that asks the bank once per interval and does nothing else. */
  plainMs: number;
  polls: number;
  gapsMs: number[];
}

interface Order {
  payer: Payer;
  payee: { name: string; iban: string };
  amountCents: number;
  decideAfterMs: number;
}

/** How long after the decision on the phone the page that the payer looks at says so. */
export async function approvalLatency(): Promise<void> {
  printTitle(`approval-latency: ${PAYMENTS} payments, ${AT_A_TIME} at a time`);
  await inWorld(async (world) => {
    const orders = await prepare(world);
    const samples: Sample[] = [];
    const queue = [...orders];
    const lane = async (): Promise<void> => {
      for (let order = queue.shift(); order; order = queue.shift()) {
        samples.push(await pay(world, order));
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, lane));
    await assertPaid(world, orders);
    print(samples);
  });
}

async function prepare(world: World): Promise<Order[]> {
  const payee = await world.bank.payee('match');
  const random = seededRandom(SEED);
  const payers = await Promise.all(
    MEMBERS.map(async (who) => {
      const payer = new Payer(world.url, who);
      const externalRef = `SIGN-IN-${who.member}`;
      const { intent } = await world.draft({ externalRef, amountCents: 100, payee });
      await payer.signIn(intent);
      return payer;
    }),
  );
  const { least, most } = DECIDED_AFTER_MS;
  return Array.from({ length: PAYMENTS }, (_, index) => {
    const payer = payers[index % payers.length];
    if (!payer) throw new Error('there are members who pay');
    const decideAfterMs = least + random() * (most - least);
    return { payer, payee, amountCents: FIRST_AMOUNT_CENTS + index, decideAfterMs };
  });
}

async function pay(world: World, order: Order): Promise<Sample> {
  const { payer, payee, amountCents } = order;
  const externalRef = `INV-${amountCents}`;
  const { intent } = await world.draft({ externalRef, amountCents, payee });
  const seen = await payer.see(intent);
  const stream = await Snapshots.open(world.url, intent);
  try {
    await payer.confirm(seen);
    await stream.until(({ status }) => status === 'approval_needed');
    const approval = await world.bank.approvalOf(amountCents);
    const poller = await PlainPoller.start(world.bank, approval, POLL_INTERVAL_MS);
    const decidedAt = await decide(world, approval, order.decideAfterMs);
    const told = await stream.until(({ status }) => status !== 'approval_needed');
    const plainMs = (await poller.firstAllow()) - decidedAt;
    const { snapshot } = await stream.until(({ final }) => final);
    if (snapshot.status !== 'settled') throw new Error(`a payment ended ${snapshot.status}`);
    return { ...pollsOf(world, approval, decidedAt), latencyMs: told.at - decidedAt, plainMs };
  } finally {
    stream.close();
  }
}

/** @returns when the request left, so the bank's own time to take the decision counts against us. */
async function decide({ bank }: World, approval: Approval, afterMs: number): Promise<number> {
  await sleep(Math.max(0, Date.parse(approval.created_at) + afterMs - Date.now()));
  const decidedAt = performance.now();
  await bank.allow(approval.token);
  return decidedAt;
}

function pollsOf({ bankCalls }: World, { token }: Approval, decidedAt: number) {
  const polls = bankCalls.since(0).filter(({ path }) => path === `/v2/sca_sessions/${token}`);
  const last = polls.find(
    ({ text }) => (JSON.parse(text) as { result: string }).result === 'allow',
  );
  if (!last) throw new Error('a payment went on without a poll that read "allow"');
  const gapsMs = polls
    .slice(1)
    .map((poll, index) => poll.startedAt - (polls[index]?.startedAt ?? 0));
  return { polls: polls.length, gapsMs, waitMs: Math.max(0, last.startedAt - decidedAt) };
}

/** One transfer for each payment, of its amount, to its payee, and no other. */
async function assertPaid({ bank }: World, orders: readonly Order[]): Promise<void> {
  const transfers = await bank.transfers();
  const paid = transfers.map((one) => `${one.amount_cents} ${one.credit_iban} ${one.status}`);
  const wanted = orders.map(({ amountCents, payee }) => `${amountCents} ${payee.iban} settled`);
  if (JSON.stringify(paid.sort()) !== JSON.stringify(wanted.sort())) {
    throw new Error(`the bank's ledger is wrong: ${paid.length} transfers\n${paid.join('\n')}`);
  }
}

function print(samples: readonly Sample[]): void {
  const latency = spread(samples.map(({ latencyMs }) => latencyMs));
  const wait = spread(samples.map(({ waitMs }) => waitMs));
  const own = spread(samples.map(({ latencyMs, waitMs }) => latencyMs - waitMs));
  const plain = spread(samples.map(({ plainMs }) => plainMs));
  const gaps = spread(samples.flatMap(({ gapsMs }) => gapsMs));
  const interval = `${POLL_INTERVAL_MS / 1000} s`;
  const row = (name: string, of: Spread, every = interval) => [name, ...spreadCells(of), every];
  printTable(
    ['approved on the phone until', 'p50', 'p95', 'max', 'poll interval'],
    [
      row('the event on the stream', latency),
      row('  of it: waiting for the next poll', wait),
      row('  of it: poll, replay, publish', own),
      row('baseline: a plain poller reads it', plain),
      row('between two polls of a payment', gaps),
    ],
  );
  const [p50, p95] = [ratio(latency.p50, plain.p50), ratio(latency.p95, plain.p95)];
  console.log(`ratio to the plain poller: p50 ${p50}, p95 ${p95}`);
  const polls = spread(samples.map((sample) => sample.polls));
  console.log(`polls per payment: p50 ${polls.p50}, p95 ${polls.p95}, max ${polls.max}`);
  console.log(`${samples.length} of ${samples.length} settled, the bank's ledger agrees`);
  const { least, most } = DECIDED_AFTER_MS;
  console.log(
    `decided at an age of ${least / 1000} to ${most / 1000} s; the interval is ${interval}`,
  );
}
