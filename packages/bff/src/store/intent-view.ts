import type { Snapshot } from '@qonto-pay/shared';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { ApprovalPreference, AttemptKind } from '../payments/ports.js';
import type { IntentView } from '../payments/records.js';
import { type PackedRows, packRows, unpackRows } from './packed-rows.js';
import { paymentColumns, pickPayment, RELEASED } from './payment-columns.js';
import { type ItemJson, type ItemStateJson, toIntent, toItemState, toPayment } from './rows.js';
import type { Database, IntentsTable } from './schema.js';

interface ViewRow {
  items: PackedRows<ItemJson>;
  states: PackedRows<ItemStateJson>;
  attempt_kind: AttemptKind | null;
  attempt_connection: string;
  tag: string;
  method: ApprovalPreference;
  challenged_at: Date | null;
  approval_expires_at: Date | null;
  now: Date;
  published: Snapshot | null;
  signed_out: boolean | null;
}

export interface ReadView {
  view: IntentView;
  /** What the world has seen of it; `null`: nothing yet. */
  published: Snapshot | null;
}

export async function readView(
  db: Kysely<Database>,
  intentId: string,
): Promise<ReadView | undefined> {
  return (await readViews(db, [intentId]))[0];
}

const ITEMS = packRows<ItemJson>(
  {
    index: 't.index',
    externalRef: 't.external_ref',
    amountCents: 't.amount_cents::text',
    payeeName: 't.payee_name',
    payeeIban: 't.payee_iban',
    reference: 't.reference',
    remittance: 't.remittance',
    dueDate: 't.due_date',
    attachments: 't.attachments',
  },
  't.index',
);

/** Of the payment item that holds the row's invoice (`h`); where none does, of its latest (`l`). */
const STATES = packRows<ItemStateJson>(
  {
    index: 't.index',
    status: 'coalesce(h.status, l.status)',
    reason: 'coalesce(h.reason, l.reason)',
    scheduledOn: 'coalesce(h.scheduled_on, l.scheduled_on)',
    transferId: 'coalesce(h.transfer_id, l.transfer_id)',
    paymentId: 'coalesce(h.payment_id, l.payment_id)',
    connectionId: 'coalesce(hp.connection_id, l.connection_id)',
  },
  't.index',
);

/** Of each intent `i`: its rows, what is so of each, and the payments that may be shown. */
const ROWS = sql`
  select ${ITEMS} as items, ${STATES} as states,
    case when bool_and(h.payment_id is not null)
      then (array_agg(h.payment_id order by hp.ordinal desc))[1] end as holder
  from intent_items t
  left join payment_items h on h.partner_id = t.partner_id and h.external_ref = t.external_ref
    and h.status not in ${RELEASED}
  left join payments hp on hp.id = h.payment_id
  left join lateral (
    select r.payment_id, r.status, r.reason, r.scheduled_on, r.transfer_id, q.connection_id
    from payments q join payment_items r on r.payment_id = q.id and r.index = t.index
    where q.intent_id = t.intent_id and h.payment_id is null
    order by q.ordinal desc limit 1) l on true
  where t.intent_id = i.id`;

/**
 * Reads intents as `IntentView` tells, and the snapshot that was published last, in one statement:
 * the payment is its own latest live one, else where no row is free the latest that holds one, else
 * its own latest.
 */
export async function readViews(db: Kysely<Database>, intentIds: string[]): Promise<ReadView[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select i.*, money_now() as now, s.items, s.states,
      (select e.snapshot from intent_events e where e.intent_id = i.id and e.seq = i.seq)
        as published,
      ${paymentColumns},
      a.kind as attempt_kind, a.connection_id as attempt_connection, a.tag,
      a.approval_method as method, a.challenged_at, a.approval_expires_at,
      (select c.status <> 'active' from connections c
       where c.id = coalesce(a.connection_id, p.connection_id)) as signed_out
    from intents i
    cross join lateral (${ROWS}) s
    left join payments p on p.id = coalesce(
      (select o.id from payments o where o.intent_id = i.id and o.status not in ${RELEASED}
         and o.status not in ('settled', 'sent_unconfirmed', 'partially_settled')
       order by o.ordinal desc limit 1),
      s.holder,
      (select o.id from payments o where o.intent_id = i.id order by o.ordinal desc limit 1))
    left join attempts a on a.payment_id = p.id and a.live
    where i.kind = 'transfer' and i.id = any(${intentIds})`.execute(db);
  return rows.map(toView);
}

function toView(row: Record<string, unknown>): ReadView {
  const { items, states, published, now, signed_out } = row as unknown as ViewRow;
  const payment = pickPayment(row);
  return {
    published,
    view: {
      now,
      intent: toIntent(row as unknown as Selectable<IntentsTable>, items),
      items: unpackRows(states).map(toItemState),
      payment: payment ? toPayment(payment) : undefined,
      attempt: toViewAttempt(row as unknown as ViewRow),
      isSignedOut: signed_out === true,
    },
  };
}

function toViewAttempt(row: ViewRow): IntentView['attempt'] {
  if (!row.attempt_kind) return undefined;
  return {
    kind: row.attempt_kind,
    connectionId: row.attempt_connection,
    tag: row.tag,
    approvalMethod: row.method,
    challengedAt: row.challenged_at ?? undefined,
    approvalExpiresAt: row.approval_expires_at ?? undefined,
  };
}
