import { type Kysely, sql } from 'kysely';
import type { Consents, LeasedEvent } from '../webhooks/ports.js';
import type { Database } from './schema.js';

/** Whoever sends us revocations, each member is asked about so often at most: a refresh is a call. */
const ASKED_EVERY = '1 minute';

/** Whose consent is in doubt after a revocation, and what the bank has said of it. */
export class PgWebhookConsents implements Consents {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Whoever may still have something that can end. One that is signed out costs no call. */
  async doubtful({ connectionId, id }: LeasedEvent) {
    const { rows } = await sql<{ id: string; due_in_ms: number }>`
      select c.id, case when c.status = 'signed_out' or c.consent_seen_at is null then 0
        else greatest(0, extract(epoch from
          c.consent_seen_at + ${ASKED_EVERY}::interval - clock_timestamp()) * 1000) end::float8
        as due_in_ms
      from webhook_events told join connections c
        on c.partner_id = told.partner_id and c.organization_id = told.organization_id
      where told.connection_id = ${connectionId} and told.id = ${id}
        and (c.status <> 'signed_out' or exists (
          select from sessions s where s.connection_id = c.id and s.ended_at is null))
        and (c.status = 'signed_out' or c.consent_seen_at is null
          or c.consent_seen_at < told.received_at)
      order by c.id`.execute(this.#db);
    return rows.map((row) => ({ connectionId: row.id, dueInMs: row.due_in_ms }));
  }

  /** As of the time at which the work on the event began: the bank was asked after it. */
  async stands(connection: string, { connectionId, id }: LeasedEvent): Promise<void> {
    await sql`
      update connections c set consent_seen_at = told.taken_at from webhook_events told
      where c.id = ${connection} and told.connection_id = ${connectionId} and told.id = ${id}
    `.execute(this.#db);
  }

  /** Ends the sessions of one that is signed out; a new sign-in keeps its own. */
  async end(connection: string): Promise<void> {
    await sql`
      with ended as (
        update sessions s set ended_at = clock_timestamp() from connections c
        where c.id = ${connection} and s.connection_id = c.id and c.status = 'signed_out'
          and s.ended_at is null returning c.partner_id),
      audited as (
        insert into audit_log (partner_id, actor, action, detail)
        select partner_id, 'system', 'consent-ended',
          jsonb_build_object('connection', ${connection}::text)
        from ended limit 1)
      select pg_notify('connections', ${connection})`.execute(this.#db);
  }
}
