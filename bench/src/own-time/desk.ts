import { timeIn } from '../support/numbers.js';
import { MEMBERS, Payer, type Seen } from '../support/payer.js';
import type { Templates } from '../support/plain-handler.js';
import { Publications } from '../support/publications.js';
import type { Statement } from '../support/statements.js';
import { rowsOfConfirm, rowsOfDraft } from '../support/stored-rows.js';
import type { Draft, Invoice, World } from '../support/world.js';

export interface Step {
  totalMs: number;
  /** Waiting for the bank. */
  bankMs: number;
  /** Waiting for the database. */
  sqlMs: number;
  statements: Statement[];
}

export interface Confirmation {
  /** Until the whole answer was read. */
  answer: Step;
  /** Until the world could read that the bank wants an approval. */
  sent: Step;
  idempotencyKey: string;
  since: number;
  publishedSeq: number;
}

/** The send runs beside the answer, which does not wait for it. */
const SEND = 'POST /v2/sepa/transfers';

/** Drafts and confirms through the service, one at a time, and measures each step. */
export class Desk {
  readonly world: World;
  readonly #payer: Payer;
  readonly #payee: { name: string; iban: string };
  readonly #publications: Publications;
  #invoices = 0;

  private constructor(
    world: World,
    of: { payer: Payer; payee: { name: string; iban: string }; publications: Publications },
  ) {
    this.world = world;
    this.#payer = of.payer;
    this.#payee = of.payee;
    this.#publications = of.publications;
  }

  static async open(world: World): Promise<Desk> {
    const payer = new Payer(world.url, MEMBERS[0]);
    const payee = await world.bank.payee('match');
    const publications = await Publications.listen(world);
    const desk = new Desk(world, { payer, payee, publications });
    await payer.signIn((await world.draft(desk.newInvoice())).intent);
    return desk;
  }

  newInvoice(): Invoice {
    this.#invoices += 1;
    const externalRef = `INV-${this.#invoices}`;
    return { externalRef, amountCents: 10_000 + this.#invoices, payee: this.#payee };
  }

  async draft(invoice: Invoice): Promise<Draft & Step> {
    this.world.statements.take();
    const startedAt = performance.now();
    const drafted = await this.world.draft(invoice);
    const step = this.#step(startedAt, performance.now());
    return { ...drafted, ...step };
  }

  /** The pay page of each intent, ready for a click. */
  see(intents: readonly string[]): Promise<Seen[]> {
    return Promise.all(intents.map((intent) => this.#payer.see(intent)));
  }

  /** Confirms, waits until the approval is asked for, and stops the payment there. */
  async confirm(seen: Seen): Promise<Confirmation> {
    const since = await this.#publications.watch(seen.intent);
    this.world.statements.take();
    const { startedAt, answeredAt, idempotencyKey } = await this.#payer.confirm(seen);
    const wanted = { since, status: 'approval_needed' };
    const published = await this.#publications.until(seen.intent, wanted);
    const statements = this.world.statements.take();
    await this.#payer.cancel(seen);
    await this.#publications.until(seen.intent, { since, status: 'canceled' });
    return {
      answer: this.#step(startedAt, answeredAt, statements, SEND),
      sent: this.#step(startedAt, published.at, statements),
      idempotencyKey,
      since,
      publishedSeq: published.seq,
    };
  }

  /** Lets caches and compilers settle; what it stored last is what the baseline has to insert. */
  async warmUp(times: number): Promise<Templates> {
    const drafts = [];
    for (let count = 0; count < times; count += 1) {
      drafts.push(await this.draft(this.newInvoice()));
    }
    const seen = await this.see(drafts.map(({ intent }) => intent));
    let confirmed: Confirmation | undefined;
    for (const one of seen) confirmed = await this.confirm(one);
    const draft = drafts.at(-1);
    if (!draft || !confirmed) throw new Error('nothing was warmed up');
    const { database } = this.world;
    const { idempotencyKey, since, publishedSeq } = confirmed;
    const of = { intent: draft.intent, idempotencyKey, since };
    return {
      draft: await rowsOfDraft(database, draft),
      confirm: await rowsOfConfirm(database, { ...of, upTo: since + 1 }),
      confirmAndSend: await rowsOfConfirm(database, { ...of, upTo: publishedSeq }),
    };
  }

  /** Every payment was stopped before its approval: the bank must hold no transfer. */
  async assertNothingPaid(): Promise<void> {
    const transfers = await this.world.bank.transfers();
    if (transfers.length > 0) throw new Error(`${transfers.length} canceled payments were paid`);
    const { rows } = await this.world.database.query<{ status: string }>(
      "select distinct status from payments where status <> 'canceled'",
    );
    if (rows.length > 0) throw new Error(`payments ended ${rows.map((row) => row.status).join()}`);
  }

  #step(
    from: number,
    to: number,
    statements = this.world.statements.take(),
    besides?: string,
  ): Step {
    const calls = this.world.bankCalls
      .since(from)
      .filter(({ method, path }) => `${method} ${path}` !== besides);
    return {
      totalMs: to - from,
      bankMs: timeIn(calls, { from, to }),
      sqlMs: timeIn(statements, { from, to }),
      statements: statements.filter(({ startedAt }) => startedAt <= to),
    };
  }
}
