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
import { readable } from './rows.js';
import type { Database } from './schema.js';
import type { SecretContext, Secrets } from './secrets.js';

/** Longer than a list of several pages, a change and a removal take. */
const LEASE = '2 minutes';

interface Owner {
  connection_id: string;
  partner_id: string;
}

interface SubscriptionRow extends Owner {
  organization_id: string;
  scopes: string;
  token: Buffer;
  secret: Buffer;
  bank_id: string | null;
  failures: number;
  next_due_in_ms: number | null;
}

/** Nothing is due: what is later is told all the same. */
type NoRow = { connection_id: null; next_due_in_ms: number | null };

/** Subscriptions in PostgreSQL; token and secret are encrypted, the token is found by its hash. */
export class PgWebhookSubscriptions implements SubscriptionStore, SubscriberStore {
  readonly #db: Kysely<Database>;
  readonly #secrets: Secrets;

  constructor(db: Kysely<Database>, secrets: Secrets) {
    this.#db = db;
    this.#secrets = secrets;
  }

  async byTokenHash(hash: string): Promise<Subscriber | undefined> {
    const { rows } = await sql<SubscriptionRow>`
      select connection_id, partner_id, organization_id, secret from webhook_subscriptions
      where token_hash = ${hash}`.execute(this.#db);
    const [row] = rows;
    if (!row) return undefined;
    const secret = readable(this.#secrets, contextOf(row, 'secret'), row.secret);
    return secret === undefined
      ? undefined
      : {
          connectionId: row.connection_id,
          partnerId: row.partner_id,
          organizationId: row.organization_id,
          secret,
        };
  }

  async missing(limit: number): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`
      select c.id from connections c
      where c.status = 'active' and string_to_array(c.scopes, ' ') @> '{webhook}'
        and not exists (select from webhook_subscriptions s where s.connection_id = c.id)
      limit ${limit}`.execute(this.#db);
    return rows.map(({ id }) => id);
  }

  async add(connectionId: string, address: Address): Promise<void> {
    const { rows } = await sql<Owner>`
      select id as connection_id, partner_id from connections
      where id = ${connectionId}`.execute(this.#db);
    const [owner] = rows;
    if (!owner) throw new Error('a connection is never deleted');
    const { hash, token, secret } = this.#seal(owner, address);
    await sql`
      insert into webhook_subscriptions
        (connection_id, partner_id, organization_id, token_hash, token, secret)
      select id, partner_id, organization_id, ${hash}, ${token}::bytea, ${secret}::bytea
      from connections where id = ${connectionId}
      on conflict do nothing`.execute(this.#db);
  }

  /** Those of members who are signed in and allow it; the others rest. */
  async lease(limit: number) {
    const lease = randomUUID();
    const { rows } = await sql<SubscriptionRow | NoRow>`
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

  async keepAddress(
    { connectionId, partnerId, lease }: LeasedSubscription,
    address: Address,
  ): Promise<boolean> {
    const owner = { connection_id: connectionId, partner_id: partnerId };
    const { hash, token, secret } = this.#seal(owner, address);
    const { numAffectedRows } = await sql`
      update webhook_subscriptions set token_hash = ${hash}, token = ${token}, secret = ${secret}
      where connection_id = ${connectionId} and lease_owner = ${lease}`.execute(this.#db);
    return numAffectedRows === 1n;
  }

  async release(
    { connectionId, lease }: LeasedSubscription,
    { bankId, nextInMs }: { bankId: string | undefined; nextInMs: number },
  ): Promise<void> {
    await sql`
      update webhook_subscriptions set lease_owner = null, lease_until = null,
        bank_id = coalesce(${bankId ?? null}, bank_id),
        failures = case when ${bankId !== undefined} then 0 else failures + 1 end,
        -- Woken since it was taken: looked at again at once.
        next_at = case when next_at > lease_until - ${LEASE}::interval then next_at
          else clock_timestamp() + ${`${nextInMs} milliseconds`}::interval end
      where connection_id = ${connectionId} and lease_owner = ${lease}`.execute(this.#db);
  }

  async wake(connectionId: string): Promise<void> {
    await sql`
      update webhook_subscriptions set next_at = clock_timestamp()
      where connection_id = ${connectionId}`.execute(this.#db);
  }

  #seal(owner: Owner, { token, secret }: Address) {
    const seal = (purpose: Purpose, text: string) =>
      this.#secrets.encrypt(contextOf(owner, purpose), text);
    return { hash: tokenHash(token), token: seal('token', token), secret: seal('secret', secret) };
  }

  #addressOf(row: SubscriptionRow): Address | undefined {
    const open = (purpose: Purpose) =>
      readable(this.#secrets, contextOf(row, purpose), row[purpose]);
    const [token, secret] = [open('token'), open('secret')];
    return token === undefined || secret === undefined ? undefined : { token, secret };
  }

  #toLeased(row: SubscriptionRow | NoRow, lease: string): LeasedSubscription[] {
    if (row.connection_id === null) return [];
    return [
      {
        connectionId: row.connection_id,
        partnerId: row.partner_id,
        scopes: row.scopes,
        address: this.#addressOf(row),
        bankId: row.bank_id ?? undefined,
        failures: row.failures,
        lease,
      },
    ];
  }
}

type Purpose = 'token' | 'secret';

const contextOf = ({ partner_id, connection_id }: Owner, purpose: Purpose): SecretContext => ({
  partnerId: partner_id,
  ownerId: connection_id,
  purpose: `webhook-${purpose}`,
});
