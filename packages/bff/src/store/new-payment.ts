import { PAYMENT_STATUSES } from '@qonto-pay/shared';
import { sql } from 'kysely';
import { isUnaccepted } from '../payments/payment-items.js';
import type { NewAttempt, NewPayment } from '../payments/store-port.js';
import type { Trx } from './publish.js';

const UNACCEPTED = PAYMENT_STATUSES.filter(isUnaccepted);

/**
 * Payment, items, transition and audit entry in one statement. The caller holds the intent's row,
 * so what is read here of it stays true: not withdrawn, not lapsed, and nothing of it unaccepted.
 * @throws TakenError, or the unique violation of I-2: see `isTaken`.
 */
export async function insertPayment(trx: Trx, payment: NewPayment): Promise<void> {
  const { intent, member, account, items, attempt, decision } = payment;
  const { rows } = await sql<{ opened: number; items: number; amount_cents: bigint }>`
    with wanted as (
      select * from jsonb_to_recordset(${itemsJson(items)}::jsonb) as w(index int,
        "externalRef" text, "amountCents" bigint, "payeeName" text, "payeeIban" text,
        "beneficiaryId" text, remittance text, "scheduledOn" text, "clientTransferId" uuid)),
    paid as (
      insert into payments (id, partner_id, intent_id, connection_id, organization_id, kind, status,
        account_id, account_name, account_iban, amount_cents)
      select ${payment.id}, i.partner_id, i.id, ${member.connectionId}, ${member.organizationId},
        ${payment.kind}, 'confirmed', ${account.id}, ${account.name}, ${account.iban},
        ${payment.amountCents}
      from intents i
      where i.id = ${intent.id} and i.withdrawn_at is null and i.expires_at > money_now()
        and not exists (select 1 from payments o
          where o.intent_id = i.id and o.status = any(${UNACCEPTED}::text[]))
      returning id, partner_id, organization_id),
    checked as (
      update payee_checks set used_at = money_now()
      from paid where payee_checks.id = ${payment.payeeCheckId ?? null}),
    transition as (
      insert into transitions (payment_id, seq, to_status, attempt, cause)
      select id, 0, 'confirmed', 1, 'confirmed' from paid),
    logged as (
      insert into audit_log (partner_id, intent_id, payment_id, actor, action, detail)
      select partner_id, ${intent.id}, id, ${`connection:${attempt.connectionId}`},
        'status:confirmed', ${JSON.stringify({ ...decision, cause: 'confirmed' })}::jsonb
      from paid),
    items as (
      insert into payment_items (payment_id, index, partner_id, organization_id, external_ref,
        amount_cents, payee_name, payee_iban, beneficiary_id, remittance, scheduled_on,
        client_transfer_id, status)
      select paid.id, t.index, t.partner_id, paid.organization_id, t.external_ref, t.amount_cents,
        t.payee_name, t.payee_iban, w."beneficiaryId", w.remittance, w."scheduledOn",
        w."clientTransferId", 'confirmed'
      from paid, wanted w
      -- What is paid is what the partner's server named.
      join intent_items t on t.intent_id = ${intent.id} and t.index = w.index
        and t.external_ref = w."externalRef" and t.amount_cents = w."amountCents"
        and t.payee_name = w."payeeName" and t.payee_iban = w."payeeIban"
      -- In one order for all: two that name the same invoices wait for each other only one way.
      order by t.external_ref
      returning amount_cents)
    select (select count(*) from paid)::int as opened, count(*)::int as items,
      coalesce(sum(amount_cents), 0)::bigint as amount_cents
    from items`.execute(trx);
  const [made] = rows;
  if (!made?.opened) throw new TakenError();
  if (made.items !== items.length || made.amount_cents !== payment.amountCents) {
    throw new Error('a payment is made of rows of its intent, and of their amounts');
  }
}

const itemsJson = (items: NewPayment['items']): string =>
  JSON.stringify(items.map((item) => ({ ...item, amountCents: String(item.amountCents) })));

/** I-3: key and bytes, before anything is sent. */
export async function insertAttempt(
  trx: Trx,
  paymentId: string,
  number: number,
  attempt: NewAttempt,
): Promise<void> {
  await trx
    .insertInto('attempts')
    .values({
      id: attempt.id,
      payment_id: paymentId,
      connection_id: attempt.connectionId,
      kind: attempt.kind,
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

/** The intent is closed, or a payment of it is on its way to the bank. */
class TakenError extends Error {
  override readonly name = 'TakenError';
}

/** Nothing was opened, because of another payment or because the intent is closed. */
export const isTaken = (error: unknown): boolean =>
  error instanceof TakenError || isViolationOf(error, 'one_payment_per_invoice');

export const isViolationOf = (error: unknown, constraint: string): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === constraint;
