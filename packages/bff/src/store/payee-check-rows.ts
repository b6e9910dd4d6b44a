import { type Kysely, sql } from 'kysely';
import { PaymentError } from '../payments/errors.js';
import { PROOF_LIFE_MS, plus } from '../payments/pace.js';
import type { CheckFailure, Member, PayeeCheckRecord } from '../payments/records.js';
import type { Trx } from './publish.js';
import { proofContext, readable } from './rows.js';
import type { Database } from './schema.js';
import type { Secrets } from './secrets.js';

/** A check that runs longer than this died with its process; many payees take the bank longer. */
const RUNNING_MS = { one: 40_000, many: 100_000 };
const RETRY_FAILED_MS = 5_000;
const UNUSED_CHECKS_PER_HOUR = 30;

export interface CheckRow {
  id: string;
  item_rows: number[];
  status: PayeeCheckRecord['status'];
  proof: Buffer | null;
  failure: CheckFailure | null;
  started_at: Date;
}

export function toCheck(secrets: Secrets, partnerId: string, row: CheckRow): PayeeCheckRecord {
  return {
    id: row.id,
    rows: row.item_rows,
    status: row.status,
    proof: row.proof ? readable(secrets, proofContext(partnerId, row.id), row.proof) : undefined,
    startedAt: row.started_at,
    failure: row.failure ?? undefined,
  };
}

/** The check that the review shows, without its proof. */
export async function currentCheck(db: Kysely<Database>, intentId: string, connectionId: string) {
  const { rows } = await sql<Partial<CheckRow> & { now: Date }>`
    select money_now() as now, c.id, c.item_rows, c.status, null as proof, c.failure, c.started_at
    from (values (1)) as one
    left join reviews r on r.intent_id = ${intentId} and r.connection_id = ${connectionId}
    left join payee_checks c on c.id = r.payee_check_id`.execute(db);
  const row = rows[0];
  const check = row?.id ? (row as CheckRow) : undefined;
  return { check, now: row?.now ?? new Date(Number.NaN) };
}

/**
 * A good check of exactly these rows is reused; a failed one is repeated after a while, or after a
 * new sign-in.
 */
export function mayStart(
  check: CheckRow,
  { rows, member, now }: { rows: readonly number[]; member: Member; now: Date },
): boolean {
  const since = (ms: number) => now > plus(check.started_at, ms);
  if (check.item_rows.join() !== rows.join()) return true;
  switch (check.status) {
    case 'done':
      return since(PROOF_LIFE_MS);
    case 'running':
      return since(rows.length === 1 ? RUNNING_MS.one : RUNNING_MS.many);
    case 'failed':
      return check.failure === 'unavailable'
        ? since(RETRY_FAILED_MS)
        : member.signedInAt > check.started_at;
  }
}

/** @throws PaymentError `too-many-payee-checks`. */
export async function assertChecksLeft(trx: Trx, connectionId: string): Promise<void> {
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
