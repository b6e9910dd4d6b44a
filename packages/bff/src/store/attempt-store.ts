import { randomUUID } from 'node:crypto';
import { isFinal } from '@qonto-pay/shared';
import { type Kysely, type RawBuilder, type Selectable, sql, type UpdateObject } from 'kysely';
import { BankUnavailableError } from '../payments/errors.js';
import { KEY_LIFE_MS } from '../payments/pace.js';
import { isAtRest } from '../payments/payment-state-machine.js';
import type { Log } from '../payments/ports.js';
import type { LeasedAttempt } from '../payments/records.js';
import type { AttemptNote, AttemptStore, Change } from '../payments/store-port.js';
import { lockIntent, paymentColumns, pickPayment, type Trx } from './intent-view.js';
import { type AttemptRow, sessionContext, toAttempt, toPayment } from './rows.js';
import type { AttemptsTable, Database } from './schema.js';
import type { Secrets } from './secrets.js';
import { LostRaceError, notedOnPayment, setStatus } from './status-change.js';

/** Enough for a poll and its retry; a dead worker's row is free after it. */
const LEASE = '25 seconds';
/** What precedes a send, or a look into the bank's list, is several calls. */
const LONG_LEASE = '75 seconds';
/** Longer than a send may take, so that one key is never in flight twice (I-6). */
const SEND_LEASE = '45 seconds';

const SIGNED_OUT_RETRY_MS = 60_000;

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
        select a.id, p.status = 'confirmed' as first, p.status in ('confirmed', 'unknown') as long,
          a.hinted, a.next_at, row_number() over (
          partition by p.partner_id order by p.status = 'confirmed' desc, a.hinted desc, a.next_at
        ) as turn
        from attempts a join payments p on p.id = a.payment_id
        where a.live and a.next_at <= clock_timestamp()
          and (a.lease_until is null or a.lease_until < clock_timestamp())),
      picked as (
        select a.id, due.long from attempts a join due on due.id = a.id
        where a.live and a.next_at <= clock_timestamp()
          and (a.lease_until is null or a.lease_until < clock_timestamp())
        order by due.first desc, due.hinted desc, due.turn limit ${limit}
        for update of a skip locked),
      leased as (
        update attempts a set lease_owner = ${lease}, last_polled_at = clock_timestamp(),
          lease_until = clock_timestamp()
            + case when picked.long then ${LONG_LEASE} else ${LEASE} end::interval
        from picked where a.id = picked.id returning a.*)
      select l.*, money_now() as now, ${paymentColumns},
        ${ageMs('l.first_sent_clock')} as key_age_ms, ${ageMs('l.last_sent_clock')} as since_send_ms,
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
    try {
      return await this.#advance(leased, change);
    } catch (error) {
      if (!isTransferOfAnother(error)) throw error;
      return this.#holdApart(leased, change);
    }
  }

  /** I-7: the bank names a transfer that is another payment already. Which is which, a person says. */
  async #holdApart(leased: LeasedAttempt, change: Change): Promise<boolean> {
    const { transferId: _another, ...note } = change.note ?? {};
    const cause = change.to === 'held' ? change.cause : 'transfer-of-another-payment';
    return this.#advance(leased, { ...change, to: 'held', cause, note });
  }

  async #advance(leased: LeasedAttempt, change: Change): Promise<boolean> {
    const done = await this.#change(leased, change, {
      ...this.#noted(leased, change.note ?? {}),
      ...RELEASED_LEASE,
      live: !isFinal(change.to),
      // A held payment waits for a person, not for a worker.
      next_at: isAtRest(change.to) ? sql<Date>`'infinity'` : fromNow(change.nextInMs ?? 0),
    });
    if (done && change.to === 'held') {
      this.#log.error({ event: 'alarm', cause: change.cause, paymentId: leased.payment.id });
    }
    return done !== undefined;
  }

  async markSending(
    leased: LeasedAttempt,
    change: Pick<Change, 'to' | 'cause'> | undefined,
  ): Promise<LeasedAttempt | undefined> {
    // I-6, where it counts: the lease still runs, and neither clock calls the key old.
    const isStillAllowed = sql<boolean>`lease_until > clock_timestamp() and (first_sent_at is null or
      greatest(money_now() - first_sent_at, clock_timestamp() - first_sent_clock)
        < ${`${KEY_LIFE_MS} milliseconds`}::interval)`;
    const columns = {
      in_flight: true,
      sends: sql<number>`sends + 1`,
      first_sent_at: sql<Date>`coalesce(first_sent_at, money_now())`,
      last_sent_at: sql<Date>`money_now()`,
      first_sent_clock: sql<Date>`coalesce(first_sent_clock, clock_timestamp())`,
      last_sent_clock: sql<Date>`clock_timestamp()`,
      lease_until: sql<Date>`clock_timestamp() + ${SEND_LEASE}::interval`,
    };
    return this.#change(leased, change, columns, isStillAllowed);
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

  async waitForBank(leased: LeasedAttempt, error: unknown, nextInMs: number): Promise<void> {
    const { id: paymentId, status } = leased.payment;
    const cause = error instanceof Error ? error.name : 'silence';
    const traceId = error instanceof BankUnavailableError ? error.traceId : undefined;
    this.#log.warn({ event: 'bank-not-asked', paymentId, status, cause, traceId });
    // Only a new sign-in helps, and it makes the attempt due at once.
    const isPassing = error instanceof BankUnavailableError;
    await this.release(leased, isPassing ? nextInMs : SIGNED_OUT_RETRY_MS);
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

  /** Once per payment and cause: a poll that repeats is no news. */
  async alarm({ payment }: LeasedAttempt, what: string): Promise<void> {
    const action = `alarm:${what}`;
    const { rows } = await sql`
      insert into audit_log (partner_id, intent_id, payment_id, actor, action)
      select ${payment.partnerId}, ${payment.intentId}, ${payment.id}, 'system', ${action}
      where not exists (select 1 from audit_log
        where payment_id = ${payment.id} and action = ${action})
      returning 1`.execute(this.#db);
    if (rows.length > 0) this.#log.error({ event: 'alarm', cause: what, paymentId: payment.id });
  }

  /** Lease and version hold, or nothing happens. */
  async #change(
    leased: LeasedAttempt,
    change: Change | undefined,
    columns: AttemptColumns,
    condition?: RawBuilder<boolean>,
  ): Promise<LeasedAttempt | undefined> {
    const { payment } = leased;
    return this.#db
      .transaction()
      .execute(async (trx) => {
        if (change) await lockIntent(trx, payment.intentId);
        const row = await setAttempt(trx, leased, columns, condition);
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
        keyAgeMs: Number(row.key_age_ms ?? 0),
        sinceLastSendMs: Number(row.since_send_ms ?? 0),
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
  condition: RawBuilder<boolean> = sql<boolean>`true`,
): Promise<Selectable<AttemptsTable> | undefined> {
  return trx
    .updateTable('attempts')
    .set(columns)
    .where('id', '=', attempt.id)
    .where('lease_owner', '=', lease)
    .where('live', '=', true)
    .where(condition)
    .returningAll()
    .executeTakeFirst();
}

/** Counted against the pushes that a member's phone may get. */
async function addChallenge(trx: Trx, { payment }: LeasedAttempt): Promise<void> {
  await sql`insert into challenges (connection_id, at)
    values (${payment.connectionId}, money_now())`.execute(trx);
}

const isTransferOfAnother = (error: unknown): boolean =>
  error instanceof Error &&
  'constraint' in error &&
  error.constraint === 'one_payment_per_transfer';

const ageMs = (column: string) =>
  sql`extract(epoch from clock_timestamp() - ${sql.ref(column)})::float8 * 1000`;

const fromNow = (ms: number) =>
  sql<Date>`clock_timestamp() + ${`${Math.round(ms)} milliseconds`}::interval`;

/** Leaves out what the note does not speak of. */
function defined(columns: AttemptColumns): AttemptColumns {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}
