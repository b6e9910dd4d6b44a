import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type {
  Address,
  LeasedSubscription,
  Subscriber,
  SubscriberStore,
  SubscriptionStore,
} from '../webhooks/ports.js';
import { tokenHash } from '../webhooks/subscribers.js';
import type { Database } from './schema.js';
import type { SecretContext, Secrets } from './secrets.js';

/** Longer than a list of several pages, a change and a removal take. */
const LEASE = '2 minutes';

interface SubscriptionRow {
  connection_id: string | null;
  partner_id: string;
  organization_id: string;
  scopes: string;
  token: Buffer;
  secret: Buffer;
  bank_id: string | null;
  failures: number;
  next_due_in_ms: number | null;
}

/** Subscriptions in PostgreSQL; token and secret are encrypted, the token is found by its hash. */
export class PgWebhookSubscriptions implements SubscriptionStore, SubscriberStore {
  readonly #db: Kysely<Database>;
  readonly #secrets: Secrets;

  constructor(db: Kysely<Database>, secrets: Secrets) {
    this.#db = db;
    this.#secrets = secrets;
  }

  async byTokenHash(hash: string): Promise<Subscriber | undefined> {
    const { rows } = await sql<SubscriptionRow & { connection_id: string }>`
      select connection_id, partner_id, organization_id, secret from webhook_subscriptions
      where token_hash = ${hash}`.execute(this.#db);
    const [row] = rows;
    return (
      row && {
        connectionId: row.connection_id,
        partnerId: row.partner_id,
        organizationId: row.organization_id,
        secret: this.#secrets.decrypt(contextOf(row, row.connection_id, 'secret'), row.secret),
      }
    );
  }

  async missing(limit: number): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`
      select c.id from connections c
      where c.status = 'active' and string_to_array(c.scopes, ' ') @> '{webhook}'
        and not exists (select from webhook_subscriptions s where s.connection_id = c.id)
      limit ${limit}`.execute(this.#db);
    return rows.map(({ id }) => id);
  }

  async add(connectionId: string, { token, secret }: Address): Promise<void> {
    const { rows } = await sql<{ partner_id: string }>`
      select partner_id from connections where id = ${connectionId}`.execute(this.#db);
    const [owner] = rows;
    if (!owner) throw new Error('a connection is never deleted');
    const seal = (purpose: Purpose, text: string) =>
      this.#secrets.encrypt(contextOf(owner, connectionId, purpose), text);
    await sql`
      insert into webhook_subscriptions
        (connection_id, partner_id, organization_id, token_hash, token, secret)
      select id, partner_id, organization_id, ${tokenHash(token)}, ${seal('token', token)}::bytea,
        ${seal('secret', secret)}::bytea
      from connections where id = ${connectionId}
      on conflict do nothing`.execute(this.#db);
  }

  /** Those of members who are signed in and allow it; the others rest. */
  async lease(limit: number) {
    const lease = randomUUID();
    const { rows } = await sql<SubscriptionRow>`
      with picked as (
        select s.connection_id, c.scopes from webhook_subscriptions s
          join connections c on c.id = s.connection_id
        where s.next_at <= clock_timestamp()
          and (s.lease_until is null or s.lease_until < clock_timestamp())
          and c.status = 'active' and string_to_array(c.scopes, ' ') @> '{webhook}'
        order by s.next_at limit ${limit} for update of s skip locked),
      leased as (
        update webhook_subscriptions s set lease_owner = ${lease},
          lease_until = clock_timestamp() + ${LEASE}::interval
        from picked p where s.connection_id = p.connection_id returning s.*, p.scopes)
      select l.*,
        (select extract(epoch from min(n.next_at) - clock_timestamp())::float8 * 1000
         from webhook_subscriptions n where n.next_at > clock_timestamp()) as next_due_in_ms
      from (values (1)) as one left join leased l on true`.execute(this.#db);
    return {
      leased: rows.flatMap((row) => this.#toLeased(row, lease)),
      nextDueInMs: rows[0]?.next_due_in_ms ?? undefined,
    };
  }

  async release(
    { connectionId, lease }: LeasedSubscription,
    { bankId, nextInMs }: { bankId: string | undefined; nextInMs: number },
  ): Promise<void> {
    await sql`
      update webhook_subscriptions set lease_owner = null, lease_until = null,
        bank_id = coalesce(${bankId ?? null}, bank_id),
        failures = case when ${bankId !== undefined} then 0 else failures + 1 end,
        next_at = clock_timestamp() + ${`${nextInMs} milliseconds`}::interval
      where connection_id = ${connectionId} and lease_owner = ${lease}`.execute(this.#db);
  }

  async wake(connectionId: string): Promise<void> {
    // A look under way with older scopes puts nothing off any more, and nobody begins beside it.
    await sql`
      update webhook_subscriptions set next_at = clock_timestamp(), lease_owner = null
      where connection_id = ${connectionId}`.execute(this.#db);
  }

  #toLeased(row: SubscriptionRow, lease: string): LeasedSubscription[] {
    const { connection_id: connectionId } = row;
    if (connectionId === null) return [];
    const open = (purpose: Purpose) =>
      this.#secrets.decrypt(contextOf(row, connectionId, purpose), row[purpose]);
    return [
      {
        connectionId,
        scopes: row.scopes,
        token: open('token'),
        secret: open('secret'),
        bankId: row.bank_id ?? undefined,
        failures: row.failures,
        lease,
      },
    ];
  }
}

type Purpose = 'token' | 'secret';

const contextOf = (
  { partner_id }: { partner_id: string },
  connectionId: string,
  purpose: Purpose,
): SecretContext => ({
  partnerId: partner_id,
  ownerId: connectionId,
  purpose: `webhook-${purpose}`,
});
