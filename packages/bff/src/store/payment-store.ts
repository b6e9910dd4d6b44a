import { type Kysely, sql } from 'kysely';
import { PaymentError } from '../payments/errors.js';
import type { Payment } from '../payments/records.js';
import type {
  Change,
  NewAttempt,
  NewPayment,
  OnceKey,
  OpenOutcome,
  PaymentStore,
} from '../payments/store-port.js';
import { lockIntent, publish, type Trx } from './intent-view.js';
import { findAnswer, keepAnswer } from './once.js';
import type { Database } from './schema.js';
import { appendTransition, LostRaceError, setStatus } from './status-change.js';

/** Payments in PostgreSQL, as the payer's wishes change them. */
export class PgPaymentStore implements PaymentStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async open(payment: NewPayment, once: OnceKey, maxChallenges: number): Promise<OpenOutcome> {
    try {
      return await this.#db
        .transaction()
        .execute((trx) => openPayment(trx, payment, once, maxChallenges));
    } catch (error) {
      if (isTaken(error)) return { kind: 'taken' };
      throw error;
    }
  }

  async assertKeyFits(once: OnceKey): Promise<void> {
    await this.#db.transaction().execute((trx) => findAnswer(trx, once));
  }

  async cancel(payment: Payment): Promise<boolean> {
    return this.#byPayer(payment, { to: 'canceled', cause: 'canceled-by-payer' }, undefined);
  }

  async replaceAttempt(
    payment: Payment,
    attempt: NewAttempt,
    maxChallenges: number,
  ): Promise<boolean> {
    const change: Change = { to: 'confirmed', cause: 'approval-asked-anew' };
    return this.#byPayer(payment, change, { attempt, maxChallenges });
  }

  async hint(intentId: string): Promise<void> {
    await sql`
      with due as (
        update attempts a set hinted = true,
          next_at = least(a.next_at,
            greatest(clock_timestamp(), coalesce(a.last_polled_at, '-infinity') + '1 second'))
        from payment_items h, intent_items t, payments p
        where t.intent_id = ${intentId} and h.partner_id = t.partner_id
          and h.external_ref = t.external_ref and a.payment_id = h.payment_id
          and p.id = a.payment_id and p.status = 'approval_needed'
          and a.live and a.approval_session is not null and a.next_at < 'infinity'
        returning 1)
      select pg_notify('attempts', '') from due limit 1`.execute(this.#db);
  }

  async wakeConnection(connectionId: string): Promise<void> {
    await sql`
      update attempts a set next_at = clock_timestamp() from payments p
      where p.id = a.payment_id and p.connection_id = ${connectionId} and a.live
        and a.next_at < 'infinity' and a.lease_owner is null`.execute(this.#db);
  }

  /** Ends the live attempt while nothing of it can have been executed; may open the next one. */
  async #byPayer(
    payment: Payment,
    change: Change,
    next: { attempt: NewAttempt; maxChallenges: number } | undefined,
  ) {
    const actor = `connection:${payment.connectionId}`;
    return this.#db
      .transaction()
      .execute(async (trx) => {
        await lockIntent(trx, payment.intentId);
        const ended = await trx
          .updateTable('attempts')
          .set({ live: false })
          .where('payment_id', '=', payment.id)
          .where('live', '=', true)
          .where('in_flight', '=', false)
          .where('unanswered', '=', false)
          .returning('number')
          .executeTakeFirst();
        if (!ended) throw new LostRaceError();
        const attempt = next ? ended.number + 1 : ended.number;
        if (next) {
          await assertChallengesLeft(trx, payment.connectionId, next.maxChallenges);
          await insertAttempt(trx, payment.id, attempt, next.attempt);
        }
        await setStatus(trx, { payment, attempt, actor, change });
        return true;
      })
      .catch((error: unknown) => {
        if (error instanceof LostRaceError) return false;
        throw error;
      });
  }
}

async function openPayment(
  trx: Trx,
  payment: NewPayment,
  once: OnceKey,
  maxChallenges: number,
): Promise<OpenOutcome> {
  if (await findAnswer(trx, once)) return { kind: 'repeated' };
  await lockIntent(trx, payment.intent.id);
  if (payment.attempt.expectsApproval) {
    await assertChallengesLeft(trx, payment.member.connectionId, maxChallenges);
  }
  await insertPayment(trx, payment);
  await insertAttempt(trx, payment.id, 1, payment.attempt);
  await keepAnswer(trx, once, { status: 202, body: payment.id });
  await appendTransition(trx, {
    payment: { id: payment.id, partnerId: payment.intent.partnerId, intentId: payment.intent.id },
    seq: 0,
    from: null,
    attempt: 1,
    actor: `connection:${payment.member.connectionId}`,
    change: { to: 'confirmed', cause: 'confirmed' },
    detail: payment.decision,
  });
  await publish(trx, payment.intent.id);
  return { kind: 'opened' };
}

async function insertPayment(trx: Trx, payment: NewPayment): Promise<void> {
  const { intent, member, account } = payment;
  const [item] = intent.items;
  if (!item) throw new Error('an intent has an item');
  // Withdrawn or lapsed meanwhile: the intent's row is locked, so what is read here stays true.
  const { rows } = await sql`
    insert into payments (id, partner_id, intent_id, connection_id, organization_id, status,
      account_id, account_name, account_iban, beneficiary_id, payee_name, payee_iban, amount_cents)
    select ${payment.id}, i.partner_id, i.id, ${member.connectionId}, ${member.organizationId},
      'confirmed', ${account.id}, ${account.name}, ${account.iban}, ${payment.beneficiaryId ?? null},
      ${item.payeeName}, ${item.payeeIban}, i.amount_cents
    from intents i
    where i.id = ${intent.id} and i.withdrawn_at is null and i.expires_at > money_now()
    returning 1`.execute(trx);
  if (rows.length === 0) throw new TakenError();
  await trx
    .insertInto('payment_items')
    .values(
      intent.items.map(({ index, externalRef }) => ({
        payment_id: payment.id,
        index,
        partner_id: intent.partnerId,
        external_ref: externalRef,
        status: 'confirmed' as const,
      })),
    )
    .execute();
  await sql`update payee_checks set used_at = money_now()
    where id = ${payment.payeeCheckId}`.execute(trx);
}

async function insertAttempt(trx: Trx, paymentId: string, number: number, attempt: NewAttempt) {
  await trx
    .insertInto('attempts')
    .values({
      id: attempt.id,
      payment_id: paymentId,
      number,
      bank_key: attempt.bankKey,
      path: attempt.request.path,
      body: attempt.request.body,
      approval_method: attempt.approvalMethod,
      expects_approval: attempt.expectsApproval,
      tag: attempt.tag,
      trust_read_at: attempt.trustReadAt ?? null,
    })
    .execute();
}

/**
 * A member's phone is asked so often in ten minutes and not oftener, confirmations on their way
 * included. One at a time per member, or two tabs would both find room.
 */
async function assertChallengesLeft(trx: Trx, connectionId: string, most: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`challenges ${connectionId}`}, 0))`.execute(
    trx,
  );
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from challenges where connection_id = ${connectionId}
        and at between money_now() - interval '10 minutes' and money_now())::int
      + (select count(*) from attempts a join payments p on p.id = a.payment_id
        where p.connection_id = ${connectionId} and p.status in ('confirmed', 'sending')
          and a.live and a.expects_approval)::int as count`.execute(trx);
  if ((rows[0]?.count ?? 0) < most) return;
  throw new PaymentError(
    'too-many-approvals',
    'Your phone has been asked too often. Wait ten minutes, then try again.',
  );
}

/** The invoice has a payment already, or may no longer be paid. */
class TakenError extends Error {
  override readonly name = 'TakenError';
}

const isTaken = (error: unknown): boolean =>
  error instanceof TakenError ||
  (error instanceof Error &&
    'constraint' in error &&
    error.constraint === 'one_payment_per_invoice');
