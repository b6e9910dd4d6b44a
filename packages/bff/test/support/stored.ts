import { randomBytes, randomUUID } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { TokenVault } from '../../src/auth/token-vault.js';
import type { AttemptKind } from '../../src/payments/ports.js';
import type { Intent, IntentView, LeasedAttempt, Member } from '../../src/payments/records.js';
import type { Change, NewPayment, OnceKey } from '../../src/payments/store-port.js';
import { PgAttemptStore } from '../../src/store/attempt-store.js';
import { PgConnectionStore } from '../../src/store/connection-store.js';
import { PgHeldStore } from '../../src/store/held-store.js';
import { PgIntentStore } from '../../src/store/intent-store.js';
import { PgPaymentStore } from '../../src/store/payment-store.js';
import { PgReviewStore } from '../../src/store/review-store.js';
import type { Database } from '../../src/store/schema.js';

export const PARTNER = 'demo';
const IBAN = 'FR7616958000011111111111188';

interface RowWish {
  externalRef?: string;
  payeeName?: string;
  payeeIban?: string;
}

/** The stores on a real database, without a service: for what only they decide. */
export class Stored {
  readonly db: Kysely<Database>;
  readonly intents: PgIntentStore;
  readonly payments: PgPaymentStore;
  readonly attempts: PgAttemptStore;
  readonly reviews: PgReviewStore;
  readonly held: PgHeldStore;
  readonly connections: PgConnectionStore;
  /** SQL statements so far. */
  statements = 0;

  constructor(pool: pg.Pool) {
    const log = () => {
      this.statements += 1;
    };
    this.db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }), log });
    const secrets = new TokenVault([{ id: 'test', secret: randomBytes(32) }]);
    const quiet = { info: () => {}, warn: () => {}, error: () => {} };
    this.intents = new PgIntentStore(this.db);
    this.payments = new PgPaymentStore(this.db);
    this.attempts = new PgAttemptStore({ db: this.db, secrets, log: quiet });
    this.reviews = new PgReviewStore(this.db, secrets);
    this.held = new PgHeldStore(this.db);
    this.connections = new PgConnectionStore(this.db);
  }

  async member(organizationId: string = randomUUID()): Promise<Member> {
    const member = {
      organizationId,
      organizationName: 'ACME SAS',
      membershipId: randomUUID(),
      memberName: 'Alice Martin',
      role: 'owner',
    };
    const scopes = 'payment.write';
    const claimed = { ...member, partnerId: PARTNER, scopes };
    const connectionId = await this.connections.claim(claimed, randomUUID());
    return { ...member, scopes, connectionId, signedInAt: new Date() };
  }

  /** An intent of so many rows, or of these. */
  async intent(wishes: number | RowWish[]): Promise<Intent> {
    const rows = typeof wishes === 'number' ? Array.from({ length: wishes }, () => ({})) : wishes;
    const id = `in_${randomUUID()}`;
    const items = rows.map((wish: RowWish, index) => ({
      index,
      externalRef: wish.externalRef ?? randomUUID(),
      amountCents: BigInt(1000 + index),
      payeeName: wish.payeeName ?? `Supplier ${index}`,
      payeeIban: wish.payeeIban ?? IBAN,
      reference: `Invoice ${index}`,
      remittance: `Invoice ${index}`,
      dueDate: undefined,
      attachments: [],
    }));
    const amountCents = items.reduce((sum, item) => sum + item.amountCents, 0n);
    await this.intents.create(
      {
        id,
        partnerId: PARTNER,
        returnUrl: 'http://localhost/',
        amountCents,
        items,
        lifeMs: 60_000,
      },
      once(),
      () => ({ status: 201, body: '' }),
    );
    return (await this.view(id)).intent;
  }

  async view(intentId: string): Promise<IntentView> {
    const view = await this.intents.view(intentId);
    if (!view) throw new Error('the intent is stored');
    return view;
  }

  /** Confirms these rows, or all. */
  async open(intent: Intent, member: Member, wish: { rows?: number[] } & Partial<NewPayment> = {}) {
    const { rows, ...changes } = wish;
    const payment = newPayment(intent, member, rows);
    const outcome = await this.payments.open({ ...payment, ...changes }, once(), 100);
    return { id: payment.id, outcome };
  }

  /** The attempt of this payment, taken now whenever it is due. */
  async lease(paymentId: string): Promise<LeasedAttempt> {
    await this.db
      .updateTable('attempts')
      .set({ next_at: new Date(0), lease_until: null })
      .where('payment_id', '=', paymentId)
      .execute();
    const { leased } = await this.attempts.lease(1000);
    const found = leased.find(({ payment }) => payment.id === paymentId);
    if (!found) throw new Error('the payment has a live attempt');
    return found;
  }

  /** Leads a payment through these changes, one lease each. */
  async lead(paymentId: string, ...changes: Change[]): Promise<void> {
    for (const change of changes) {
      const isDone = await this.attempts.advance(await this.lease(paymentId), change);
      if (!isDone) throw new Error('nobody else changes it');
    }
  }
}

export const once = (): OnceKey => ({
  partnerId: PARTNER,
  principal: 'test',
  key: randomUUID(),
  fingerprint: '',
});

/** A confirmation of these rows as the core would make it. */
export function newPayment(
  intent: Intent,
  member: Member,
  rows: readonly number[] = intent.items.map(({ index }) => index),
): NewPayment {
  const items = intent.items.filter(({ index }) => rows.includes(index));
  const kind = items.length === 1 ? 'transfer' : 'bulk';
  return {
    id: `pay_${randomUUID()}`,
    intent,
    member,
    kind,
    account: { id: randomUUID(), name: 'Main', iban: IBAN },
    amountCents: items.reduce((sum, { amountCents }) => sum + amountCents, 0n),
    items: items.map((item) => ({
      index: item.index,
      externalRef: item.externalRef,
      amountCents: item.amountCents,
      payeeName: item.payeeName,
      payeeIban: item.payeeIban,
      beneficiaryId: undefined,
      remittance: item.remittance,
      scheduledOn: undefined,
      clientTransferId: randomUUID(),
    })),
    payeeCheckId: undefined,
    attempt: newAttempt(member, kind),
    decision: {},
  };
}

export const newAttempt = (member: Member, kind: AttemptKind) => ({
  id: randomUUID(),
  connectionId: member.connectionId,
  kind,
  bankKey: randomUUID(),
  request: { path: '/v2/sepa/bulk_transfers', body: randomBytes(2000) },
  approvalMethod: 'mock' as const,
  expectsApproval: true,
  tag: `QP-${randomUUID()}`,
  trustReadAt: undefined,
});

export const SENT: Change = { to: 'sending', cause: 'send' };
export const ACCEPTED: Change = { to: 'processing', cause: 'accepted' };
