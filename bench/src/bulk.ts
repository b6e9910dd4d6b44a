import { BulkDesk } from './bulk/bulk-desk.js';
import { PlainBulk } from './bulk/plain-bulk.js';
import { medianOf, POLL, type SettledBulk, settleOne, TOTAL } from './bulk/settled-bulk.js';
import { spread } from './support/numbers.js';
import { ms, printTable, printTitle, ratio } from './support/report.js';
import type { Traffic } from './support/statements.js';
import { rowsOfConfirm } from './support/stored-rows.js';
import { inWorld, type World } from './support/world.js';

const ROWS = 400;
const RUNS = 20;
const WARM_UPS = 2;
const SETTLED_RUNS = 3;

/** A measured confirmation, or a baseline's. */
interface Times {
  totalMs: number;
  bankMs: number;
}

/** What 400 rows cost from the confirmation to the end, beside a plain handler and one row. */
export async function bulk(): Promise<void> {
  printTitle(`bulk: ${RUNS} confirmations of ${ROWS} rows, ${SETTLED_RUNS} bulks until settled`);
  await inWorld(async (world) => {
    const desk = await BulkDesk.open(world);
    await confirmMany(world, desk);
    await assertPaid(world, 0);
    const many = await settleSome(desk, ROWS);
    const one = await settleSome(desk, 1);
    await assertPaid(world, SETTLED_RUNS * (ROWS + 1));
    printTraffic(many, one);
    printCalls(many, one);
    printBytes(many, one);
  });
}

/** Each is stopped before its approval; the service and the baseline take turns in beginning. */
async function confirmMany(world: World, desk: BulkDesk): Promise<void> {
  const plain = await warmUp(world, desk);
  const [ours, theirs]: [Times[], Times[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    const begun = await desk.begin(ROWS);
    const form = new URLSearchParams({ ...begun.seen, idempotencyKey: begun.intent }).toString();
    const early = run % 2 === 0 ? await plain.time(form) : undefined;
    const confirmed = await desk.confirm(begun);
    await desk.cancel(begun, confirmed);
    theirs.push(early ?? (await plain.time(form)));
    ours.push(confirmed);
    desk.leave(begun);
  }
  printTimes(ours, theirs);
}

async function warmUp(world: World, desk: BulkDesk): Promise<PlainBulk> {
  for (let count = 1; ; count += 1) {
    const begun = await desk.begin(ROWS);
    const { since, publishedSeq: upTo, idempotencyKey, send } = await desk.confirm(begun);
    const of = { intent: begun.intent, idempotencyKey, since, upTo };
    const rows = await rowsOfConfirm(world.database, of);
    await desk.cancel(begun, { since });
    desk.leave(begun);
    if (count === WARM_UPS) return PlainBulk.start(world, { rows, send });
  }
}

async function settleSome(desk: BulkDesk, count: number): Promise<SettledBulk[]> {
  const settled: SettledBulk[] = [];
  for (let run = 0; run < SETTLED_RUNS; run += 1) settled.push(await settleOne(desk, count));
  return settled;
}

/** As many transfers as rows were settled, and none twice. */
async function assertPaid({ bank }: World, count: number): Promise<void> {
  const transfers = await bank.transfers();
  const payees = new Set(transfers.map((transfer) => transfer.credit_iban));
  if (transfers.length !== count || payees.size !== count) {
    throw new Error(`${transfers.length} transfers to ${payees.size} payees, not ${count}`);
  }
}

function printTimes(ours: readonly Times[], theirs: readonly Times[]): void {
  const ownOf = ({ totalMs, bankMs }: Times) => totalMs - bankMs;
  const row = (name: string, timeOf: (times: Times) => number): string[] => {
    const [our, their] = [spread(ours.map(timeOf)), spread(theirs.map(timeOf))];
    const times = [our.p50, our.p95, their.p50, their.p95].map(ms);
    return [name, ...times, ratio(our.p50, their.p50), ratio(our.p95, their.p95)];
  };
  printTable(
    ['confirm, approval_needed', 'p50', 'p95', 'plain p50', 'plain p95', 'ratio p50', 'ratio p95'],
    [
      row('total', ({ totalMs }) => totalMs),
      row('  in calls to the bank', ({ bankMs }) => bankMs),
      row('  own', ownOf),
    ],
  );
}

function printTraffic(many: SettledBulk[], one: SettledBulk[]): void {
  const typical = (settled: SettledBulk[], phase: string): Traffic | undefined =>
    medianOf(settled.flatMap(({ phases }) => phases.get(phase) ?? []));
  const cells = (traffic: Traffic | undefined): string[] =>
    traffic
      ? [
          `${traffic.statements} + ${traffic.brackets}`,
          kilobytes(traffic.sentBytes),
          kilobytes(traffic.receivedBytes),
        ]
      : ['-', '-', '-'];
  const columns = ['SQL + begin/commit', 'sent', 'read'];
  printTable(
    [
      'phase',
      ...columns.map((name) => `${ROWS} rows: ${name}`),
      ...columns.map((name) => `1: ${name}`),
    ],
    [...(many[0]?.phases.keys() ?? [])].map((phase) => [
      phase === POLL ? `${phase} (${many.map(({ polls }) => polls).join(', ')} of them)` : phase,
      ...cells(typical(many, phase)),
      ...cells(typical(one, phase)),
    ]),
  );
  const [total] = [typical(many, TOTAL)];
  if (total) console.log(`${TOTAL}, for a row: ${kilobytes(total.sentBytes / ROWS)} sent`);
}

function printCalls(many: SettledBulk[], one: SettledBulk[]): void {
  const [ours, single] = [many.at(-1), one.at(-1)];
  if (!ours || !single) return;
  const sum = (of: SettledBulk) =>
    [...of.bankCalls.values()].reduce((all, count) => all + count, 0);
  const names = [...new Set([...ours.bankCalls.keys(), ...single.bankCalls.keys()])].sort();
  printTable(
    ['calls to the bank until settled', `${ROWS} rows`, '1 row'],
    [
      ...names.map((name) => [
        name,
        ...[ours, single].map(({ bankCalls }) => String(bankCalls.get(name) ?? 0)),
      ]),
      ['in all', String(sum(ours)), String(sum(single))],
      ['from the approval until settled', ...[ours, single].map((of) => ms(of.settledAfterMs))],
    ],
  );
}

function printBytes(many: SettledBulk[], one: SettledBulk[]): void {
  const [ours, single] = [many.at(-1), one.at(-1)];
  if (!ours || !single) return;
  const row = (name: string, bytesOf: (of: SettledBulk) => { plain: number; gzip: number }) => [
    name,
    ...[ours, single].flatMap((of) => [bytesOf(of).plain, bytesOf(of).gzip].map(kilobytes)),
  ];
  printTable(
    ['answer', `${ROWS} rows: plain`, 'gzip', '1 row: plain', 'gzip'],
    [
      row("the pay page's state, in review", ({ bytes }) => bytes.state),
      row("the widget's snapshot", ({ bytes }) => bytes.snapshot),
    ],
  );
  const { events, bytes } = ours.streamed;
  console.log(`the page's stream until settled: ${events} states, ${kilobytes(bytes)} gzip`);
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
