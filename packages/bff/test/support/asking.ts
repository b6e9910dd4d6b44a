import { randomUUID } from 'node:crypto';
import { isFinal, type PartnerPayment, type PaymentStatus, type PayState } from '@qonto-pay/shared';
import { expect } from 'vitest';
import type { Ledger, ScaSession } from './bank.js';
import type { AttemptRow } from './journey.js';
import type { Payer } from './payer.js';
import { EventReader } from './stream.js';
import { type IntentChanges, intentBody, until, type World } from './world.js';

export const ASK = { method: 'POST', path: '/v2/requests/multi_transfers' };
export const APPROVE = { method: 'POST', path: '/v2/requests/multi_transfers/*/approve' };
export const DECLINE = { method: 'POST', path: '/v2/requests/multi_transfers/*/decline' };
export const LIST_REQUESTS = { method: 'GET', path: '/v2/requests' };

/** A request as the bank holds it. */
export interface LedgerRequest {
  id: string;
  status: string;
  initiator: string;
  approver: string | null;
  note: string;
  idempotency_key: string;
  transfers: {
    transfer_id: string | null;
    amount_cents: number;
    credit_iban: string;
    credit_name: string;
    reference: string;
  }[];
}

export type Row = ReturnType<typeof intentBody>['items'][0] & { dueDate?: string };

/** Invoices that one member asks a colleague to pay, from the partner's server to the ledger. */
export class Asking {
  readonly id: string;
  readonly rows: readonly Row[];
  readonly #world: World;

  private constructor(world: World, id: string, rows: readonly Row[]) {
    this.#world = world;
    this.id = id;
    this.rows = rows;
  }

  static async begin(
    world: World,
    ...rows: (IntentChanges & { dueDate?: string })[]
  ): Promise<Asking> {
    const wanted = rows.length === 0 ? [{}] : rows;
    const items = wanted.map(({ dueDate, ...changes }) => ({
      ...intentBody(changes).items[0],
      ...(dueDate && { dueDate }),
    }));
    const body = { ...intentBody(), items };
    const answer = await world.partner('POST', '/partner/v1/intents', { body });
    if (answer.status !== 201) throw new Error(await answer.text());
    return new Asking(world, ((await answer.json()) as { id: string }).id, items);
  }

  /** Asked for, and the bank has taken it. */
  static async requested(
    world: World,
    payer: Payer,
    ...rows: (IntentChanges & { dueDate?: string })[]
  ): Promise<Asking> {
    const asking = await Asking.begin(world, ...rows);
    await asking.asked(payer);
    await asking.reaches('requested');
    return asking;
  }

  /** A colleague has said yes, and their phone is asked. */
  static async pending(world: World, by: { asker: Payer; approver: Payer }): Promise<Asking> {
    const asking = await Asking.requested(world, by.asker);
    await asking.approved(by.approver);
    await asking.reaches('approval_needed');
    return asking;
  }

  async ask(payer: Payer, changes: Record<string, string> = {}): Promise<Response> {
    const seen = changes.reviewVersion === undefined ? await this.fields(payer) : {};
    return this.#send(payer, 'request', { ...seen, ...changes });
  }

  /** The fields that the page would send. */
  async fields(payer: Payer): Promise<Record<string, string>> {
    const { review } = await payer.state(this.id);
    if (!review) throw new Error('there is nothing to review');
    return { reviewVersion: String(review.version), select: review.selected.join(',') };
  }

  async asked(payer: Payer, changes: Record<string, string> = {}): Promise<void> {
    await expectStatus(await this.ask(payer, changes), 202);
  }

  async approve(payer: Payer, fields: Record<string, string> = {}): Promise<Response> {
    return this.#send(payer, 'request/approve', { ...(await this.#request(payer)), ...fields });
  }

  async approved(payer: Payer): Promise<void> {
    await expectStatus(await this.approve(payer), 202);
  }

  async decline(payer: Payer, note = 'Not ours'): Promise<Response> {
    return this.#send(payer, 'request/decline', { ...(await this.#request(payer)), note });
  }

  /** The request that the page shows. */
  async #request(payer: Payer): Promise<{ payment: string }> {
    const { payment } = await payer.state(this.id);
    return { payment: payment?.id ?? 'pay_none' };
  }

  /** The approval that runs, or scheduled `items`. */
  async cancel(payer: Payer, fields: Record<string, string> = {}): Promise<Response> {
    const pageToken = await payer.openPage(this.id);
    return payer.form(`/pay/api/intents/${this.id}/cancel`, { pageToken, ...fields });
  }

  /** The review's choices, as the page sends them. */
  async choose(payer: Payer, fields: Record<string, string>): Promise<Response> {
    const pageToken = await payer.openPage(this.id);
    return payer.form(`/pay/api/intents/${this.id}/review`, { pageToken, ...fields });
  }

  /** The payments of the first row as the partner sees them, newest first. */
  async payments(): Promise<PartnerPayment[]> {
    const path = `/partner/v1/payments?externalRef=${this.rows[0]?.externalRef}`;
    const answer = await this.#world.partner('GET', path);
    return ((await answer.json()) as { payments: PartnerPayment[] }).payments;
  }

  /** Waits for the status; another final one ends the waiting. */
  async reaches(status: PaymentStatus): Promise<PartnerPayment> {
    const payment = await until(
      async () => (await this.payments())[0],
      (now) => now?.status === status || (now !== undefined && isFinal(now.status)),
    );
    expect(payment?.status).toBe(status);
    return payment as PartnerPayment;
  }

  /** The same, where only time holds it. */
  async settles(): Promise<PartnerPayment> {
    const accepted = await until(
      async () => (await this.payments())[0]?.status,
      (status) => status === 'processing' || (status !== undefined && isFinal(status)),
    );
    if (accepted === 'processing') await this.#world.passTime(12);
    return this.reaches('settled');
  }

  async state(payer: Payer): Promise<PayState> {
    return payer.state(this.id);
  }

  stream(payer: Payer): Promise<EventReader<PayState>> {
    const url = `${this.#world.url}/pay/api/intents/${this.id}/events`;
    return EventReader.open<PayState>(url, payer.streamHeaders);
  }

  /** What the bank holds as requests of these rows. */
  async requests(): Promise<LedgerRequest[]> {
    const { requests } = (await this.#world.bank.ledger()) as Ledger & {
      requests: LedgerRequest[];
    };
    const keys = new Set((await this.attempts()).map(({ bank_key }) => bank_key));
    return requests.filter(({ idempotency_key }) => keys.has(idempotency_key));
  }

  async transfers(): Promise<Ledger['transfers']> {
    const references = new Set(this.rows.map(({ reference }) => reference));
    const { transfers } = await this.#world.bank.ledger();
    return transfers.filter(({ reference }) => references.has(reference));
  }

  /** The attempts as they are stored, oldest first, with whose connection each is. */
  async attempts(): Promise<(AttemptRow & { kind: string; tag: string; member: string })[]> {
    const { rows } = await this.#world.database.query(
      `select a.*, c.member_name as member from attempts a
       join connections c on c.id = a.connection_id
       join payments p on p.id = a.payment_id where p.intent_id = $1 order by a.created_at`,
      [this.id],
    );
    return rows;
  }

  /** The challenges that the approvals of this request have made, oldest first. */
  async challenges(): Promise<(ScaSession & { member: string })[]> {
    const title = 'Approve a request';
    const all = (await this.#world.bank.sessions()) as (ScaSession & {
      summary: { title?: string };
    })[];
    const first = this.rows[0];
    const cents = this.rows.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
    return all.filter(
      ({ summary }) =>
        summary.title?.startsWith(title) &&
        summary.amount_cents === cents &&
        (this.rows.length > 1 || summary.reference === first?.reference),
    );
  }

  /** Decides on the newest challenge, as its member does on the phone. */
  async phone(decision: 'allow' | 'deny'): Promise<void> {
    const waiting = (await this.challenges()).filter(({ result }) => result === 'waiting');
    const { token } = waiting.at(-1) ?? {};
    if (!token) throw new Error('no phone is asked');
    await this.#world.bank.answer(token, decision);
  }

  /** Alarms that an operator sees. */
  async alarms(): Promise<string[]> {
    const { rows } = await this.#world.database.query<{ action: string }>(
      `select action from audit_log where intent_id = $1 and action like 'alarm:%' order by id`,
      [this.id],
    );
    return rows.map(({ action }) => action);
  }

  async #send(payer: Payer, path: string, fields: Record<string, string>): Promise<Response> {
    return payer.form(`/pay/api/intents/${this.id}/${path}`, {
      pageToken: fields.pageToken ?? (await payer.openPage(this.id)),
      idempotencyKey: randomUUID(),
      ...fields,
    });
  }
}

/** The status, and where it is another one the answer. */
export async function expectStatus(answer: Response, status: number): Promise<void> {
  expect([answer.status, answer.status === status ? '' : await answer.text()]).toEqual([
    status,
    '',
  ]);
}

/** Emma may not pay and asks; Alice owns the company and reviews. Both have allowed it. */
export async function colleagues(world: World): Promise<{ emma: Payer; alice: Payer }> {
  const [emma, alice] = [world.newPayer(), world.newPayer()];
  const { id } = await world.createIntent();
  await emma.signIn(id, 'Emma Schmidt', { wanted: 'ask' });
  await alice.signIn(id, 'Alice Martin', { wanted: 'review' });
  return { emma, alice };
}
