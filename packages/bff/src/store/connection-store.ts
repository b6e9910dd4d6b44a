import { type Kysely, sql } from 'kysely';
import type { ConnectionStore, Member, SealedTokens, TokenRow } from '../auth/ports.js';
import type { Database } from './schema.js';

export class PgConnectionStore implements ConnectionStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async claim(
    connection: Member & { partnerId: string; scopes: string },
    newId: string,
  ): Promise<string> {
    const { id } = await this.#db
      .insertInto('connections')
      .values({
        id: newId,
        partner_id: connection.partnerId,
        organization_id: connection.organizationId,
        organization_name: connection.organizationName,
        membership_id: connection.membershipId,
        member_name: connection.memberName,
        role: connection.role,
        scopes: connection.scopes,
      })
      // An update that changes nothing, because "do nothing" would return no row.
      .onConflict((conflict) =>
        conflict
          .columns(['partner_id', 'organization_id', 'membership_id'])
          .doUpdateSet({ member_name: connection.memberName }),
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  }

  async signIn(id: string, member: Member, scopes: string, tokens: SealedTokens): Promise<void> {
    await this.#db
      .updateTable('connections')
      .set({
        ...tokenColumns(tokens),
        organization_name: member.organizationName,
        member_name: member.memberName,
        role: member.role,
        scopes,
        status: 'active',
        // A sign-in may bring no refresh token: an older one must not outlive it.
        refresh_token: tokens.refreshToken ?? null,
        // What the bank said was of the consent before this one.
        consent_seen_at: null,
      })
      .where('id', '=', id)
      .execute();
  }

  async scopesOf(member: {
    partnerId: string;
    organizationId: string;
    membershipId: string;
  }): Promise<string> {
    const row = await this.#db
      .selectFrom('connections')
      .select('scopes')
      .where('partner_id', '=', member.partnerId)
      .where('organization_id', '=', member.organizationId)
      .where('membership_id', '=', member.membershipId)
      .where('status', '=', 'active')
      .executeTakeFirst();
    return row?.scopes ?? '';
  }

  async tokens(id: string): Promise<TokenRow | undefined> {
    const row = await this.#db
      .selectFrom('connections')
      .select(['partner_id', 'status', 'access_token', 'refresh_token', 'refresh_generation'])
      .select([
        sql<number>`coalesce(extract(epoch from access_expires_at - money_now()) * 1000, 0)::float8`.as(
          'access_left_ms',
        ),
        sql<boolean>`coalesce(refresh_lease_until > clock_timestamp(), false)`.as('is_leased'),
      ])
      .where('id', '=', id)
      .executeTakeFirst();
    return (
      row && {
        partnerId: row.partner_id,
        isSignedOut: row.status === 'signed_out',
        accessToken: row.access_token ?? undefined,
        accessLeftMs: row.access_left_ms,
        refreshToken: row.refresh_token ?? undefined,
        generation: row.refresh_generation,
        isLeased: row.is_leased,
      }
    );
  }

  async lease(
    id: string,
    { owner, generation, forMs }: { owner: string; generation: bigint; forMs: number },
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('connections')
      .set({ refresh_owner: owner, refresh_lease_until: sql`clock_timestamp() + ${inMs(forMs)}` })
      .where('id', '=', id)
      .where('refresh_generation', '=', generation)
      .where((is) =>
        is.or([
          is('refresh_lease_until', 'is', null),
          is('refresh_lease_until', '<', sql<Date>`clock_timestamp()`),
        ]),
      )
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  async saveRefreshed(id: string, generation: bigint, tokens: SealedTokens): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('connections')
      .set(tokenColumns(tokens))
      .where('id', '=', id)
      .where('refresh_generation', '=', generation)
      .where('status', '!=', 'signed_out')
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  async signOut(
    id: string,
    { generation, owner }: { generation: bigint; owner?: string },
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('connections')
      .set({
        status: 'signed_out',
        access_token: null,
        refresh_token: null,
        refresh_owner: null,
        refresh_lease_until: null,
        updated_at: sql`clock_timestamp()`,
      })
      .where('id', '=', id)
      .where('refresh_generation', '=', generation)
      .$if(owner !== undefined, (query) => query.where('refresh_owner', '=', owner ?? ''))
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }
}

/** Lifetimes are the bank's, so they count in money time: the bank's clock may be ahead of ours. */
function tokenColumns(tokens: SealedTokens) {
  const { accessToken, accessLifetimeMs, refreshToken, refreshLifetimeMs } = tokens;
  return {
    access_token: accessToken,
    access_expires_at: sql<Date>`money_now() + ${inMs(accessLifetimeMs)}`,
    ...(refreshToken && {
      refresh_token: refreshToken,
      refresh_expires_at: sql<Date>`money_now() + ${inMs(refreshLifetimeMs)}`,
    }),
    refresh_generation: sql<bigint>`refresh_generation + 1`,
    refresh_owner: null,
    refresh_lease_until: null,
    updated_at: sql<Date>`clock_timestamp()`,
  };
}

function inMs(ms: number) {
  return sql`${ms / 1_000} * interval '1 second'`;
}
