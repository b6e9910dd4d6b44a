import { Desk } from './own-time/desk.js';
import { type Lists, printStatements, trace } from './own-time/trace.js';
import { spread } from './support/numbers.js';
import { PlainHandler } from './support/plain-handler.js';
import { ms, printTable, printTitle, ratio } from './support/report.js';
import { countByTable } from './support/stored-rows.js';
import { draftBody, inWorld } from './support/world.js';

const BATCHES = 10;
const BATCH = 20;

/** One kind of step, measured many times beside its baseline. */
class Series {
  readonly totalMs: number[] = [];
  readonly ownMs: number[] = [];
  readonly sqlMs: number[] = [];
  readonly plainMs: number[] = [];

  add(step: { totalMs: number; bankMs: number; sqlMs: number }, plainMs: number): void {
    this.totalMs.push(step.totalMs);
    this.ownMs.push(step.totalMs - step.bankMs);
    this.sqlMs.push(step.sqlMs);
    this.plainMs.push(plainMs);
  }
}

interface Results {
  draft: Series;
  answer: Series;
  sent: Series;
}

/** Our own time per draft and per confirmation, beside a handler that does the same inserts. */
export async function ownTime({ isListing }: { isListing: boolean }): Promise<void> {
  printTitle(`own-time: ${BATCHES * BATCH} drafts and confirmations, one after another`);
  await inWorld(async (world) => {
    const desk = await Desk.open(world);
    const templates = await desk.warmUp(BATCH);
    const lists = await trace(desk);
    const plain = await PlainHandler.start(world, templates);
    const results = { draft: new Series(), answer: new Series(), sent: new Series() };
    for (let batch = 0; batch < BATCHES; batch += 1) await runBatch(desk, plain, results);
    await desk.assertNothingPaid();
    print(results, lists);
    console.log('rows of a draft:', countByTable(templates.draft));
    console.log('rows of a confirmation, answered:', countByTable(templates.confirm));
    console.log('rows of a confirmation, sent:', countByTable(templates.confirmAndSend));
    if (isListing) printStatements(lists);
  });
}

/** The service and the baseline take turns, and take turns in beginning. */
async function runBatch(desk: Desk, plain: PlainHandler, results: Results): Promise<void> {
  const intents: string[] = [];
  for (let index = 0; index < BATCH; index += 1) {
    const invoice = desk.newInvoice();
    const plainDraft = () => plain.time('draft', draftBody(invoice));
    const early = index % 2 === 0 ? await plainDraft() : undefined;
    const drafted = await desk.draft(invoice);
    results.draft.add(drafted, early ?? (await plainDraft()));
    intents.push(drafted.intent);
  }
  for (const [index, seen] of (await desk.see(intents)).entries()) {
    const form = new URLSearchParams({ ...seen, idempotencyKey: seen.intent }).toString();
    const plainConfirm = async () => [
      await plain.time('confirm', form),
      await plain.time('confirm-and-send', form),
    ];
    const early = index % 2 === 0 ? await plainConfirm() : undefined;
    const confirmed = await desk.confirm(seen);
    const [answerMs = 0, sentMs = 0] = early ?? (await plainConfirm());
    results.answer.add(confirmed.answer, answerMs);
    results.sent.add(confirmed.sent, sentMs);
  }
}

function print(results: Results, lists: Lists): void {
  const row = (name: string, of: Series, statements: string) => {
    const [total, own, sql, plain] = [of.totalMs, of.ownMs, of.sqlMs, of.plainMs].map(spread);
    if (!total || !own || !sql || !plain) throw new Error('four spreads');
    const times = [total.p50, own.p50, own.p95, sql.p50, plain.p50, plain.p95].map(ms);
    const ratios = [ratio(own.p50, plain.p50), ratio(own.p95, plain.p95)];
    return [name, ...times, ...ratios, statements];
  };
  printTable(
    [
      ...['', 'total p50', 'own p50', 'own p95', 'in SQL p50', 'plain p50', 'plain p95'],
      ...['ratio p50', 'ratio p95', 'SQL + begin/commit'],
    ],
    [
      row('draft, answered', results.draft, lists.draft.count),
      row('confirm, answered', results.answer, lists.answer.count),
      row('confirm, approval_needed', results.sent, lists.sent.count),
    ],
  );
}
