import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type {
  LeasedEvent,
  Subscriber,
  Topic,
  WebhookEvent,
  WebhookEventStore,
} from '../webhooks/ports.js';
import type { Database } from './schema.js';

/** What the bank signed longer ago than this is refused (facts § 4.13). */
const STALE_SECONDS = 300;
/** One statement; or a call to the bank for each member of an organisation. */
const [LEASE, LONG_LEASE] = ['10 seconds', '2 minutes'];
/** The bank repeats an event for a few days. */
const KNOWN_FOR = '8 days';

interface EventRow {
  connection_id: string;
  id: string | null;
  partner_id: string;
  organization_id: string;
  topic: Topic;
  object_id: string | null;
  tries: number;
  age_ms: number;
  next_due_in_ms: number | null;
}

/** What the bank has told us, in PostgreSQL: each event once, taken with leases. */
export class PgWebhookEvents implements WebhookEventStore {
  readonly #db: Kysely<Database>;

  /** Two pools: what is worked on must not keep what arrives waiting. */
  readonly #workers: Kysely<Database>;

  constructor({ db, workers }: { db: Kysely<Database>; workers: Kysely<Database> }) {
    this.#db = db;
    this.#workers = workers;
  }

  /**
   * Old is old by money time, the later of the bank's clock and ours. A time ahead of it is no
   * reason to refuse: only the bank can have signed it, so its clock is ahead and we have not heard
   * of it yet. An event from there is one that we shall know when it comes again.
   */
  async keep(
    event: WebhookEvent | undefined,
    { subscriber, signedAt }: { subscriber: Subscriber; signedAt: number },
  ): Promise<'kept' | 'not-kept' | 'stale'> {
    const { connectionId, partnerId, organizationId } = subscriber;
    const { id = null, topic = null, objectId = null } = event ?? {};
    const { rows } = await sql<{ is_stale: boolean; is_new: boolean }>`
      with clock as (
        select ${signedAt}::float8 < extract(epoch from money_now()) - ${STALE_SECONDS} as is_stale),
      kept as (
        insert into webhook_events
          (connection_id, id, partner_id, organization_id, topic, object_id)
        select ${connectionId}::uuid, ${id}, ${partnerId}, ${organizationId}, ${topic}, ${objectId}
        from clock where not is_stale and ${id}::text is not null
        on conflict do nothing returning 1)
      select is_stale, exists (select from kept) as is_new from clock`.execute(this.#db);
    if (rows[0]?.is_stale !== false) return 'stale';
    return rows[0].is_new ? 'kept' : 'not-kept';
  }

  /** Of several about the same the newest: what it leads to answers for those before it. */
  async lease(limit: number) {
    const lease = randomUUID();
    const { rows } = await sql<EventRow>`
      with picked as (
        select e.connection_id, e.id from webhook_events e
        where e.done_at is null and e.next_at <= clock_timestamp()
          and (e.lease_until is null or e.lease_until < clock_timestamp())
          and not exists (
            select from webhook_events o
            where o.done_at is null and o.partner_id = e.partner_id
              and o.organization_id = e.organization_id and o.topic = e.topic
              and o.object_id is not distinct from e.object_id
              and (o.received_at, o.connection_id, o.id) > (e.received_at, e.connection_id, e.id))
        order by e.next_at limit ${limit} for update of e skip locked),
      leased as (
        update webhook_events e set lease_owner = ${lease}, taken_at = clock_timestamp(),
          tries = e.tries + 1, lease_until = clock_timestamp()
            + case when e.topic = 'consent-revocations' then ${LONG_LEASE} else ${LEASE} end::interval
        from picked p where e.connection_id = p.connection_id and e.id = p.id returning e.*)
      select l.*, extract(epoch from l.taken_at - l.received_at)::float8 * 1000 as age_ms,
        (select extract(epoch from min(n.next_at) - clock_timestamp())::float8 * 1000
         from webhook_events n where n.done_at is null and n.next_at > clock_timestamp())
          as next_due_in_ms
      from (values (1)) as one left join leased l on true`.execute(this.#workers);
    return {
      leased: rows.flatMap((row) => toLeased(row, lease)),
      nextDueInMs: rows[0]?.next_due_in_ms ?? undefined,
    };
  }

  /** Alike ones that somebody else works on are skipped: waiting for each other could be a circle. */
  async finish({ connectionId, id, lease }: LeasedEvent): Promise<void> {
    await sql`
      with mine as (
        select * from webhook_events
        where connection_id = ${connectionId} and id = ${id} and lease_owner = ${lease}),
      alike as (
        select o.connection_id, o.id from mine m join webhook_events o
          on o.partner_id = m.partner_id and o.organization_id = m.organization_id
          and o.topic = m.topic and o.object_id is not distinct from m.object_id
        where o.done_at is null and o.received_at <= m.taken_at
          and (o.lease_owner = m.lease_owner or o.lease_until is null
            or o.lease_until < clock_timestamp())
        for update of o skip locked),
      forgotten as (
        delete from webhook_events where done_at < clock_timestamp() - ${KNOWN_FOR}::interval)
      update webhook_events e
      set done_at = clock_timestamp(), lease_owner = null, lease_until = null
      from alike a where e.connection_id = a.connection_id and e.id = a.id`.execute(this.#workers);
  }

  async putOff({ connectionId, id, lease }: LeasedEvent, byMs: number): Promise<void> {
    await sql`
      update webhook_events set lease_owner = null, lease_until = null,
        next_at = clock_timestamp() + ${`${byMs} milliseconds`}::interval
      where connection_id = ${connectionId} and id = ${id} and lease_owner = ${lease}
    `.execute(this.#workers);
  }
}

function toLeased(row: EventRow, lease: string): LeasedEvent[] {
  if (row.id === null) return [];
  return [
    {
      id: row.id,
      connectionId: row.connection_id,
      partnerId: row.partner_id,
      organizationId: row.organization_id,
      topic: row.topic,
      objectId: row.object_id ?? undefined,
      tries: row.tries,
      ageMs: row.age_ms,
      lease,
    },
  ];
}
