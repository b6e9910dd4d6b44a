import { isDeepStrictEqual } from 'node:util';
import type { Snapshot } from '@qonto-pay/shared';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { ApprovalPreference } from '../payments/ports.js';
import type { IntentView } from '../payments/records.js';
import { snapshotOf } from '../payments/snapshot.js';
import { type ItemJson, type PaymentRow, toIntent, toPayment } from './rows.js';
import type { Database, IntentsTable } from './schema.js';

export type Trx = Transaction<Database>;

/** The statuses that free an invoice again, as in the unique index of I-2. */
export const RELEASED = sql`('declined', 'denied', 'expired', 'not_enrolled', 'canceled', 'failed')`;

interface ViewRow {
  intent: Selectable<IntentsTable>;
  items: ItemJson[];
  payment: PaymentRow | null;
  method: ApprovalPreference | null;
  challenged_at: Date | null;
  approval_expires_at: Date | null;
  now: Date;
  published: Snapshot | null;
}

interface ReadView {
  view: IntentView;
  published: Snapshot | null;
}

export async function readView(
  db: Kysely<Database>,
  intentId: string,
): Promise<ReadView | undefined> {
  return (await readViews(db, [intentId]))[0];
}

/**
 * Reads intents, the payment that each shows (the one that holds its invoice, else its latest) and
 * the snapshot that was published last, in one statement.
 */
export async function readViews(db: Kysely<Database>, intentIds: string[]): Promise<ReadView[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select i.*, money_now() as now,
      (select json_agg(json_build_object('index', t.index, 'externalRef', t.external_ref,
         'amountCents', t.amount_cents::text, 'payeeName', t.payee_name,
         'payeeIban', t.payee_iban, 'reference', t.reference, 'remittance', t.remittance,
         'dueDate', t.due_date) order by t.index)
       from intent_items t where t.intent_id = i.id) as items,
      (select e.snapshot from intent_events e where e.intent_id = i.id and e.seq = i.seq)
        as published,
      ${paymentColumns},
      a.approval_method as method, a.challenged_at, a.approval_expires_at,
      (select c.status <> 'active' from connections c where c.id = p.connection_id) as signed_out
    from intents i
    left join payments p on p.id = coalesce(
      (select h.payment_id from intent_items t
         join payment_items h on h.partner_id = t.partner_id and h.external_ref = t.external_ref
       where t.intent_id = i.id and h.status not in ${RELEASED} limit 1),
      (select l.id from payments l where l.intent_id = i.id order by l.created_at desc limit 1))
    left join attempts a on a.payment_id = p.id and a.live
    where i.id = any(${intentIds})`.execute(db);
  return rows.map(toView);
}

const PAYMENT_FIELDS = [
  'id',
  'partner_id',
  'intent_id',
  'connection_id',
  'organization_id',
  'status',
  'reason',
  'version',
  'account_id',
  'account_name',
  'account_iban',
  'beneficiary_id',
  'payee_name',
  'payee_iban',
  'amount_cents',
  'transfer_id',
  'payee_verified',
  'created_at',
  'updated_at',
] as const;

/** The columns of a payment `p`, each with the prefix `p_`, and its external references. */
export const paymentColumns = sql.join([
  ...PAYMENT_FIELDS.map((name) => sql`${sql.ref(`p.${name}`)} as ${sql.ref(`p_${name}`)}`),
  sql`(select array_agg(r.external_ref order by r.index) from payment_items r
       where r.payment_id = p.id) as p_external_refs`,
]);

/** Picks the payment out of a row that was read with `paymentColumns`. */
export function pickPayment(row: Record<string, unknown>): PaymentRow | null {
  if (row.p_id === null) return null;
  const picked = [...PAYMENT_FIELDS, 'external_refs'].map((name) => [name, row[`p_${name}`]]);
  return Object.fromEntries(picked) as PaymentRow;
}

function toView(row: Record<string, unknown>): ReadView {
  const { items, method, challenged_at, approval_expires_at, now, published } =
    row as unknown as ViewRow;
  const payment = pickPayment(row);
  return {
    published,
    view: {
      now,
      intent: toIntent(row as unknown as Selectable<IntentsTable>, items),
      payment: payment ? toPayment(payment) : undefined,
      attempt: method
        ? {
            approvalMethod: method,
            challengedAt: challenged_at ?? undefined,
            approvalExpiresAt: approval_expires_at ?? undefined,
          }
        : undefined,
      isSignedOut: row.signed_out === true,
    },
  };
}

/** Whether the world has seen the intent as it is now. */
export function isPublished(view: IntentView, published: Snapshot | null): boolean {
  const { serverTime } = snapshotOf(view);
  return isDeepStrictEqual({ ...published, serverTime }, snapshotOf(view));
}

/**
 * Appends the next event of an intent: gapless, because the counter is taken in the transaction
 * that writes it. The caller holds the intent's row. Wakes the streams of this intent and of the
 * latest others that name one of its invoices.
 */
export async function publish(trx: Trx, intentId: string): Promise<IntentView> {
  const read = await readView(trx, intentId);
  if (!read) throw new Error('a published intent exists');
  const { intent } = read.view;
  const view = { ...read.view, intent: { ...intent, seq: intent.seq + 1 } };
  await sql`
    with counted as (update intents set seq = ${view.intent.seq} where id = ${intentId}),
    appended as (
      insert into intent_events (intent_id, seq, snapshot)
      values (${intentId}, ${view.intent.seq}, ${JSON.stringify(snapshotOf(view))}::jsonb))
    select pg_notify('intents', s.intent_id) from (
      select other.intent_id from intent_items own
        join intent_items other
          on other.partner_id = own.partner_id and other.external_ref = own.external_ref
      where own.intent_id = ${intentId}
      group by other.intent_id order by (other.intent_id = ${intentId}) desc limit 50) s
  `.execute(trx);
  return view;
}

export async function lockIntent(trx: Trx, intentId: string): Promise<void> {
  await sql`select 1 from intents where id = ${intentId} for update`.execute(trx);
}
