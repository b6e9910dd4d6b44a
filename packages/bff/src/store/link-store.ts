import { type Kysely, type Selectable, sql } from 'kysely';
import { assertLinkTransition } from '../links/link-state-machine.js';
import type { LeasedLink, Link } from '../links/records.js';
import type { LinkChange, LinkNote, LinkOutcome, LinkStore, NewLink } from '../links/store-port.js';
import type { StuckLink, StuckLinkStore } from '../links/stuck-links.js';
import { BankUnavailableError, NotConnectedError } from '../payments/errors.js';
import type { Log } from '../payments/ports.js';
import type { Member } from '../payments/records.js';
import type { OnceKey } from '../payments/store-port.js';
import {
  actorOf,
  changeLink,
  dueIn,
  dueInUnlessWoken,
  insertLink,
  lockInvoice,
  noted,
  RELEASED_LEASE,
  withdrawBesidePaid,
} from './link-change.js';
import { leaseLinks, READER } from './link-lease.js';
import { toJson, toLink } from './link-rows.js';
import type { LinksTable } from './link-schema.js';
import { publishLink } from './link-view.js';
import { isViolationOf } from './new-payment.js';
import { findAnswer, keepAnswer } from './once.js';
import { lockIntent } from './publish.js';
import type { Database } from './schema.js';
import { LostRaceError } from './status-change.js';

/** Longer than the request may take. */
const SEND_LEASE = '45 seconds';
/** Only a person helps, whose sign-in makes the organisation's links due at once. */
const FOR_A_PERSON_MS = 10 * 60_000;
/** By then every search that can succeed has. */
const STUCK_AFTER = '10 minutes';
const HINT_EVERY = '2 seconds';
/** Such a look reads the whole list. */
const SEARCH_HINT_EVERY = '15 seconds';

/** Links in PostgreSQL: rows taken with leases, changed by compare-and-set of their version. */
export class PgLinkStore implements LinkStore, StuckLinkStore {
  readonly #db: Kysely<Database>;
  readonly #log: Log;

  constructor(options: { db: Kysely<Database>; log: Log }) {
    this.#db = options.db;
    this.#log = options.log;
  }

  async open(link: NewLink, once: OnceKey): Promise<'opened' | 'repeated' | 'taken'> {
    try {
      return await this.#db.transaction().execute(async (trx) => {
        if (await findAnswer(trx, once)) return 'repeated';
        await lockIntent(trx, link.intent.id);
        if (!(await insertLink(trx, link))) return 'taken';
        await keepAnswer(trx, once, { status: 202, body: link.id });
        await publishLink(trx, link.intent.id);
        return 'opened';
      });
    } catch (error) {
      if (isViolationOf(error, 'one_link_per_invoice')) return 'taken';
      throw error;
    }
  }

  async isRepeated(once: OnceKey): Promise<boolean> {
    return this.#db
      .transaction()
      .execute(async (trx) => (await findAnswer(trx, once)) !== undefined);
  }

  lease(limit: number) {
    return leaseLinks(this.#db, limit);
  }

  async markSending(leased: LeasedLink): Promise<LeasedLink | undefined> {
    const row = await this.#db
      .updateTable('links')
      .set({
        in_flight: true,
        sends: 1,
        first_sent_at: sql<Date>`money_now()`,
        first_sent_clock: sql<Date>`clock_timestamp()`,
        lease_until: sql<Date>`statement_timestamp() + ${SEND_LEASE}::interval`,
        next_at: sql<Date>`statement_timestamp() + ${SEND_LEASE}::interval`,
      })
      .where('id', '=', leased.link.id)
      .where('lease_owner', '=', leased.lease)
      .where('status', '=', 'making')
      .where('sends', '=', 0)
      .where('lease_until', '>', sql<Date>`clock_timestamp()`)
      .returning('first_sent_at')
      .executeTakeFirst();
    if (!row) return undefined;
    const sent = { sends: 1, inFlight: true, firstSentAt: row.first_sent_at ?? undefined };
    return { ...leased, link: { ...leased.link, ...sent } };
  }

  async advance(leased: LeasedLink, change: LinkChange): Promise<LinkOutcome> {
    const outcome = await this.#change(leased.link, change, leased.lease);
    // A member was faster: the next look sees what is so now.
    if (outcome === 'lost') await this.releaseIfIdle(leased, 0);
    return outcome;
  }

  change(link: Link, change: LinkChange): Promise<LinkOutcome> {
    return this.#change(link, change);
  }

  async release(leased: LeasedLink, nextInMs: number, note: LinkNote = {}): Promise<void> {
    const { id, intentId, version } = leased.link;
    await this.#db.transaction().execute(async (trx) => {
      await lockIntent(trx, intentId);
      const update = trx.updateTable('links').where('id', '=', id);
      const mine = update.where('lease_owner', '=', leased.lease);
      const { numUpdatedRows } = await mine
        .set({ ...noted(note), ...RELEASED_LEASE, next_at: dueInUnlessWoken(nextInMs) })
        .where('version', '=', version)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) await mine.set(RELEASED_LEASE).execute();
      else if (isNews(leased.link, note)) await publishLink(trx, intentId);
    });
  }

  async releaseIfIdle(leased: LeasedLink, nextInMs: number): Promise<void> {
    await this.#db
      .updateTable('links')
      .set({
        ...RELEASED_LEASE,
        // Infinity: a person has ended it meanwhile.
        next_at: sql`case when next_at = 'infinity' then next_at else ${dueIn(nextInMs)} end`,
      })
      .where('id', '=', leased.link.id)
      .where('lease_owner', '=', leased.lease)
      .where('in_flight', '=', false)
      .execute();
  }

  async waitForBank(leased: LeasedLink, error: unknown, nextInMs: number): Promise<void> {
    const { intentId, status } = leased.link;
    const cause = error instanceof Error ? error.name : 'silence';
    const traceId = error instanceof BankUnavailableError ? error.traceId : undefined;
    this.#log.warn({ event: 'bank-not-asked', intentId, status, cause, traceId });
    if (error instanceof NotConnectedError) await this.alarm(leased, 'link-out-of-sight');
    const isPassing = error instanceof BankUnavailableError;
    await this.release(leased, isPassing ? nextInMs : FOR_A_PERSON_MS);
  }

  async alarm({ link }: Pick<LeasedLink, 'link'>, what: string): Promise<void> {
    if (await insertAlarm(this.#db, link, what)) this.#cry(link, what);
  }

  #cry({ intentId }: Link, cause: string): void {
    this.#log.error({ event: 'alarm', cause, intentId });
  }

  async noteWish(link: Link, { connectionId }: Member, action: string): Promise<void> {
    await sql`
      insert into audit_log (partner_id, intent_id, actor, action, detail)
      values (${link.partnerId}, ${link.intentId}, ${actorOf(connectionId)}, ${action},
        ${JSON.stringify({ link: link.id })}::jsonb)`.execute(this.#db);
  }

  async stuck(): Promise<StuckLink[]> {
    const { rows } = await sql<Selectable<LinksTable> & { reader_id: string }>`
      select l.*, ${READER} as reader_id from links l
      where (status in ('unknown', 'withdrawing')
          and changed_at < money_now() - ${STUCK_AFTER}::interval)
        or (status in ('open', 'processing') and exists (select from audit_log a
          where a.intent_id = l.intent_id and a.action like 'alarm:%'
            and a.detail ->> 'link' = l.id))
      order by ordinal`.execute(this.#db);
    return rows.map((row) => ({ link: toLink(row), readerId: row.reader_id }));
  }

  async claims(link: Link, bankIds: readonly string[]) {
    const { rows } = await sql<{ bank_id: string | null }>`
      select bank_id from links where id <> ${link.id} and bank_id = any(${[...bankIds]})
      union all
      select null from links where id <> ${link.id} and organization_id = ${link.organizationId}
        and in_flight and amount_cents = ${link.amountCents} and reusable = ${link.reusable}
    `.execute(this.#db);
    return {
      taken: new Set(rows.flatMap(({ bank_id: id }) => (id === null ? [] : [id]))),
      isTwinInFlight: rows.some(({ bank_id: id }) => id === null),
    };
  }

  async hint(intentId: string): Promise<void> {
    await sql`
      with due as (
        update links l set next_at = clock_timestamp(), hinted_at = clock_timestamp()
        from link_orders o
        where o.intent_id = ${intentId} and l.partner_id = o.partner_id
          and l.external_ref = o.external_ref
          and l.status in ('open', 'processing', 'unknown')
          and (l.hinted_at is null or l.hinted_at < clock_timestamp() - case l.status
            when 'unknown' then ${SEARCH_HINT_EVERY} else ${HINT_EVERY} end::interval)
        returning 1)
      select pg_notify('links', '') from due limit 1`.execute(this.#db);
  }

  async wakeConnection(connectionId: string): Promise<void> {
    await sql`
      with due as (
        update links l set next_at = clock_timestamp() from connections c
        where c.id = ${connectionId} and l.partner_id = c.partner_id
          and l.organization_id = c.organization_id
          and l.next_at < 'infinity' and l.lease_owner is null
        returning 1)
      select pg_notify('links', '') from due limit 1`.execute(this.#db);
  }

  /** The one door of a link's status (I-8). */
  async #change(link: Link, change: LinkChange, lease?: string): Promise<LinkOutcome> {
    assertLinkTransition(link.status, change.to);
    try {
      const isNewlyPaidTwice = await this.#db.transaction().execute(async (trx) => {
        await lockInvoice(trx, link);
        await lockIntent(trx, link.intentId);
        await changeLink(trx, link, change, lease);
        const isPaidTwice = await withdrawBesidePaid(trx, link);
        await publishLink(trx, link.intentId);
        return isPaidTwice && (await insertAlarm(trx, link, PAID_TWICE));
      });
      if (isNewlyPaidTwice) this.#cry(link, PAID_TWICE);
      return 'advanced';
    } catch (error) {
      // Found in the bank's list by two of ours at once: the other one has it.
      if (isViolationOf(error, 'one_link_per_bank_id')) return 'lost';
      if (isViolationOf(error, 'one_link_per_invoice')) return 'taken';
      if (error instanceof LostRaceError) return 'lost';
      throw error;
    }
  }
}

const PAID_TWICE = 'paid-beside-another-link';

/** Once per link and cause: a look that repeats is no news. @returns whether it is news. */
async function insertAlarm(db: Kysely<Database>, link: Link, what: string): Promise<boolean> {
  const action = `alarm:${what}`;
  const { rows } = await sql`
    insert into audit_log (partner_id, intent_id, actor, action, detail)
    select ${link.partnerId}, ${link.intentId}, 'system', ${action},
      ${JSON.stringify({ link: link.id })}::jsonb
    where not exists (select 1 from audit_log
      where intent_id = ${link.intentId} and action like 'alarm:%' and action = ${action}
        and detail ->> 'link' = ${link.id})
    returning 1`.execute(db);
  return rows.length > 0;
}

/** What the pages show beside the status. */
const isNews = (link: Link, { payments, candidates }: LinkNote): boolean =>
  (payments !== undefined && toJson(payments) !== toJson(link.payments)) ||
  (candidates !== undefined && toJson(candidates) !== toJson(link.candidates));
