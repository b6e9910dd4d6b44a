import type { Snapshot } from '@qonto-pay/shared';
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import { linkSnapshotOf } from '../links/link-snapshot.js';
import { holdsInvoice, LINK_TRANSITIONS } from '../links/link-state-machine.js';
import type { LinkView } from '../links/records.js';
import { type OrderRow, toLink, toLinkIntent } from './link-rows.js';
import type { LinksTable } from './link-schema.js';
import { appendEvent, isSameSnapshot, type Trx } from './publish.js';
import type { Database } from './schema.js';

/** Of `partial` indexes and joins: the states in which a link holds its invoice. */
export const HOLDING = sql`(${sql.join(
  Object.keys(LINK_TRANSITIONS).filter((state) => holdsInvoice(state as Link['status'])),
)})`;

type Link = Selectable<LinksTable>;

interface ReadLinkView {
  view: LinkView;
  /** What the world has seen of it; `null`: nothing yet. */
  published: Snapshot | null;
}

interface ViewRow {
  now: Date;
  published: Snapshot | null;
  signed_out: boolean | null;
}

/** Reads intents to collect as `LinkView` tells, and the snapshot that was published last. */
export async function readLinkViews(
  db: Kysely<Database>,
  intentIds: string[],
): Promise<ReadLinkView[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select ${prefixed('i', 'intent', INTENT_COLUMNS)}, ${prefixed('o', 'order', ORDER_COLUMNS)},
      ${prefixed('l', 'link', LINK_COLUMNS)}, money_now() as now,
      (select e.snapshot from intent_events e where e.intent_id = i.id and e.seq = i.seq)
        as published,
      (select c.status <> 'active' from connections c where c.id = l.connection_id) as signed_out
    from intents i join link_orders o on o.intent_id = i.id
    left join links l on l.id = coalesce(
      (select h.id from links h where h.partner_id = o.partner_id
         and h.external_ref = o.external_ref and h.status in ${HOLDING}
       order by h.status = 'paid' desc, h.ordinal limit 1),
      (select m.id from links m where m.intent_id = i.id order by m.ordinal desc limit 1))
    where i.kind = 'link' and i.id = any(${intentIds})`.execute(db);
  return rows.map(toView);
}

export async function readLinkView(db: Kysely<Database>, intentId: string) {
  return (await readLinkViews(db, [intentId]))[0];
}

/** Whether the world has seen the intent as it is now. */
export const isLinkPublished = ({ view, published }: ReadLinkView): boolean =>
  isSameSnapshot(published, linkSnapshotOf(view));

/** Appends the next event of an intent to collect. The caller holds the intent's row. */
export async function publishLink(trx: Trx, intentId: string): Promise<LinkView> {
  const read = await readLinkView(trx, intentId);
  if (!read) throw new Error('a published intent exists');
  const { intent } = read.view;
  const view = { ...read.view, intent: { ...intent, seq: intent.seq + 1 } };
  await appendEvent(trx, linkSnapshotOf(view));
  // Other intents of the invoice show the same link.
  await sql`
    select pg_notify('intents', s.intent_id) from (
      select o.intent_id from link_orders o
      where o.partner_id = ${intent.partnerId} and o.external_ref = ${intent.order.externalRef}
      order by (o.intent_id = ${intentId}) desc limit 50) s`.execute(trx);
  return view;
}

const INTENT_COLUMNS = [
  ...['id', 'partner_id', 'amount_cents', 'return_url', 'seq', 'page_seen_at', 'withdrawn_at'],
  ...['created_at', 'expires_at'],
];
const ORDER_COLUMNS = [
  ...['external_ref', 'content', 'reusable', 'methods', 'payee_name', 'payee_iban', 'remittance'],
];
/** All but those of leases and schedules. */
export const LINK_COLUMNS = [
  ...['id', 'partner_id', 'intent_id', 'connection_id', 'organization_id', 'external_ref'],
  ...['status', 'reason', 'version', 'amount_cents', 'reusable', 'path', 'body', 'sends'],
  ...[
    'first_sent_at',
    'in_flight',
    'listed_before',
    'clean_listings',
    'first_clean_listing_at',
    'candidates',
  ],
  ...['bank_id', 'named_by_bank', 'url', 'bank_expires_at', 'payments', 'changed_at', 'created_at'],
];

/** Columns of two tables may have one name: `l.id as "link.id"`. */
export const prefixed = (
  alias: string,
  prefix: string,
  columns: readonly string[],
): RawBuilder<unknown> =>
  sql.join(
    columns.map((name) => sql`${sql.ref(`${alias}.${name}`)} as ${sql.id(`${prefix}.${name}`)}`),
  );

/** Picks what `prefixed` has selected. */
export const picked = (row: Record<string, unknown>, prefix: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      name.startsWith(`${prefix}.`) ? [[name.slice(prefix.length + 1), value]] : [],
    ),
  );

function toView(row: Record<string, unknown>): ReadLinkView {
  const { now, published, signed_out: signedOut } = row as unknown as ViewRow;
  const intent = { ...picked(row, 'order'), ...picked(row, 'intent') } as unknown as OrderRow;
  const link = picked(row, 'link') as unknown as Link;
  return {
    published,
    view: {
      now,
      intent: toLinkIntent(intent),
      link: row['link.id'] === null ? undefined : toLink(link),
      isSignedOut: signedOut === true,
    },
  };
}
