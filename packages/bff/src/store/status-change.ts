import type { PaymentStatus } from '@qonto-pay/shared';
import { sql, type Updateable } from 'kysely';
import { assertTransition } from '../payments/payment-state-machine.js';
import type { Payment } from '../payments/records.js';
import type { AttemptNote, Change } from '../payments/store-port.js';
import { publish, type Trx } from './intent-view.js';
import type { PaymentRow } from './rows.js';
import type { PaymentsTable } from './schema.js';

/** Somebody changed the payment first; the transaction that throws it rolls back. */
export class LostRaceError extends Error {
  override readonly name = 'LostRaceError';
}

export interface Appended {
  payment: Pick<Payment, 'id' | 'partnerId' | 'intentId'>;
  seq: number;
  from: PaymentStatus | null;
  attempt: number;
  actor: string;
  change: Change;
  detail?: Record<string, unknown>;
}

/** I-8: the transition, its audit entry and the items' status, in one statement of the caller's. */
export async function appendTransition(trx: Trx, appended: Appended): Promise<void> {
  const { payment, seq, from, attempt, actor, change, detail = {} } = appended;
  await sql`
    with transition as (
      insert into transitions (payment_id, seq, from_status, to_status, attempt, cause, bank_trace_id)
      values (${payment.id}, ${seq}, ${from}, ${change.to}, ${attempt}, ${change.cause},
        ${change.traceId ?? null})),
    items as (
      update payment_items set status = ${change.to}
      where payment_id = ${payment.id} and status <> ${change.to})
    insert into audit_log (partner_id, intent_id, payment_id, actor, action, detail)
    values (${payment.partnerId}, ${payment.intentId}, ${payment.id}, ${actor},
      ${`status:${change.to}`}, ${JSON.stringify({ ...detail, cause: change.cause })}::jsonb)
  `.execute(trx);
}

/**
 * The one door of a status: checked against the table, by compare-and-set of the version, appended
 * and published. The caller holds the intent's row.
 */
export async function setStatus(
  trx: Trx,
  options: Omit<Appended, 'payment' | 'seq' | 'from'> & { payment: Payment },
): Promise<PaymentRow> {
  const { payment, change } = options;
  assertTransition(payment.status, change.to);
  const row = await trx
    .updateTable('payments')
    .set({
      status: change.to,
      version: payment.version + 1,
      updated_at: sql<Date>`money_now()`,
      ...notedOnPayment(change.note ?? {}),
    })
    .where('id', '=', payment.id)
    .where('version', '=', payment.version)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new LostRaceError();
  await appendTransition(trx, { ...options, seq: row.version, from: payment.status });
  // The bank no longer takes its proof: the next confirmation begins with a new check.
  if (change.note?.reason === 'payee-check-expired') await forgetCheck(trx, payment);
  if (change.to === 'held') await raiseAlarm(trx, payment, change.cause);
  await publish(trx, payment.intentId);
  return { ...row, external_refs: payment.externalRefs };
}

/** With the change itself: no crash leaves a held payment that nobody is told of. */
async function raiseAlarm(trx: Trx, payment: Payment, cause: string): Promise<void> {
  await sql`insert into audit_log (partner_id, intent_id, payment_id, actor, action)
    values (${payment.partnerId}, ${payment.intentId}, ${payment.id}, 'system',
      ${`alarm:${cause}`})`.execute(trx);
}

async function forgetCheck(trx: Trx, { intentId, connectionId }: Payment): Promise<void> {
  await sql`update reviews set payee_check_id = null, version = version + 1
    where intent_id = ${intentId} and connection_id = ${connectionId}`.execute(trx);
}

/** The part of a note that belongs to the payment. */
export function notedOnPayment(note: AttemptNote): Updateable<PaymentsTable> {
  const { reason, transferId, payeeVerified } = note;
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(transferId === undefined ? {} : { transfer_id: transferId }),
    ...(payeeVerified === undefined ? {} : { payee_verified: payeeVerified }),
  };
}
