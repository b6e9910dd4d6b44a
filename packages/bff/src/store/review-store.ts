import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { KnownPayee, PayeeCheckAnswer } from '../payments/ports.js';
import type {
  CheckFailure,
  Intent,
  Member,
  PayeeCheckRecord,
  ReviewRecord,
} from '../payments/records.js';
import type { ReviewStore } from '../payments/store-port.js';
import {
  assertChecksLeft,
  type CheckRow,
  currentCheck,
  mayStart,
  toCheck,
} from './payee-check-rows.js';
import type { Trx } from './publish.js';
import {
  type LookedUp,
  mergeKnown,
  mergeResults,
  newlyTrusted,
  type StoredPayees,
  type StoredResults,
} from './review-merge.js';
import { proofContext } from './rows.js';
import type { Database } from './schema.js';
import type { Secrets } from './secrets.js';

interface ReviewOf {
  intentId: string;
  connectionId: string;
}

/** Reviews and payee checks in PostgreSQL; proofs are stored encrypted. */
export class PgReviewStore implements ReviewStore {
  readonly #db: Kysely<Database>;
  readonly #secrets: Secrets;

  constructor(db: Kysely<Database>, secrets: Secrets) {
    this.#db = db;
    this.#secrets = secrets;
  }

  async find(intentId: string, connectionId: string): Promise<ReviewRecord | undefined> {
    const row = await this.#db
      .selectFrom('reviews')
      .innerJoin('connections', 'connections.id', 'reviews.connection_id')
      .leftJoin('payee_checks as c', 'c.id', 'reviews.payee_check_id')
      .selectAll('reviews')
      .select(['connections.partner_id', 'c.id as check_id', 'c.status', 'c.item_rows'])
      .select(['c.proof', 'c.failure', 'c.started_at'])
      .where('reviews.intent_id', '=', intentId)
      .where('reviews.connection_id', '=', connectionId)
      .executeTakeFirst();
    if (!row) return undefined;
    const check = { ...(row as unknown as CheckRow), id: row.check_id ?? '' };
    return {
      version: row.version,
      accountId: row.account_id ?? undefined,
      selection: row.selection ?? undefined,
      payOn: row.pay_on,
      known: new Map(Object.entries(row.known)),
      results: new Map(Object.entries(row.results).map(toRowResult)),
      freshAfter: row.fresh_after ?? undefined,
      check: row.check_id ? toCheck(this.#secrets, row.partner_id, check) : undefined,
    };
  }

  async startCheck(
    intent: Intent,
    member: Member,
    rows: readonly number[],
  ): Promise<PayeeCheckRecord | undefined> {
    const { connectionId } = member;
    const wanted = ascending(rows);
    // Most reads find a good check: they take no lock.
    const { check, now } = await currentCheck(this.#db, intent.id, connectionId);
    if (check && !mayStart(check, { rows: wanted, member, now })) return undefined;
    return this.#db.transaction().execute(async (trx) => {
      await sql`insert into reviews (intent_id, connection_id) values (${intent.id}, ${connectionId})
        on conflict do nothing`.execute(trx);
      await lockReview(trx, { intentId: intent.id, connectionId });
      const { check, now } = await currentCheck(trx, intent.id, connectionId);
      if (check && !mayStart(check, { rows: wanted, member, now })) return undefined;
      await assertChecksLeft(trx, connectionId);
      return this.#insertCheck(trx, { intentId: intent.id, connectionId }, wanted, now);
    });
  }

  async finishCheck(
    review: ReviewOf & { checkId: string },
    learned: { answer: PayeeCheckAnswer; known: ReadonlyMap<string, KnownPayee> } | CheckFailure,
  ): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      if (typeof learned === 'string') {
        await trx
          .updateTable('payee_checks')
          .set({ status: 'failed', failure: learned })
          .where('id', '=', review.checkId)
          .execute();
      } else {
        await this.#keepAnswer(trx, review, learned);
      }
      await notify(trx, review.intentId);
    });
  }

  async choose(
    intentId: string,
    connectionId: string,
    choice: { accountId?: string; selection?: number[]; payOn?: string },
  ): Promise<void> {
    const { accountId = null, payOn = null } = choice;
    const selection = choice.selection ? ascending(choice.selection) : null;
    await sql`
      with chosen as (
        insert into reviews as r (intent_id, connection_id, version, account_id, selection, pay_on)
        values (${intentId}, ${connectionId}, 1, ${accountId}::text, ${selection}::int[],
          coalesce(${payOn}::text, 'now'))
        on conflict (intent_id, connection_id) do update set version = r.version + 1,
          account_id = coalesce(${accountId}, r.account_id),
          selection = coalesce(${selection}::int[], r.selection),
          pay_on = coalesce(${payOn}, r.pay_on), updated_at = clock_timestamp()
        where (coalesce(${accountId}, r.account_id), coalesce(${selection}::int[], r.selection),
          coalesce(${payOn}, r.pay_on)) is distinct from (r.account_id, r.selection, r.pay_on)
        returning 1)
      select pg_notify('intents', ${intentId}) from chosen`.execute(this.#db);
  }

  async noteKnown(intentId: string, connectionId: string, looked: LookedUp): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const review = await lockReview(trx, { intentId, connectionId });
      if (!review) return;
      await setReview(
        trx,
        { intentId, connectionId },
        {
          results: review.results,
          known: mergeKnown(review.known, looked),
          isTrustNew: newlyTrusted(review.known, looked).length > 0,
        },
      );
      await notify(trx, intentId);
    });
  }

  async lastPaidIbans(
    payer: { partnerId: string; organizationId: string },
    names: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const { rows } = await sql<{ name: string; iban: string }>`
      select n.name, l.payee_iban as iban
      from unnest(${[...new Set(names)]}::text[]) as n(name)
      cross join lateral (
        select r.payee_iban from payment_items r
        where r.partner_id = ${payer.partnerId} and r.organization_id = ${payer.organizationId}
          and payee_key(r.payee_name) = payee_key(n.name) and r.status = 'settled'
        order by r.ordinal desc limit 1) l`.execute(this.#db);
    return new Map(rows.map(({ name, iban }) => [name, iban]));
  }

  async paysOneByOne(connectionId: string): Promise<boolean> {
    const { rows } = await sql`
      select 1 from payments where connection_id = ${connectionId} and reason = 'bulk-not-allowed'
        and updated_at > money_now() - interval '24 hours' limit 1`.execute(this.#db);
    return rows.length > 0;
  }

  async #insertCheck(
    trx: Trx,
    { intentId, connectionId }: ReviewOf,
    rows: number[],
    startedAt: Date,
  ): Promise<PayeeCheckRecord> {
    const id = randomUUID();
    await trx
      .insertInto('payee_checks')
      .values({
        id,
        intent_id: intentId,
        item_rows: rows,
        connection_id: connectionId,
        status: 'running',
        started_at: startedAt,
      })
      .execute();
    await sql`update reviews set payee_check_id = ${id}, version = version + 1
      where intent_id = ${intentId} and connection_id = ${connectionId}`.execute(trx);
    return { id, rows, status: 'running', proof: undefined, startedAt, failure: undefined };
  }

  /** A check that another one has replaced is kept, but changes nothing that the payer sees. */
  async #keepAnswer(
    trx: Trx,
    { checkId, ...of }: ReviewOf & { checkId: string },
    { answer, known }: { answer: PayeeCheckAnswer; known: ReadonlyMap<string, KnownPayee> },
  ): Promise<void> {
    const review = await lockReview(trx, of);
    const { rows, ibans, partnerId } = await checkedRows(trx, of.intentId, checkId);
    const results = mergeResults(review?.results ?? {}, rows, answer.results);
    await trx
      .updateTable('payee_checks')
      .set({
        status: 'done',
        results: JSON.stringify(answered(rows, results)),
        proof: this.#secrets.encrypt(proofContext(partnerId, checkId), answer.proof),
        checked_at: sql<Date>`money_now()`,
      })
      .where('id', '=', checkId)
      .execute();
    if (review?.checkId !== checkId) return;
    const looked = { ibans, known };
    const shownBefore = new Set(ibans.filter((_iban, at) => review.results[String(rows[at])]));
    await setReview(trx, of, {
      results,
      known: mergeKnown(review.known, looked),
      // Only of what the payer has seen otherwise: a first look is no change.
      isTrustNew: newlyTrusted(review.known, looked).some((iban) => shownBefore.has(iban)),
    });
  }
}

const ascending = (rows: readonly number[]): number[] =>
  [...new Set(rows)].sort((one, other) => one - other);

const toRowResult = ([row, { result, bankName, was }]: [string, StoredResults[string]]) =>
  [Number(row), { result, bankName: bankName ?? undefined, was: was ?? undefined }] as const;

const answered = (rows: readonly number[], results: StoredResults) =>
  rows.map((index) => {
    const { result, bankName } = results[String(index)] ?? {};
    return { index, result, bankName };
  });

/** The rows of a check, each with its IBAN, in the order in which the bank was asked. */
async function checkedRows(trx: Trx, intentId: string, checkId: string) {
  const { rows } = await sql<{ index: number; iban: string; partner_id: string }>`
    select t.index, t.payee_iban as iban, t.partner_id from payee_checks c
      join intent_items t on t.intent_id = c.intent_id and t.index = any(c.item_rows)
    where c.id = ${checkId} and c.intent_id = ${intentId} order by t.index`.execute(trx);
  const [first] = rows;
  if (!first) throw new Error('a finished check is one of this intent');
  return {
    rows: rows.map(({ index }) => index),
    ibans: rows.map(({ iban }) => iban),
    partnerId: first.partner_id,
  };
}

async function lockReview(trx: Trx, { intentId, connectionId }: ReviewOf) {
  const row = await trx
    .selectFrom('reviews')
    .select(['payee_check_id', 'known', 'results'])
    .where('intent_id', '=', intentId)
    .where('connection_id', '=', connectionId)
    .forUpdate()
    .executeTakeFirst();
  return row && { checkId: row.payee_check_id, known: row.known, results: row.results };
}

async function setReview(
  trx: Trx,
  { intentId, connectionId }: ReviewOf,
  set: { results: StoredResults; known: StoredPayees; isTrustNew: boolean },
): Promise<void> {
  await sql`update reviews set version = version + 1, updated_at = clock_timestamp(),
      results = ${JSON.stringify(set.results)}::jsonb, known = ${JSON.stringify(set.known)}::jsonb,
      fresh_after = case when ${set.isTrustNew} then money_now() else fresh_after end
    where intent_id = ${intentId} and connection_id = ${connectionId}`.execute(trx);
}

async function notify(trx: Trx, intentId: string): Promise<void> {
  await sql`select pg_notify('intents', ${intentId})`.execute(trx);
}
