import { randomInt } from 'node:crypto';
import { answerBytes } from '../support/answer-bytes.js';
import type { BankCall } from '../support/bank-calls.js';
import { timeIn } from '../support/numbers.js';
import type { PayStates } from '../support/pay-states.js';
import { MEMBERS, Payer, type Seen } from '../support/payer.js';
import { Publications } from '../support/publications.js';
import { Snapshots } from '../support/snapshots.js';
import type { Traffic } from '../support/statements.js';
import type { Draft, Invoice, World } from '../support/world.js';

/** One intent on its way, watched by the pay page and by the widget. */
export interface Bulk extends Draft {
  invoices: Invoice[];
  seen: Seen;
  states: PayStates;
  snapshots: Snapshots;
  /** What its phases have sent to the database so far. */
  phases: Map<string, Traffic>;
}

export interface Confirmation {
  totalMs: number;
  /** Of it in calls to the bank. */
  bankMs: number;
  /** The call that asked for the approval. */
  send: BankCall;
  idempotencyKey: string;
  since: number;
  publishedSeq: number;
}

/** Where amounts begin; each invoice has another one, so that each total is its own. */
const FIRST_AMOUNT_CENTS = 10_000;

/** Drafts, confirms and settles intents of many invoices, one intent at a time. */
export class BulkDesk {
  readonly world: World;
  readonly payer: Payer;
  readonly publications: Publications;
  #invoices = 0;

  private constructor(world: World, payer: Payer, publications: Publications) {
    this.world = world;
    this.payer = payer;
    this.publications = publications;
  }

  static async open(world: World): Promise<BulkDesk> {
    const payer = new Payer(world.url, MEMBERS[0]);
    const desk = new BulkDesk(world, payer, await Publications.listen(world));
    await payer.signIn((await world.draft(desk.#newInvoice())).intent);
    return desk;
  }

  /** An intent of so many invoices, its page open and every payee checked. */
  async begin(count: number): Promise<Bulk> {
    const invoices = Array.from({ length: count }, () => this.#newInvoice());
    const phases = new Map<string, Traffic>();
    const beforeDraft = this.world.statements.traffic;
    const draft = await this.world.draft(...invoices);
    const beforeReview = this.world.statements.traffic;
    phases.set('create the intent', difference(beforeReview, beforeDraft));
    const snapshots = await Snapshots.open(this.world.url, draft.intent);
    const { seen, states } = await this.payer.watch(draft.intent);
    phases.set('review', difference(this.world.statements.traffic, beforeReview));
    return { ...draft, invoices, seen, states, snapshots, phases };
  }

  /** Confirms and waits until the world can read that the bank wants an approval. */
  async confirm({ intent, seen, phases }: Bulk): Promise<Confirmation> {
    const since = await this.publications.watch(intent);
    const before = this.world.statements.traffic;
    const { startedAt, idempotencyKey } = await this.payer.confirm(seen);
    const published = await this.publications.until(intent, { since, status: 'approval_needed' });
    phases.set('confirm, approval_needed', difference(published.traffic, before));
    const calls = this.world.bankCalls.since(startedAt);
    const send = calls.find(({ method }) => method === 'POST');
    if (!send) throw new Error('the bank was asked for an approval');
    return {
      totalMs: published.at - startedAt,
      bankMs: timeIn(calls, { from: startedAt, to: published.at }),
      send,
      idempotencyKey,
      since,
      publishedSeq: published.seq,
    };
  }

  /** Approves on the phone and waits until every row has settled, on both pages. */
  async settle({ invoices, states, snapshots }: Bulk): Promise<void> {
    const { bank } = this.world;
    const total = invoices.reduce((sum, { amountCents }) => sum + amountCents, 0);
    await bank.allow((await bank.approvalOf(total)).token);
    const { snapshot } = await snapshots.until(({ final }) => final);
    if (snapshot.status !== 'settled') throw new Error(`a bulk ended ${snapshot.status}`);
    await states.until(({ items }) => items.every(({ status }) => status === 'settled'));
  }

  async cancel({ intent, seen }: Bulk, { since }: Pick<Confirmation, 'since'>): Promise<void> {
    await this.payer.cancel(seen);
    await this.publications.until(intent, { since, status: 'canceled' });
  }

  /** Of the pay page's state and of the widget's snapshot, as the service sends them. */
  async answerBytes(intent: string) {
    const snapshot = (encoding: string) =>
      answerBytes(`${this.world.url}/v1/intents/${intent}`, { 'Accept-Encoding': encoding });
    return {
      state: {
        plain: await this.payer.stateBytes(intent, 'identity'),
        gzip: await this.payer.stateBytes(intent, 'gzip'),
      },
      snapshot: { plain: await snapshot('identity'), gzip: await snapshot('gzip') },
    };
  }

  leave({ states, snapshots }: Bulk): void {
    states.close();
    snapshots.close();
  }

  #newInvoice(): Invoice {
    this.#invoices += 1;
    const externalRef = `INV-${this.#invoices}`;
    const payee = { name: `Supplier ${letters(this.#invoices)}`, iban: newIban() };
    return { externalRef, amountCents: FIRST_AMOUNT_CENTS + this.#invoices, payee };
  }
}

export function difference(later: Traffic, earlier: Traffic): Traffic {
  return {
    statements: later.statements - earlier.statements,
    brackets: later.brackets - earlier.brackets,
    sentBytes: later.sentBytes - earlier.sentBytes,
    receivedBytes: later.receivedBytes - earlier.receivedBytes,
  };
}

/** A French account of its own for each supplier: to the sandbox every name matches it. */
function newIban(): string {
  const account = `30004${String(randomInt(10 ** 12)).padStart(18, '0')}`;
  // `FR00` at the end, as figures.
  const check = 98n - (BigInt(`${account}152700`) % 97n);
  return `FR${String(check).padStart(2, '0')}${account}`;
}

/** A number in letters, so that no name resembles another one's spelling with figures. */
const letters = (number: number): string =>
  [...String(number)].map((digit) => 'abcdefghij'.charAt(Number(digit))).join('');
