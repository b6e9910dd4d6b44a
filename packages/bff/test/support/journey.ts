import { isFinal, type PartnerPayment, type PaymentStatus } from '@qonto-pay/shared';
import { expect } from 'vitest';
import type { Ledger } from './bank.js';
import type { Payer } from './payer.js';
import { type IntentChanges, type TestIntent, until, type World } from './world.js';

/** One invoice on its way from the partner's server to the bank's ledger. */
export class Journey {
  readonly id: string;
  readonly externalRef: string;
  readonly reference: string;
  readonly iban: string;
  readonly payer: Payer;
  readonly #world: World;

  constructor(world: World, payer: Payer, intent: TestIntent) {
    this.#world = world;
    this.payer = payer;
    this.id = intent.id;
    this.externalRef = intent.externalRef;
    this.reference = intent.reference;
    this.iban = intent.iban;
  }

  static async begin(world: World, payer: Payer, changes: IntentChanges = {}): Promise<Journey> {
    return new Journey(world, payer, await world.createIntent(changes));
  }

  /** Confirmed, and the phone has been asked. */
  static async pending(world: World, payer: Payer, changes: IntentChanges = {}): Promise<Journey> {
    const journey = await Journey.begin(world, payer, changes);
    await journey.confirmed();
    await journey.reaches('approval_needed');
    return journey;
  }

  /** The payer says yes; the answer must be that it was stored. */
  async confirmed(changes: Record<string, string> = {}): Promise<void> {
    const answer = await this.payer.confirm(this.id, changes);
    expect([answer.status, answer.status === 202 ? '' : await answer.text()]).toEqual([202, '']);
  }

  /** The payments of the invoice as the partner sees them, newest first. */
  async payments(): Promise<PartnerPayment[]> {
    const path = `/partner/v1/payments?externalRef=${this.externalRef}`;
    const answer = await this.#world.partner('GET', path);
    return ((await answer.json()) as { payments: PartnerPayment[] }).payments;
  }

  async payment(): Promise<PartnerPayment | undefined> {
    return (await this.payments())[0];
  }

  /** Waits for the status; another final one ends the waiting. */
  async reaches(status: PaymentStatus): Promise<PartnerPayment> {
    const payment = await until(
      () => this.payment(),
      (now) => now?.status === status || (now !== undefined && isFinal(now.status)),
    );
    expect(payment?.status).toBe(status);
    return payment as PartnerPayment;
  }

  /** What the bank holds of it. */
  transfers(): Promise<Ledger['transfers']> {
    return this.#world.bank.transfers(this.reference);
  }

  approve(): Promise<void> {
    return this.#world.bank.decide('allow', this.reference);
  }

  refuse(): Promise<void> {
    return this.#world.bank.decide('deny', this.reference);
  }

  /** How many times the phone was asked. */
  async pushes(): Promise<number> {
    return (await this.#world.bank.sessions(this.reference)).length;
  }

  /** The attempts as they are stored, oldest first. */
  async attempts(): Promise<AttemptRow[]> {
    const { rows } = await this.#world.database.query<AttemptRow>(
      `select a.* from attempts a join payment_items h on h.payment_id = a.payment_id
       where h.external_ref = $1 order by a.created_at`,
      [this.externalRef],
    );
    return rows;
  }

  /** Alarms that an operator sees, oldest first. */
  async alarms(): Promise<string[]> {
    const { rows } = await this.#world.database.query<{ action: string }>(
      `select l.action from audit_log l join payment_items h on h.payment_id = l.payment_id
       where h.external_ref = $1 and l.action like 'alarm:%' order by l.id`,
      [this.externalRef],
    );
    return rows.map(({ action }) => action);
  }

  /** Nothing was stored of a payment, and the bank has not heard of it. */
  async expectUntouched(): Promise<void> {
    expect(await this.payments()).toEqual([]);
    expect(await this.transfers()).toEqual([]);
    expect(await this.pushes()).toBe(0);
  }
}

export interface AttemptRow {
  id: string;
  payment_id: string;
  number: number;
  live: boolean;
  bank_key: string;
  body: Buffer;
  sends: number;
  unanswered: boolean;
  in_flight: boolean;
  clean_listings: number;
  first_sent_at: Date | null;
  last_sent_at: Date | null;
  approval_expires_at: Date | null;
}

/** The status and code of a refusal. */
export async function refusal(answer: Response): Promise<[status: number, code: string]> {
  const { code } = (await answer.json()) as { code: string };
  return [answer.status, code];
}
