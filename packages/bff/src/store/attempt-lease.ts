import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { LeasedAttempt } from '../payments/records.js';
import { paymentColumns, pickPayment } from './payment-columns.js';
import { type AttemptRow, toAttempt, toPayment } from './rows.js';
import type { Database } from './schema.js';
import type { Secrets } from './secrets.js';

/** Enough for a poll and its retry; a dead worker's row is free after it. */
const LEASE = '25 seconds';
/** What precedes a send, or a look into the bank's lists, is several calls. */
const LONG_LEASE = '75 seconds';

/**
 * Takes what is due. Confirmed ones first, then hints; partners take turns, so that none starves
 * another. One statement also tells when the next attempt is due.
 */
export async function leaseDue(
  db: Kysely<Database>,
  secrets: Secrets,
  limit: number,
): Promise<{ leased: LeasedAttempt[]; nextDueInMs: number | undefined }> {
  const lease = randomUUID();
  const { rows } = await sql<Record<string, unknown>>`
    with due as (
      select a.id, p.status = 'confirmed' as first, a.hinted, a.next_at,
        p.status in ('confirmed', 'unknown', 'processing')
          -- Whoever waits for the phone is looked at by one call, and soon after a crash.
          or (a.kind <> 'transfer' and p.status <> 'approval_needed') as long,
        row_number() over (
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
  `.execute(db);
  const nextDueInMs = rows[0]?.next_due_in_ms as number | null | undefined;
  return {
    leased: rows.flatMap((row) => toLeased(row, lease, secrets)),
    nextDueInMs: nextDueInMs ?? undefined,
  };
}

function toLeased(row: Record<string, unknown>, lease: string, secrets: Secrets): LeasedAttempt[] {
  const payment = row.id === null ? null : pickPayment(row);
  if (!payment) return [];
  const attempt = row as unknown as AttemptRow;
  return [
    {
      attempt: toAttempt(attempt, payment.partner_id, secrets),
      payment: toPayment(payment),
      lease,
      now: row.now as Date,
      keyAgeMs: Number(row.key_age_ms ?? 0),
      sinceLastSendMs: Number(row.since_send_ms ?? 0),
    },
  ];
}

const ageMs = (column: string) =>
  sql`extract(epoch from clock_timestamp() - ${sql.ref(column)})::float8 * 1000`;
