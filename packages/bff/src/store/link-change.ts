import { sql, type UpdateObject } from 'kysely';
import type { Link } from '../links/records.js';
import type { LinkChange, LinkNote, NewLink } from '../links/store-port.js';
import { toJson } from './link-rows.js';
import { HOLDING } from './link-view.js';
import type { Trx } from './publish.js';
import type { Database } from './schema.js';
import { LostRaceError } from './status-change.js';

type LinkColumns = UpdateObject<Database, 'links'>;

/**
 * Link, transition and audit entry in one statement. The caller holds the intent's row. @returns
 * false: another link holds the invoice, or the intent is closed.
 */
export async function insertLink(
  trx: Trx,
  { id, intent, member, request, listedBefore, decision }: NewLink,
): Promise<boolean> {
  const { order } = intent;
  const { rows } = await sql`
    with made as (
      insert into links (id, partner_id, intent_id, connection_id, organization_id, external_ref,
        status, amount_cents, reusable, path, body, listed_before)
      select ${id}, i.partner_id, i.id, ${member.connectionId}, ${member.organizationId},
        ${order.externalRef}, 'making', i.amount_cents, ${order.reusable}, ${request.path},
        ${request.body}, ${listedBefore}::text[]
      from intents i
      where i.id = ${intent.id} and i.withdrawn_at is null and i.expires_at > money_now()
        and not exists (select 1 from links h where h.partner_id = i.partner_id
          and h.external_ref = ${order.externalRef} and h.status in ${HOLDING})
      returning id, partner_id, intent_id),
    transition as (
      insert into link_transitions (link_id, seq, to_status, cause)
      select id, 0, 'making', 'asked' from made),
    logged as (
      insert into audit_log (partner_id, intent_id, actor, action, detail)
      select partner_id, intent_id, ${actorOf(member.connectionId)}, 'link:making',
        ${JSON.stringify({ ...decision, link: id })}::jsonb from made)
    select id from made`.execute(trx);
  return rows.length > 0;
}

/**
 * By compare-and-set of the version, appended and audited; with a lease only while it holds, and it
 * is given back. @throws LostRaceError
 */
export async function changeLink(
  trx: Trx,
  link: Link,
  change: LinkChange,
  lease?: string,
): Promise<void> {
  const { to, cause, member, by, traceId, note = {}, nextInMs = 0 } = change;
  const nextAt = lease === undefined ? dueIn(nextInMs) : dueInUnlessWoken(nextInMs);
  const { numUpdatedRows } = await trx
    .updateTable('links')
    .set({
      ...noted(note),
      ...(lease !== undefined && RELEASED_LEASE),
      status: to,
      version: link.version + 1,
      changed_at: sql<Date>`money_now()`,
      next_at: hasFailed(to) ? dueIn(Number.POSITIVE_INFINITY) : nextAt,
    })
    .where('id', '=', link.id)
    .where('version', '=', link.version)
    .$if(lease !== undefined, (query) => query.where('lease_owner', '=', lease ?? ''))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new LostRaceError();
  await sql`
    with transition as (
      insert into link_transitions (link_id, seq, from_status, to_status, cause, bank_trace_id)
      values (${link.id}, ${link.version + 1}, ${link.status}, ${to}, ${cause}, ${traceId ?? null}))
    insert into audit_log (partner_id, intent_id, actor, action, detail)
    values (${link.partnerId}, ${link.intentId},
      ${by ? `operator:${by.operator}` : member ? actorOf(member.connectionId) : 'system'},
      ${`link:${to}`}, ${JSON.stringify({ link: link.id, cause, why: by?.why })}::jsonb)`.execute(
    trx,
  );
}

/**
 * Two intents may each have a link of one invoice: whoever changes one of them waits for the other,
 * or each could miss that the other is paid. Taken before any row.
 */
export async function lockInvoice(trx: Trx, { partnerId, externalRef }: Link): Promise<void> {
  const name = JSON.stringify(['invoice', partnerId, externalRef]);
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
}

export const RELEASED_LEASE = { lease_owner: null, lease_until: null };

/**
 * An invoice that is paid by one link needs no other: the one that is open and ours to deactivate is
 * to be withdrawn. @returns whether a client may pay twice all the same, or has.
 */
export async function withdrawBesidePaid(
  trx: Trx,
  { partnerId, externalRef }: Link,
): Promise<boolean> {
  const ofInvoice = sql`partner_id = ${partnerId} and external_ref = ${externalRef}`;
  await sql`
    with beside as (
      update links l set status = 'withdrawing', reason = 'paid-otherwise', version = version + 1,
        changed_at = money_now(), next_at = clock_timestamp()
      where ${ofInvoice} and status = 'open' and named_by_bank
        and exists (select from links p where p.partner_id = l.partner_id
          and p.external_ref = l.external_ref and p.status = 'paid')
      returning id, partner_id, intent_id, version),
    transition as (
      insert into link_transitions (link_id, seq, from_status, to_status, cause)
      select id, version, 'open', 'withdrawing', 'paid-otherwise' from beside)
    insert into audit_log (partner_id, intent_id, actor, action, detail)
    select partner_id, intent_id, 'system', 'link:withdrawing',
      jsonb_build_object('link', id, 'cause', 'paid-otherwise') from beside`.execute(trx);
  const { rows } = await sql`
    select from links where ${ofInvoice} and status in ('open', 'processing', 'paid')
    having count(*) > 1 and bool_or(status = 'paid')`.execute(trx);
  return rows.length > 0;
}

export const actorOf = (connectionId: string): string => `connection:${connectionId}`;

const hasFailed = (status: Link['status']): boolean => status === 'refused' || status === 'failed';

/** Leaves out what the note does not speak of. */
export function noted(note: LinkNote): LinkColumns {
  const columns: LinkColumns = {
    reason: note.reason,
    in_flight: note.inFlight,
    clean_listings: note.cleanListings,
    first_clean_listing_at: note.firstCleanListingAt,
    candidates: note.candidates && toJson(note.candidates),
    bank_id: note.bankId,
    named_by_bank: note.namedByBank,
    url: note.url,
    bank_expires_at: note.bankExpiresAt,
    payments: note.payments && toJson(note.payments),
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

/** Infinity: nothing more is to be looked at. */
export const dueIn = (ms: number) =>
  ms === Number.POSITIVE_INFINITY
    ? sql<Date>`'infinity'::timestamptz`
    : sql<Date>`clock_timestamp() + ${`${Math.round(ms)} milliseconds`}::interval`;

/** Told of news while a lease held: they are looked at when it is given back. */
export const dueInUnlessWoken = (ms: number) =>
  sql<Date>`case when next_at < lease_until - interval '1 second' then next_at
    else ${dueIn(ms)} end`;
