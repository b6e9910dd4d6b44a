import type { PaymentReason } from '@qonto-pay/shared';
import { sql } from 'kysely';
import { afterChange, type Changed } from '../payments/payment-items.js';
import type { Payment, PaymentItem } from '../payments/records.js';
import type { Change } from '../payments/store-port.js';
import { publish, type Trx } from './publish.js';

/** Somebody changed the payment first; the transaction that throws it rolls back. */
export class LostRaceError extends Error {
  override readonly name = 'LostRaceError';
}

export interface ChangeBy {
  payment: Payment;
  /** The number of the attempt that it happened to. */
  attempt: number;
  actor: string;
  change: Change;
  /** For the audit log. */
  detail?: Record<string, unknown>;
}

/**
 * The one door of a status, the payment's and its items': checked against the table, by
 * compare-and-set of the version, appended, audited (I-8) and published. The caller holds the
 * intent's row. @throws LostRaceError, IllegalTransitionError
 */
export async function changePayment(trx: Trx, by: ChangeBy): Promise<Payment> {
  const { payment, change } = by;
  const after = afterChange(payment, change);
  const written = await write(trx, by, after);
  if (isOutdatedCheck(change)) await forgetCheck(trx, payment);
  if (after.changed.some(({ to }) => to === 'held')) await raiseAlarm(trx, payment, change.cause);
  if (after.status !== payment.status || after.changed.length > 0) {
    await publish(trx, payment.intentId);
  } else {
    // Nothing that the world may see; but the pay page tells its payer more.
    await sql`select pg_notify('intents', ${payment.intentId})`.execute(trx);
  }
  return { ...payment, ...written, status: after.status, items: after.items };
}

/** One statement, whatever the number of items: all of it happens, or nothing. */
async function write(trx: Trx, by: ChangeBy, after: Changed) {
  const { payment, attempt, actor, change, detail = {} } = by;
  const isTransition = after.status !== payment.status;
  const action = isTransition ? `status:${after.status}` : 'items-changed';
  const audited = { ...detail, cause: change.cause, ...ownRows(by, after) };
  const { rows } = await sql<{
    version: number;
    reason: PaymentReason | null;
    bank_id: string | null;
    updated_at: Date;
  }>`
    with given as (
      select * from jsonb_to_recordset(${learnedJson(by, after)}::jsonb) as g(index int,
        status text, reason text, "transferId" text, "payeeVerified" boolean, "from" text)),
    changed as (
      update payments set status = ${after.status}, version = version + 1,
        reason = case when ${change.note?.reason !== null}
          then coalesce(${change.note?.reason ?? sharedReason(after.items)}, reason) end,
        bank_id = coalesce(${change.note?.bankId ?? null}, bank_id), updated_at = money_now()
      where id = ${payment.id} and version = ${payment.version}
      returning version, reason, bank_id, updated_at),
    items as (
      update payment_items r set status = g.status, reason = g.reason,
        transfer_id = g."transferId", payee_verified = g."payeeVerified"
      from given g, changed where r.payment_id = ${payment.id} and r.index = g.index),
    transition as (
      insert into transitions (payment_id, seq, from_status, to_status, attempt, cause, bank_trace_id)
      select ${payment.id}, version, ${payment.status}, ${after.status}, ${attempt},
        ${change.cause}, ${change.traceId ?? null}
      from changed where ${isTransition}),
    own as (
      insert into item_transitions (payment_id, seq, index, from_status, to_status, reason)
      select ${payment.id}, version, g.index, g."from", g.status, g.reason
      from given g, changed where g."from" is not null),
    logged as (
      insert into audit_log (partner_id, intent_id, payment_id, actor, action, detail)
      select ${payment.partnerId}, ${payment.intentId}, ${payment.id}, ${actor}, ${action},
        ${JSON.stringify(audited)}::jsonb
      from changed)
    select * from changed`.execute(trx);
  const [row] = rows;
  if (!row) throw new LostRaceError();
  return {
    version: row.version,
    reason: row.reason ?? undefined,
    bankId: row.bank_id ?? undefined,
    updatedAt: row.updated_at,
  };
}

/** Rows that move by themselves leave a trace of their own; else the payment's tells it all. */
function moveApart({ payment, change }: ChangeBy): boolean {
  const [first] = payment.items;
  return change.to === undefined || payment.items.some(({ status }) => status !== first?.status);
}

const ownRows = (by: ChangeBy, { changed }: Changed) =>
  moveApart(by) && by.payment.items.length > 1 ? { items: changed.map(({ index }) => index) } : {};

/** The items of which anything is new; `from` where the row's status moved by itself. */
function learnedJson(by: ChangeBy, { items, changed }: Changed): string {
  const isApart = moveApart(by);
  const from = new Map(changed.map((one) => [one.index, one.from]));
  const before = new Map(by.payment.items.map((item) => [item.index, item]));
  const learned = items.filter((item) => differs(before.get(item.index), item));
  return JSON.stringify(
    learned.map(({ index, status, reason, transferId, payeeVerified }) => ({
      ...{ index, status, reason, transferId, payeeVerified },
      from: isApart ? from.get(index) : undefined,
    })),
  );
}

const differs = (before: PaymentItem | undefined, item: PaymentItem): boolean =>
  before?.status !== item.status ||
  before.reason !== item.reason ||
  before.transferId !== item.transferId ||
  before.payeeVerified !== item.payeeVerified;

/** Where all rows end for one reason it is the payment's, too. */
function sharedReason(items: readonly PaymentItem[]): PaymentReason | null {
  const [first] = items;
  return items.every(({ reason }) => reason === first?.reason) ? (first?.reason ?? null) : null;
}

/** With the change itself: no crash leaves a held payment that nobody is told of. */
async function raiseAlarm(trx: Trx, payment: Payment, cause: string): Promise<void> {
  await sql`insert into audit_log (partner_id, intent_id, payment_id, actor, action)
    select ${payment.partnerId}, ${payment.intentId}, ${payment.id}, 'system', ${`alarm:${cause}`}
    where not exists (select 1 from audit_log
      where payment_id = ${payment.id} and action = ${`alarm:${cause}`})`.execute(trx);
}

/** The bank no longer takes its proof: the next confirmation begins with a new check. */
const isOutdatedCheck = ({ note, items = [] }: Change): boolean =>
  [note, ...items].some((learned) => learned?.reason === 'payee-check-expired');

async function forgetCheck(trx: Trx, { intentId, connectionId }: Payment): Promise<void> {
  await sql`update reviews set payee_check_id = null, version = version + 1
    where intent_id = ${intentId} and connection_id = ${connectionId}`.execute(trx);
}
