import { isFinal, type PartnerPayment, type PaymentStatus, type PayState } from '@qonto-pay/shared';
import { expect } from 'vitest';
import type { Ledger, ScaSession } from './bank.js';
import { checkedReview, manyConfirmation, type RowChanges } from './many.js';
import type { Payer } from './payer.js';
import { intentBody, until, type World } from './world.js';

type Row = ReturnType<typeof intentBody>['items'][0];

/** Many invoices on their way from the partner's server to the bank's ledger. */
export class Bulk {
  readonly id: string;
  readonly rows: readonly Row[];
  readonly payer: Payer;
  readonly #world: World;

  constructor(world: World, payer: Payer, intent: { id: string; rows: readonly Row[] }) {
    this.#world = world;
    this.payer = payer;
    this.id = intent.id;
    this.rows = intent.rows;
  }

  /** An intent of these rows, or of so many. */
  static async begin(world: World, payer: Payer, given: number | RowChanges[]): Promise<Bulk> {
    const wanted = typeof given === 'number' ? Array.from({ length: given }, () => ({})) : given;
    const rows = wanted.map(({ dueDate, ...changes }: RowChanges) => ({
      ...intentBody(changes).items[0],
      ...(dueDate && { dueDate }),
    }));
    const body = { ...intentBody(), items: rows };
    const answer = await world.partner('POST', '/partner/v1/intents', { body });
    if (answer.status !== 201) throw new Error(await answer.text());
    return new Bulk(world, payer, { id: ((await answer.json()) as { id: string }).id, rows });
  }

  /** Confirmed, and the phone has been asked. */
  static async pending(world: World, payer: Payer, given: number | RowChanges[]): Promise<Bulk> {
    const bulk = await Bulk.begin(world, payer, given);
    await bulk.confirmed();
    await bulk.reaches('approval_needed');
    return bulk;
  }

  /** Approved, and the bank works on it. */
  static async accepted(world: World, payer: Payer, given: number | RowChanges[]): Promise<Bulk> {
    const bulk = await Bulk.pending(world, payer, given);
    await bulk.approve();
    return bulk;
  }

  state(): Promise<PayState> {
    return this.payer.state(this.id);
  }

  review() {
    return checkedReview(this.payer, this.id);
  }

  confirmation() {
    return manyConfirmation(this.payer, this.id);
  }

  async choose(fields: Record<string, string>): Promise<Response> {
    const pageToken = await this.payer.openPage(this.id);
    return this.payer.form(`/pay/api/intents/${this.id}/review`, { pageToken, ...fields });
  }

  /** These rows, and the bank has been asked about their payees. */
  async chosen(select: string): Promise<void> {
    expect((await this.choose({ select, check: 'yes' })).status).toBe(200);
    await this.review();
  }

  async confirm(changes: Record<string, string> = {}): Promise<Response> {
    const fields = { ...(await this.confirmation()), ...changes };
    return this.payer.sendConfirmation(this.id, fields);
  }

  /** The payer says yes; the answer must be that it was stored. */
  async confirmed(changes: Record<string, string> = {}): Promise<void> {
    const answer = await this.confirm(changes);
    expect([answer.status, answer.status === 202 ? '' : await answer.text()]).toEqual([202, '']);
  }

  async cancel(fields: Record<string, string>): Promise<Response> {
    const pageToken = await this.payer.openPage(this.id);
    return this.payer.form(`/pay/api/intents/${this.id}/cancel`, { pageToken, ...fields });
  }

  /** The payments of the intent as the partner sees them, newest first. */
  async payments(): Promise<PartnerPayment[]> {
    const { rows } = await this.#world.database.query<{ id: string; ref: string }>(
      `select p.id, (select min(h.external_ref) from payment_items h where h.payment_id = p.id) as ref
       from payments p where p.intent_id = $1 order by p.ordinal desc`,
      [this.id],
    );
    return Promise.all(rows.map((row) => this.#partnerPayment(row)));
  }

  async payment(): Promise<PartnerPayment | undefined> {
    return (await this.payments())[0];
  }

  /** Waits for the status of the newest payment; another final one ends the waiting. */
  async reaches(status: PaymentStatus, withinMs = 20_000): Promise<PartnerPayment> {
    const payment = await until(
      () => this.payment(),
      (now) => now?.status === status || (now !== undefined && isFinal(now.status)),
      withinMs,
    );
    expect(payment?.status).toBe(status);
    return payment as PartnerPayment;
  }

  /** What has become of each row. */
  async statuses(): Promise<string[]> {
    return (await this.state()).items.map(({ status }) => status);
  }

  /** What the bank holds of its rows. */
  async transfers(): Promise<Ledger['transfers']> {
    const { transfers } = await this.#world.bank.ledger();
    return transfers.filter(({ reference }) => this.#has(reference));
  }

  /** How many times the bank has made a transfer for each row. */
  async paidTimes(): Promise<number[]> {
    const transfers = await this.transfers();
    return this.rows.map(
      (row) => transfers.filter((one) => one.reference === row.reference).length,
    );
  }

  /** The challenges of its payments, oldest first. */
  async sessions(): Promise<ScaSession[]> {
    const all = await this.#world.bank.sessions();
    return all.filter(({ summary: { reference, items = [] } }) =>
      [reference, ...items.map((item) => item.reference)].some((one) => this.#has(one)),
    );
  }

  async approve(): Promise<void> {
    await this.#answer('allow');
  }

  async refuse(): Promise<void> {
    await this.#answer('deny');
  }

  /** The attempts as they are stored, oldest first. */
  async attempts() {
    const { rows } = await this.#world.database.query<BulkAttempt>(
      `select a.* from attempts a join payments p on p.id = a.payment_id
       where p.intent_id = $1 order by p.ordinal, a.number`,
      [this.id],
    );
    return rows;
  }

  /** Nothing was stored of a payment, and the bank has not heard of it. */
  async expectUntouched(): Promise<void> {
    expect(await this.payments()).toEqual([]);
    expect(await this.transfers()).toEqual([]);
    expect(await this.sessions()).toEqual([]);
  }

  async #partnerPayment(of: { id: string; ref: string }): Promise<PartnerPayment> {
    const answer = await this.#world.partner('GET', `/partner/v1/payments?externalRef=${of.ref}`);
    const { payments } = (await answer.json()) as { payments: PartnerPayment[] };
    const found = payments.find(({ id }) => id === of.id);
    if (!found) throw new Error('the partner sees each payment of its invoices');
    return found;
  }

  async #answer(decision: 'allow' | 'deny'): Promise<void> {
    const waiting = (await this.sessions()).filter(({ result }) => result === 'waiting');
    const [session] = waiting.slice(-1);
    if (!session) throw new Error('no session waits');
    await this.#world.bank.answer(session.token, decision);
  }

  #has(reference: string): boolean {
    return this.rows.some((row) => row.reference === reference);
  }
}

export interface BulkAttempt {
  payment_id: string;
  number: number;
  kind: string;
  live: boolean;
  bank_key: string;
  path: string;
  body: Buffer;
  sends: number;
  unanswered: boolean;
}

/** The code of a refusal and the field that it names. */
export async function problemOf(
  answer: Response,
): Promise<[status: number, code: string, field?: string]> {
  const { code, field } = (await answer.json()) as { code: string; field?: string };
  return [answer.status, code, ...(field === undefined ? [] : [field])] as [
    number,
    string,
    string?,
  ];
}
