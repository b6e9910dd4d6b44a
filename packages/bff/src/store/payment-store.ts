import { type Kysely, sql, type UpdateObject } from 'kysely';
import { PaymentError } from '../payments/errors.js';
import type { Member, Payment } from '../payments/records.js';
import type {
  Change,
  NewAttempt,
  NewPayment,
  OnceKey,
  OpenOutcome,
  PaymentStore,
} from '../payments/store-port.js';
import { insertAttempt, insertPayment, isTaken } from './new-payment.js';
import { findAnswer, keepAnswer } from './once.js';
import { RELEASED } from './payment-columns.js';
import { lockIntent, publish, type Trx } from './publish.js';
import type { Database } from './schema.js';
import { changePayment, LostRaceError } from './status-change.js';

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
      if (isTaken(error)) return { kind: 'taken', rows: await this.#takenRows(payment) };
      throw error;
    }
  }

  async isRepeated(once: OnceKey): Promise<boolean> {
    const found = await this.#db.transaction().execute((trx) => findAnswer(trx, once));
    return found !== undefined;
  }

  async cancel(payment: Payment): Promise<boolean> {
    const change: Change = { to: 'canceled', cause: 'canceled-by-payer' };
    return this.#byPayer(payment, { change, by: payment.connectionId });
  }

  async stopApproval(payment: Payment, member: Member): Promise<boolean> {
    const actor = `connection:${member.connectionId}`;
    const change: Change = { to: 'requested', cause: 'approval-stopped' };
    return this.#whereFirst(payment, async (trx) => {
      // It stays live: whoever polls the request goes on, and its session is never replayed.
      const { number } = await idleAttempt(trx, payment.id, {
        ...{ lease_owner: null, lease_until: null },
        next_at: sql`clock_timestamp()`,
      });
      await changePayment(trx, { payment, attempt: number, actor, change });
    });
  }

  async noteWish(
    paymentId: string,
    member: Member,
    wish: { action: string; rows: number[] },
  ): Promise<void> {
    await sql`
      with noted as (
        insert into audit_log (partner_id, intent_id, payment_id, actor, action, detail)
        select p.partner_id, p.intent_id, p.id, ${`connection:${member.connectionId}`},
          ${wish.action}, ${JSON.stringify({ items: wish.rows })}::jsonb
        from payments p where p.id = ${paymentId}),
      due as (
        update attempts set next_at = clock_timestamp()
        where payment_id = ${paymentId} and live and next_at < 'infinity')
      select pg_notify('attempts', '')`.execute(this.#db);
  }

  async replaceAttempt(
    payment: Payment,
    attempt: NewAttempt,
    maxChallenges: number,
    once?: OnceKey,
  ): Promise<boolean> {
    const isFirst = payment.status === 'requested';
    const cause = isFirst ? 'request-approval-asked' : 'approval-asked-anew';
    return this.#byPayer(payment, {
      change: { to: 'confirmed', cause, note: { reason: null } },
      by: attempt.connectionId,
      next: { attempt, maxChallenges, once },
    });
  }

  async hint(intentId: string): Promise<void> {
    await sql`
      with due as (
        update attempts a set hinted = true,
          next_at = least(a.next_at,
            greatest(clock_timestamp(), coalesce(a.last_polled_at, '-infinity') + '1 second'))
        from payments p
        where p.id = a.payment_id and p.status = 'approval_needed'
          and p.id in (
            select h.payment_id from intent_items t join payment_items h
              on h.partner_id = t.partner_id and h.external_ref = t.external_ref
            where t.intent_id = ${intentId} and h.status = 'approval_needed')
          and a.live and a.approval_session is not null and a.next_at < 'infinity'
        returning 1)
      select pg_notify('attempts', '') from due limit 1`.execute(this.#db);
  }

  async wakeConnection(connectionId: string): Promise<void> {
    await sql`
      update attempts set next_at = clock_timestamp()
      where connection_id = ${connectionId} and live and next_at < 'infinity'
        and lease_owner is null`.execute(this.#db);
  }

  /** Ends the live attempt while nothing of it can have been executed; may open the next one. */
  async #byPayer(
    payment: Payment,
    wish: {
      change: Change;
      by: string;
      next?: { attempt: NewAttempt; maxChallenges: number; once: OnceKey | undefined };
    },
  ): Promise<boolean> {
    const { change, next } = wish;
    const actor = `connection:${wish.by}`;
    return this.#whereFirst(payment, async (trx) => {
      if (next?.once && (await findAnswer(trx, next.once))) return;
      const ended = await idleAttempt(trx, payment.id, { live: false });
      const attempt = ended.number + (next ? 1 : 0);
      if (next) {
        await assertChallengesLeft(trx, next.attempt.connectionId, next.maxChallenges);
        await insertAttempt(trx, payment.id, attempt, next.attempt);
        if (next.once) await keepAnswer(trx, next.once, { status: 202, body: payment.id });
      }
      await changePayment(trx, { payment, attempt, actor, change });
    });
  }

  /** @returns false when somebody else has changed the payment first. */
  async #whereFirst(payment: Payment, act: (trx: Trx) => Promise<void>): Promise<boolean> {
    return this.#db
      .transaction()
      .execute(async (trx) => {
        await lockIntent(trx, payment.intentId);
        await act(trx);
        return true;
      })
      .catch((error: unknown) => {
        if (error instanceof LostRaceError) return false;
        throw error;
      });
  }

  /** Read after the rollback: by now the other payment is there for everybody to see. */
  async #takenRows({ intent, items }: NewPayment): Promise<number[]> {
    const wanted = items.map(({ index }) => index);
    const { rows } = await sql<{ index: number }>`
      select t.index from intent_items t
        join intents i on i.id = t.intent_id and i.withdrawn_at is null and i.expires_at > money_now()
        join payment_items h on h.partner_id = t.partner_id and h.external_ref = t.external_ref
          and h.status not in ${RELEASED}
      where t.intent_id = ${intent.id} and t.index = any(${wanted}::int[])
      order by t.index`.execute(this.#db);
    return rows.map(({ index }) => index);
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
    await assertChallengesLeft(trx, payment.attempt.connectionId, maxChallenges);
  }
  await insertPayment(trx, payment);
  await insertAttempt(trx, payment.id, 1, payment.attempt);
  await keepAnswer(trx, once, { status: 202, body: payment.id });
  await publish(trx, payment.intent.id);
  return { kind: 'opened' };
}

/** Changes the live attempt, of which nothing can have been executed. */
async function idleAttempt(
  trx: Trx,
  paymentId: string,
  set: UpdateObject<Database, 'attempts'>,
): Promise<{ number: number }> {
  const idle = await trx
    .updateTable('attempts')
    .set(set)
    .where('payment_id', '=', paymentId)
    .where('live', '=', true)
    .where('in_flight', '=', false)
    .where('unanswered', '=', false)
    .returning('number')
    .executeTakeFirst();
  if (!idle) throw new LostRaceError();
  return idle;
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
        where a.connection_id = ${connectionId} and p.status in ('confirmed', 'sending')
          and a.live and a.expects_approval)::int as count`.execute(trx);
  if ((rows[0]?.count ?? 0) < most) return;
  throw new PaymentError(
    'too-many-approvals',
    'Your phone has been asked too often. Wait ten minutes, then try again.',
  );
}
