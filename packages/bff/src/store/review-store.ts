import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { PaymentError } from '../payments/errors.js';
import { PROOF_LIFE_MS, plus } from '../payments/pace.js';
import type { KnownPayee, PayeeCheckAnswer } from '../payments/ports.js';
import type {
  CheckFailure,
  Intent,
  Member,
  PayeeCheckRecord,
  ReviewRecord,
} from '../payments/records.js';
import type { ReviewStore } from '../payments/store-port.js';
import type { Trx } from './intent-view.js';
import { proofContext, readable } from './rows.js';
import type { Database } from './schema.js';
import type { Secrets } from './secrets.js';

/** A check that runs longer than this died with its process. */
const RUNNING_MS = 40_000;
const RETRY_FAILED_MS = 5_000;
const UNUSED_CHECKS_PER_HOUR = 30;

interface CheckRow {
  id: string;
  status: PayeeCheckRecord['status'];
  result: PayeeCheckRecord['result'] | null;
  bank_name: string | null;
  proof: Buffer | null;
  failure: CheckFailure | null;
  started_at: Date;
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
      .select(['connections.partner_id', 'c.id as check_id', 'c.status as check_status'])
      .select(['c.result', 'c.bank_name', 'c.proof', 'c.failure', 'c.started_at'])
      .where('reviews.intent_id', '=', intentId)
      .where('reviews.connection_id', '=', connectionId)
      .executeTakeFirst();
    if (!row) return undefined;
    return {
      version: row.version,
      accountId: row.account_id ?? undefined,
      beneficiaryId: row.beneficiary_id ?? undefined,
      savedName: row.saved_name ?? undefined,
      trusted: row.trusted,
      freshAfter: row.fresh_after ?? undefined,
      check: row.check_id
        ? this.#toCheck(row.partner_id, {
            ...(row as unknown as CheckRow),
            id: row.check_id,
            status: row.check_status as CheckRow['status'],
          })
        : undefined,
    };
  }

  async startCheck(intent: Intent, member: Member): Promise<PayeeCheckRecord | undefined> {
    const { connectionId } = member;
    // Most reads find a good check: they take no lock.
    const now = await this.#currentCheck(this.#db, intent.id, connectionId);
    if (now.check && !mayStart(now.check, member, now.now)) return undefined;
    return this.#db.transaction().execute(async (trx) => {
      await sql`insert into reviews (intent_id, connection_id) values (${intent.id}, ${connectionId})
        on conflict do nothing`.execute(trx);
      await sql`select 1 from reviews where intent_id = ${intent.id}
        and connection_id = ${connectionId} for update`.execute(trx);
      const { check, now } = await this.#currentCheck(trx, intent.id, connectionId);
      if (check && !mayStart(check, member, now)) return undefined;
      await assertChecksLeft(trx, connectionId);
      return this.#insertCheck(trx, intent, connectionId, now);
    });
  }

  async finishCheck(
    intentId: string,
    connectionId: string,
    checkId: string,
    learned: { answer: PayeeCheckAnswer; known: KnownPayee | undefined } | CheckFailure,
  ): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      if (typeof learned === 'string') {
        await trx
          .updateTable('payee_checks')
          .set({ status: 'failed', failure: learned })
          .where('id', '=', checkId)
          .execute();
      } else {
        await this.#keepAnswer(trx, checkId, learned.answer, intentId);
        await setKnown(trx, { intentId, connectionId, checkId }, learned.known);
      }
      await notify(trx, intentId);
    });
  }

  async chooseAccount(intentId: string, connectionId: string, accountId: string): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await sql`update reviews set account_id = ${accountId}, version = version + 1,
          updated_at = clock_timestamp()
        where intent_id = ${intentId} and connection_id = ${connectionId}
          and account_id is distinct from ${accountId}`.execute(trx);
      await notify(trx, intentId);
    });
  }

  async noteTrust(
    intentId: string,
    connectionId: string,
    known: KnownPayee | undefined,
  ): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await sql`update reviews set version = version + 1, trusted = ${known?.trusted ?? false},
          beneficiary_id = ${known?.id ?? null}, saved_name = ${known?.name ?? null},
          fresh_after = case when ${known?.trusted ?? false} and not trusted
            then money_now() else fresh_after end, updated_at = clock_timestamp()
        where intent_id = ${intentId} and connection_id = ${connectionId}`.execute(trx);
      await notify(trx, intentId);
    });
  }

  async #currentCheck(db: Kysely<Database>, intentId: string, connectionId: string) {
    const { rows } = await sql<Partial<CheckRow> & { now: Date }>`
      select money_now() as now, c.id, c.status, c.result, c.bank_name, c.failure, c.started_at
      from (values (1)) as one
      left join reviews r on r.intent_id = ${intentId} and r.connection_id = ${connectionId}
      left join payee_checks c on c.id = r.payee_check_id`.execute(db);
    const row = rows[0];
    const check = row?.id ? (row as CheckRow) : undefined;
    return { check, now: row?.now ?? new Date(Number.NaN) };
  }

  async #insertCheck(trx: Trx, intent: Intent, connectionId: string, startedAt: Date) {
    const id = randomUUID();
    await trx
      .insertInto('payee_checks')
      .values({
        id,
        intent_id: intent.id,
        item_index: 0,
        connection_id: connectionId,
        status: 'running',
        started_at: startedAt,
      })
      .execute();
    await sql`update reviews set payee_check_id = ${id}, version = version + 1
      where intent_id = ${intent.id} and connection_id = ${connectionId}`.execute(trx);
    return this.#toCheck('', {
      id,
      status: 'running',
      result: null,
      bank_name: null,
      proof: null,
      failure: null,
      started_at: startedAt,
    });
  }

  async #keepAnswer(trx: Trx, checkId: string, answer: PayeeCheckAnswer, intentId: string) {
    const { partner_id: partnerId } = await trx
      .selectFrom('intents')
      .select('partner_id')
      .where('id', '=', intentId)
      .executeTakeFirstOrThrow();
    await trx
      .updateTable('payee_checks')
      .set({
        status: 'done',
        result: answer.result,
        bank_name: answer.bankName ?? null,
        proof: this.#secrets.encrypt(proofContext(partnerId, checkId), answer.proof),
        checked_at: sql<Date>`money_now()`,
      })
      .where('id', '=', checkId)
      .execute();
  }

  #toCheck(partnerId: string, row: CheckRow): PayeeCheckRecord {
    return {
      id: row.id,
      status: row.status,
      result: row.result ?? undefined,
      bankName: row.bank_name ?? undefined,
      proof: row.proof
        ? readable(this.#secrets, proofContext(partnerId, row.id), row.proof)
        : undefined,
      startedAt: row.started_at,
      failure: row.failure ?? undefined,
    };
  }
}

/** A good check is reused; a failed one is repeated after a while, or after a new sign-in. */
function mayStart(check: CheckRow, member: Member, now: Date): boolean {
  const since = (ms: number) => now > plus(check.started_at, ms);
  switch (check.status) {
    case 'done':
      return since(PROOF_LIFE_MS);
    case 'running':
      return since(RUNNING_MS);
    case 'failed':
      return check.failure === 'unavailable'
        ? since(RETRY_FAILED_MS)
        : member.signedInAt > check.started_at;
  }
}

async function assertChecksLeft(trx: Trx, connectionId: string): Promise<void> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from payee_checks where connection_id = ${connectionId}
      and used_at is null and status <> 'failed' and started_at > money_now() - interval '1 hour'`.execute(
    trx,
  );
  if ((rows[0]?.count ?? 0) < UNUSED_CHECKS_PER_HOUR) return;
  throw new PaymentError(
    'too-many-payee-checks',
    'Many payees were checked without a payment. Try again in an hour.',
  );
}

async function setKnown(
  trx: Trx,
  review: { intentId: string; connectionId: string; checkId: string },
  known: KnownPayee | undefined,
): Promise<void> {
  await sql`update reviews set version = version + 1, beneficiary_id = ${known?.id ?? null},
      saved_name = ${known?.name ?? null}, trusted = ${known?.trusted ?? false},
      updated_at = clock_timestamp()
    where intent_id = ${review.intentId} and connection_id = ${review.connectionId}
      and payee_check_id = ${review.checkId}`.execute(trx);
}

async function notify(trx: Trx, intentId: string): Promise<void> {
  await sql`select pg_notify('intents', ${intentId})`.execute(trx);
}
