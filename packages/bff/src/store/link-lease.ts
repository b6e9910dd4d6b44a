import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { LeasedLink } from '../links/records.js';
import { type OrderRow, toLink, toOrder } from './link-rows.js';
import { LINK_COLUMNS, picked, prefixed } from './link-view.js';
import type { Database } from './schema.js';

/** Longer than the calls of one look; a dead worker's row is free after it. */
const LEASE = '60 seconds';
/** Looking for a link reads the whole list, however long it is. */
const SEARCH_LEASE = '5 minutes';

/**
 * The connection to ask about link `l` with: who made it; else a colleague who may see the
 * organisation's links, by role an owner or admin.
 */
export const READER = sql`coalesce((select c.id from connections c
  where c.partner_id = l.partner_id and c.organization_id = l.organization_id
    and c.status = 'active' and 'payment_link.read' = any(string_to_array(c.scopes, ' '))
  order by c.id = l.connection_id desc, c.role in ('owner', 'admin') desc, c.updated_at desc
  limit 1), l.connection_id)`;

/** Takes links that are due, new requests first; partners take turns. */
export async function leaseLinks(
  db: Kysely<Database>,
  limit: number,
): Promise<{ leased: LeasedLink[]; nextDueInMs: number | undefined }> {
  const lease = randomUUID();
  const { rows } = await sql<Record<string, unknown>>`
    with due as (
      select l.id, l.status = 'making' as first,
        row_number() over (
          partition by l.partner_id order by l.status = 'making' desc, l.next_at) as turn
      from links l
      where l.next_at <= clock_timestamp() and l.next_at < 'infinity'
        and (l.lease_until is null or l.lease_until < clock_timestamp())),
    picked as (
      select l.id, case when l.status = 'unknown' then ${SEARCH_LEASE} else ${LEASE} end::interval
        as held from links l join due on due.id = l.id
      where l.next_at <= clock_timestamp() and l.next_at < 'infinity'
        and (l.lease_until is null or l.lease_until < clock_timestamp())
      order by due.first desc, due.turn limit ${limit}
      for update of l skip locked),
    leased as (
      -- Due again when the lease ends, to the microsecond: whatever is due sooner was woken meanwhile.
      update links l set lease_owner = ${lease}, last_looked_at = statement_timestamp(),
        lease_until = statement_timestamp() + picked.held,
        next_at = statement_timestamp() + picked.held
      from picked where l.id = picked.id returning l.*)
    select ${prefixed('l', 'link', LINK_COLUMNS)}, o.*, i.amount_cents, money_now() as now,
      coalesce(extract(epoch from clock_timestamp() - l.first_sent_clock)::float8 * 1000, 0)
        as since_sent_ms,
      ${READER} as reader_id,
      (select extract(epoch from min(n.next_at) - clock_timestamp())::float8 * 1000
       from links n where n.next_at > clock_timestamp() and n.next_at < 'infinity')
        as next_due_in_ms
    from (values (1)) as one left join leased l on true
    left join intents i on i.id = l.intent_id left join link_orders o on o.intent_id = l.intent_id
  `.execute(db);
  const nextDueInMs = rows[0]?.next_due_in_ms as number | null | undefined;
  return {
    nextDueInMs: nextDueInMs ?? undefined,
    leased: rows.flatMap((row) => (row['link.id'] === null ? [] : [toLeased(row, lease)])),
  };
}

function toLeased(row: Record<string, unknown>, lease: string): LeasedLink {
  return {
    link: toLink(picked(row, 'link') as unknown as Parameters<typeof toLink>[0]),
    order: toOrder(row as unknown as OrderRow),
    lease,
    readerId: String(row.reader_id),
    now: row.now as Date,
    sinceSentMs: Number(row.since_sent_ms),
  };
}
