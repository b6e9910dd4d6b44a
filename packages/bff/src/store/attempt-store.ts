import { randomUUID } from 'node:crypto';
import { isFinal } from '@qonto-pay/shared';
import { type Kysely, type Selectable, sql, type UpdateObject } from 'kysely';
import { isAtRest } from '../payments/payment-state-machine.js';
import type { Log } from '../payments/ports.js';
import type { LeasedAttempt } from '../payments/records.js';
import type { AttemptNote, AttemptStore, Change } from '../payments/store-port.js';
import { lockIntent, paymentColumns, pickPayment, type Trx } from './intent-view.js';
import { type AttemptRow, sessionContext, toAttempt, toPayment } from './rows.js';
import type { AttemptsTable, Database } from './schema.js';
import type { Secrets } from './secrets.js';
import { LostRaceError, notedOnPayment, setStatus } from './status-change.js';

/** Enough for a poll, and for what precedes a send; a dead worker's row is free after it. */
const LEASE = '15 seconds';
/** Longer than a send may take, so that one key is never in flight twice (I-6). */
const SEND_LEASE = '45 seconds';

type AttemptColumns = UpdateObject<Database, 'attempts'>;

const RELEASED_LEASE = { lease_owner: null, lease_until: null, hinted: false };

/** Attempts in PostgreSQL: rows taken with leases, changed only by who holds the lease. */
export class PgAttemptStore implements AttemptStore {
  readonly #db: Kysely<Database>;
  readonly #secrets: Secrets;
  readonly #log: Log;

  constructor(options: { db: Kysely<Database>; secrets: Secrets; log: Log }) {
    this.#db = options.db;
    this.#secrets = options.secrets;
    this.#log = options.log;
  }

  /**
   * Confirmed ones first, then hints; partners take turns, so that none starves another. One
   * statement also tells when the next attempt is due.
   */
  async lease(limit: number) {
    const lease = randomUUID();
    const { rows } = await sql<Record<string, unknown>>`
      with due as (
        select a.id, p.status = 'confirmed' as first, a.hinted, a.next_at, row_number() over (
          partition by p.partner_id order by p.status = 'confirmed' desc, a.hinted desc, a.next_at
        ) as turn
        from attempts a join payments p on p.id = a.payment_id
        where a.live and a.next_at <= clock_timestamp()
          and (a.lease_until is null or a.lease_until < clock_timestamp())),
      picked as (
        select a.id from attempts a join due on due.id = a.id
        where a.live and a.next_at <= clock_timestamp()
          and (a.lease_until is null or a.lease_until < clock_timestamp())
        order by due.first desc, due.hinted desc, due.turn limit ${limit}
        for update of a skip locked),
      leased as (
        update attempts a set lease_owner = ${lease}, last_polled_at = clock_timestamp(),
          lease_until = clock_timestamp() + ${LEASE}::interval
        from picked where a.id = picked.id returning a.*)
      select l.*, money_now() as now, ${paymentColumns},
        (select extract(epoch from min(n.next_at) - clock_timestamp())::float8 * 1000
         from attempts n where n.live and n.next_at > clock_timestamp()
           and n.next_at < 'infinity') as next_due_in_ms
      from (values (1)) as one left join leased l on true left join payments p on p.id = l.payment_id
    `.execute(this.#db);
    const nextDueInMs = rows[0]?.next_due_in_ms as number | null | undefined;
    return {
      leased: rows.flatMap((row) => this.#toLeased(row, lease)),
      nextDueInMs: nextDueInMs ?? undefined,
    };
  }

  async advance(leased: LeasedAttempt, change: Change): Promise<boolean> {
    const done = await this.#change(leased, change, {
      ...this.#noted(leased, change.note ?? {}),
      ...RELEASED_LEASE,
      live: !isFinal(change.to),
      // A held payment waits for a person, not for a worker.
      next_at: isAtRest(change.to) ? sql<Date>`'infinity'` : fromNow(change.nextInMs ?? 0),
    });
    return done !== undefined;
  }

  async markSending(
    leased: LeasedAttempt,
    change: Pick<Change, 'to' | 'cause'> | undefined,
  ): Promise<LeasedAttempt | undefined> {
    return this.#change(leased, change, {
      in_flight: true,
      sends: sql<number>`sends + 1`,
      first_sent_at: sql<Date>`coalesce(first_sent_at, money_now())`,
      last_sent_at: sql<Date>`money_now()`,
      lease_until: sql<Date>`clock_timestamp() + ${SEND_LEASE}::interval`,
    });
  }

  async release(leased: LeasedAttempt, nextInMs: number, note: AttemptNote = {}): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const set = { ...this.#noted(leased, note), ...RELEASED_LEASE, next_at: fromNow(nextInMs) };
      if (!(await setAttempt(trx, leased, set))) return;
      if (note.approvalSession) await addChallenge(trx, leased);
      const columns = notedOnPayment(note);
      if (Object.keys(columns).length === 0) return;
      const { id, version } = leased.payment;
      await trx
        .updateTable('payments')
        .set(columns)
        .where('id', '=', id)
        .where('version', '=', version)
        .execute();
    });
  }

  async releaseIfIdle(leased: LeasedAttempt, nextInMs: number): Promise<void> {
    await this.#db
      .updateTable('attempts')
      .set({ ...RELEASED_LEASE, next_at: fromNow(nextInMs) })
      .where('id', '=', leased.attempt.id)
      .where('lease_owner', '=', leased.lease)
      .where('in_flight', '=', false)
      .execute();
  }

  async alarm({ payment }: LeasedAttempt, what: string): Promise<void> {
    this.#log.error({ event: 'alarm', cause: what, paymentId: payment.id });
    await this.#db
      .insertInto('audit_log')
      .values({
        partner_id: payment.partnerId,
        intent_id: payment.intentId,
        payment_id: payment.id,
        actor: 'system',
        action: `alarm:${what}`,
      })
      .execute();
  }

  /** Lease and version hold, or nothing happens. */
  async #change(
    leased: LeasedAttempt,
    change: Change | undefined,
    columns: AttemptColumns,
  ): Promise<LeasedAttempt | undefined> {
    const { payment } = leased;
    return this.#db
      .transaction()
      .execute(async (trx) => {
        if (change) await lockIntent(trx, payment.intentId);
        const row = await setAttempt(trx, leased, columns);
        if (!row) throw new LostRaceError();
        if (change?.note?.approvalSession) await addChallenge(trx, leased);
        const attempt = toAttempt(row, payment.partnerId, this.#secrets);
        if (!change) return { ...leased, attempt };
        const by = { payment, attempt: attempt.number, actor: 'system', change };
        return { ...leased, attempt, payment: toPayment(await setStatus(trx, by)) };
      })
      .catch((error: unknown) => {
        if (error instanceof LostRaceError) return undefined;
        throw error;
      });
  }

  #toLeased(row: Record<string, unknown>, lease: string): LeasedAttempt[] {
    const payment = row.id === null ? null : pickPayment(row);
    if (!payment) return [];
    const attempt = row as unknown as AttemptRow;
    return [
      {
        attempt: toAttempt(attempt, payment.partner_id, this.#secrets),
        payment: toPayment(payment),
        lease,
        now: row.now as Date,
      },
    ];
  }

  #noted({ attempt, payment }: LeasedAttempt, note: AttemptNote): AttemptColumns {
    const { inFlight, unanswered, approvalSession, challengedAt, approvalExpiresAt } = note;
    const { cleanListings, firstCleanListingAt } = note;
    const context = sessionContext(payment.partnerId, attempt.id);
    return defined({
      in_flight: inFlight,
      unanswered,
      approval_session: approvalSession
        ? this.#secrets.encrypt(context, approvalSession)
        : undefined,
      challenged_at: challengedAt,
      approval_expires_at: approvalExpiresAt,
      clean_listings: cleanListings,
      first_clean_listing_at: firstCleanListingAt,
    });
  }
}

async function setAttempt(
  trx: Trx,
  { attempt, lease }: LeasedAttempt,
  columns: AttemptColumns,
): Promise<Selectable<AttemptsTable> | undefined> {
  return trx
    .updateTable('attempts')
    .set(columns)
    .where('id', '=', attempt.id)
    .where('lease_owner', '=', lease)
    .where('live', '=', true)
    .returningAll()
    .executeTakeFirst();
}

/** Counted against the pushes that a member's phone may get. */
async function addChallenge(trx: Trx, { payment }: LeasedAttempt): Promise<void> {
  await sql`insert into challenges (connection_id, at)
    values (${payment.connectionId}, money_now())`.execute(trx);
}

const fromNow = (ms: number) =>
  sql<Date>`clock_timestamp() + ${`${Math.round(ms)} milliseconds`}::interval`;

/** Leaves out what the note does not speak of. */
function defined(columns: AttemptColumns): AttemptColumns {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}
