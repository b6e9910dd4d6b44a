import { type Kysely, sql } from 'kysely';
import type { SessionLimits, SessionRow, SessionStore } from '../auth/ports.js';
import type { Database } from './schema.js';

export class PgSessionStore implements SessionStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async start({
    idHash,
    partnerId,
    connectionId,
  }: {
    idHash: string;
    partnerId: string;
    connectionId: string;
  }): Promise<void> {
    await this.#db
      .insertInto('sessions')
      .values({ id_hash: idHash, partner_id: partnerId, connection_id: connectionId })
      .execute();
  }

  async find(
    idHash: string,
    partnerId: string,
    { idleMs, absoluteMs }: SessionLimits,
  ): Promise<SessionRow | undefined> {
    const row = await this.#db
      .selectFrom('sessions')
      .innerJoin('connections', 'connections.id', 'sessions.connection_id')
      .selectAll('connections')
      .select(['sessions.id_hash', 'sessions.signed_in_at'])
      .select(sql<boolean>`last_seen_at < clock_timestamp() - interval '1 minute'`.as('is_stale'))
      .where('sessions.id_hash', '=', idHash)
      .where('sessions.partner_id', '=', partnerId)
      .where('connections.partner_id', '=', partnerId)
      .where('sessions.ended_at', 'is', null)
      .where('sessions.last_seen_at', '>', sql<Date>`clock_timestamp() - ${inMs(idleMs)}`)
      .where('sessions.signed_in_at', '>', sql<Date>`money_now() - ${inMs(absoluteMs)}`)
      .executeTakeFirst();
    if (!row) return undefined;
    // Once a minute is enough: an idle time of days needs no write per request.
    if (row.is_stale) await this.#seen(idHash);
    return {
      idHash,
      connectionId: row.id,
      signedInAt: row.signed_in_at,
      organizationId: row.organization_id,
      organizationName: row.organization_name,
      membershipId: row.membership_id,
      memberName: row.member_name,
      role: row.role,
      scopes: row.scopes,
    };
  }

  async end(idHash: string, partnerId: string): Promise<void> {
    await this.#db
      .updateTable('sessions')
      .set({ ended_at: sql`clock_timestamp()` })
      .where('id_hash', '=', idHash)
      .where('partner_id', '=', partnerId)
      .where('ended_at', 'is', null)
      .execute();
  }

  async #seen(idHash: string): Promise<void> {
    await this.#db
      .updateTable('sessions')
      .set({ last_seen_at: sql`clock_timestamp()` })
      .where('id_hash', '=', idHash)
      .execute();
  }
}

function inMs(ms: number) {
  return sql`${ms / 1_000} * interval '1 second'`;
}
