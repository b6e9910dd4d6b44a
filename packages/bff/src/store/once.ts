import { type Kysely, sql } from 'kysely';
import { PaymentError } from '../payments/errors.js';
import type { OnceKey, StoredAnswer } from '../payments/store-port.js';
import type { Trx } from './publish.js';
import type { Database } from './schema.js';

/**
 * Finds the answer that a request with this key got before. The key is locked until the
 * transaction ends, so a twin that comes meanwhile is told to wait.
 */
export async function findAnswer(trx: Trx, once: OnceKey): Promise<StoredAnswer | undefined> {
  const name = JSON.stringify([once.partnerId, once.principal, once.key]);
  const lock = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as locked`.execute(trx);
  if (!lock.rows[0]?.locked) {
    throw new PaymentError('idempotency-in-progress', 'Send the same request again in a second.');
  }
  const found = await trx
    .selectFrom('idempotency_keys')
    .select(['fingerprint', 'status', 'body'])
    .where('partner_id', '=', once.partnerId)
    .where('principal', '=', once.principal)
    .where('key', '=', once.key)
    .executeTakeFirst();
  if (found && found.fingerprint !== once.fingerprint) {
    throw new PaymentError('idempotency-key-reused', 'Use a new key for another request.');
  }
  return found && { status: found.status, body: found.body };
}

export async function keepAnswer(trx: Trx, once: OnceKey, answer: StoredAnswer): Promise<void> {
  await trx
    .insertInto('idempotency_keys')
    .values({
      partner_id: once.partnerId,
      principal: once.principal,
      key: once.key,
      fingerprint: once.fingerprint,
      ...answer,
    })
    .execute();
}

/** Does the work and keeps its answer in one transaction, or repeats the answer that it got before. */
export async function answerOnce(
  db: Kysely<Database>,
  once: OnceKey,
  work: (trx: Trx) => Promise<StoredAnswer>,
): Promise<StoredAnswer & { replayed: boolean }> {
  return db.transaction().execute(async (trx) => {
    const found = await findAnswer(trx, once);
    if (found) return { ...found, replayed: true };
    const answer = await work(trx);
    await keepAnswer(trx, once, answer);
    return { ...answer, replayed: false };
  });
}
