import { isFinal } from '@qonto-pay/shared';
import { type Kysely, type RawBuilder, sql, type UpdateObject } from 'kysely';
import { BankUnavailableError } from '../payments/errors.js';
import { KEY_LIFE_MS } from '../payments/pace.js';
import { afterChange, isAllAtRest } from '../payments/payment-items.js';
import type { AttemptKind, Log } from '../payments/ports.js';
import type { Attempt, LeasedAttempt } from '../payments/records.js';
import type { AttemptNote, AttemptStore, Change } from '../payments/store-port.js';
import { leaseDue } from './attempt-lease.js';
import {
  ANOTHERS_TRANSFER,
  holdRowsApart,
  holdWhole,
  isBankIdOfAnother,
  isTransferOfAnother,
} from './hold-apart.js';
import { lockIntent, type Trx } from './publish.js';
import { sessionContext } from './rows.js';
import type { Database } from './schema.js';
import type { Secrets } from './secrets.js';
import { changePayment, LostRaceError } from './status-change.js';

/** Longer than a send may take, so that one key is never in flight twice (I-6). */
const sendLease = (kind: AttemptKind): string =>
  kind === 'transfer' ? '45 seconds' : '100 seconds';

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

  lease(limit: number) {
    return leaseDue(this.#db, this.#secrets, limit);
  }

  async advance(leased: LeasedAttempt, change: Change): Promise<boolean> {
    try {
      return await this.#advance(leased, change);
    } catch (error) {
      if (isBankIdOfAnother(error)) return this.#advance(leased, holdWhole(change));
      if (!isTransferOfAnother(error)) throw error;
      const apart = await holdRowsApart(this.#db, leased.payment, change);
      const isDone = await this.#advance(leased, apart);
      if (isDone) await this.alarm(leased, ANOTHERS_TRANSFER);
      return isDone;
    }
  }

  async #advance(leased: LeasedAttempt, change: Change): Promise<boolean> {
    const { status, items, changed } = afterChange(leased.payment, change);
    const done = await this.#change(leased, change, {
      ...this.#noted(leased, change.note ?? {}),
      ...RELEASED_LEASE,
      live: !isFinal(status),
      // Held rows wait for a person, not for a worker; it goes on with the others.
      next_at: isAllAtRest(items) ? sql<Date>`'infinity'` : fromNow(change.nextInMs ?? 0),
    });
    if (done && changed.some(({ to }) => to === 'held')) {
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
      lease_until: sql<Date>`clock_timestamp() + ${sendLease(leased.attempt.kind)}::interval`,
    };
    return this.#change(leased, change, columns, isStillAllowed);
  }

  async release(leased: LeasedAttempt, nextInMs: number, note: AttemptNote = {}): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const set = { ...this.#noted(leased, note), ...RELEASED_LEASE, next_at: fromNow(nextInMs) };
      if (!(await setAttempt(trx, leased, set))) return;
      if (note.approvalSession) await addChallenge(trx, leased);
      const { reason, bankId } = note;
      if (reason === undefined && bankId === undefined) return;
      const { id, version } = leased.payment;
      await sql`update payments set reason = coalesce(${reason ?? null}, reason),
          bank_id = coalesce(${bankId ?? null}, bank_id)
        where id = ${id} and version = ${version}`.execute(trx);
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
        const sent = await setAttempt(trx, leased, columns, condition);
        if (!sent) throw new LostRaceError();
        if (change?.note?.approvalSession) await addChallenge(trx, leased);
        const attempt = { ...leased.attempt, ...sent };
        if (!change) return { ...leased, attempt };
        const by = { payment, attempt: attempt.number, actor: 'system', change };
        return { ...leased, attempt, payment: await changePayment(trx, by) };
      })
      .catch((error: unknown) => {
        if (error instanceof LostRaceError) return undefined;
        throw error;
      });
  }

  #noted({ attempt, payment }: LeasedAttempt, note: AttemptNote): AttemptColumns {
    const { inFlight, unanswered, approvalSession, challengedAt, approvalExpiresAt } = note;
    const { cleanListings, firstCleanListingAt, followedUntil } = note;
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
      followed_until: followedUntil,
    });
  }
}

/** @returns what a send changes of it; the bytes are not read again. */
async function setAttempt(
  trx: Trx,
  { attempt, lease }: LeasedAttempt,
  columns: AttemptColumns,
  condition: RawBuilder<boolean> = sql<boolean>`true`,
): Promise<Partial<Attempt> | undefined> {
  const row = await trx
    .updateTable('attempts')
    .set(columns)
    .where('id', '=', attempt.id)
    .where('lease_owner', '=', lease)
    .where('live', '=', true)
    .where(condition)
    .returning(['sends', 'first_sent_at', 'last_sent_at', 'in_flight'])
    .executeTakeFirst();
  return (
    row && {
      sends: row.sends,
      firstSentAt: row.first_sent_at ?? undefined,
      lastSentAt: row.last_sent_at ?? undefined,
      inFlight: row.in_flight,
    }
  );
}

/** Counted against the pushes that a member's phone may get. */
async function addChallenge(trx: Trx, { attempt }: LeasedAttempt): Promise<void> {
  await sql`insert into challenges (connection_id, at)
    values (${attempt.connectionId}, money_now())`.execute(trx);
}

const fromNow = (ms: number) =>
  sql<Date>`clock_timestamp() + ${`${Math.round(ms)} milliseconds`}::interval`;

/** Leaves out what the note does not speak of. */
function defined(columns: AttemptColumns): AttemptColumns {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}
