import { type Kysely, sql } from 'kysely';
import type { LeasedEvent, Wakes } from '../webhooks/ports.js';
import type { Database } from './schema.js';

interface Counted {
  due: number;
  woken: number;
}

/** Lets the workers look at once at what the bank has told us about. */
export class PgWebhookWakes implements Wakes {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * The attempt that holds the transfer; or, where none does, whatever of this organisation waits
   * for transfers that it does not know yet. Once a second at most, whatever arrives: the bank's
   * budget. A look that began after the event came has seen what it tells of.
   */
  async transfer({ connectionId, id }: LeasedEvent): Promise<boolean> {
    const { rows } = await sql<Counted>`
      with told as (
        select * from webhook_events where connection_id = ${connectionId} and id = ${id}),
      holding as (
        select h.payment_id from told t join payment_items h
          on h.partner_id = t.partner_id and h.transfer_id = t.object_id
          and h.organization_id = t.organization_id),
      waiting as (
        select a.id from holding join attempts a on a.payment_id = holding.payment_id and a.live
        union all
        select a.id from told t
          join payments p on p.partner_id = t.partner_id and p.organization_id = t.organization_id
          join attempts a on a.payment_id = p.id and a.live
        where not exists (select from holding) and (p.status in ('unknown', 'requested')
          or p.status = 'processing' and exists (
            select from payment_items r where r.payment_id = p.id and r.transfer_id is null))),
      due as (
        select a.id from told, waiting w join attempts a on a.id = w.id
        where a.next_at < 'infinity' and coalesce(a.last_polled_at, '-infinity') <= told.received_at),
      woken as (
        update attempts a set next_at = least(a.next_at,
          greatest(clock_timestamp(), coalesce(a.last_polled_at, '-infinity') + '1 second'))
        from due where a.id = due.id
          and (a.lease_until is null or a.lease_until < clock_timestamp())
        returning a.id),
      told_workers as (select pg_notify('attempts', '') from woken limit 1)
      select (select count(*) from due)::int as due, (select count(*) from woken)::int as woken
      from (values (1)) as one left join told_workers on true`.execute(this.#db);
    return rows[0]?.due === rows[0]?.woken;
  }

  /**
   * The link itself, also one that is over: a payment that was begun before may still come. Or,
   * where none is known by this id, those whose making was not answered. Once a second, too, counted
   * from the last time that somebody told: our own looks do not hold it up.
   */
  async link({ connectionId, id }: LeasedEvent): Promise<boolean> {
    const { rows } = await sql<Counted>`
      with told as (
        select * from webhook_events where connection_id = ${connectionId} and id = ${id}),
      named as (
        select l.id, l.status from told t join links l
          on l.partner_id = t.partner_id and l.bank_id = t.object_id
          and l.organization_id = t.organization_id),
      waiting as (
        select id from named where status in ('open', 'processing', 'expired', 'canceled')
        union all
        select l.id from told t join links l
          on l.partner_id = t.partner_id and l.organization_id = t.organization_id
        where not exists (select from named) and l.status = 'unknown'),
      due as (
        select l.id, case when l.hinted_at > clock_timestamp() then l.hinted_at
          else greatest(clock_timestamp(), coalesce(l.hinted_at, '-infinity') + '1 second')
          end as from_then
        from told, waiting join links l using (id)
        where coalesce(l.last_looked_at, '-infinity') <= told.received_at),
      woken as (
        update links l set next_at = least(l.next_at, due.from_then), hinted_at = due.from_then
        from due where l.id = due.id
          and (l.lease_until is null or l.lease_until < clock_timestamp())
        returning l.id),
      told_workers as (select pg_notify('links', '') from woken limit 1)
      select (select count(*) from due)::int as due, (select count(*) from woken)::int as woken
      from (values (1)) as one left join told_workers on true`.execute(this.#db);
    return rows[0]?.due === rows[0]?.woken;
  }

  /** Every process forgets what it remembers, and its open pages ask the bank: once a second. */
  async provider({ connectionId, id }: LeasedEvent): Promise<boolean> {
    const { rows } = await sql<{ is_early: boolean }>`
      with told as (
        select * from webhook_events where connection_id = ${connectionId} and id = ${id}),
      pace as (
        select exists (select from told t join webhook_events e
          on e.partner_id = t.partner_id and e.organization_id = t.organization_id
          and e.topic = t.topic and e.done_at > clock_timestamp() - interval '1 second') as is_early),
      woken as (
        select pg_notify('providers', c.id::text) from pace, told t join connections c
          on c.partner_id = t.partner_id and c.organization_id = t.organization_id
        where not pace.is_early and c.status <> 'signed_out')
      select is_early, (select count(*) from woken) from pace`.execute(this.#db);
    return rows[0]?.is_early === false;
  }
}
