import { type Kysely, sql } from 'kysely';
import type { Payment } from '../payments/records.js';
import type { Change, ItemChange } from '../payments/store-port.js';
import { isViolationOf } from './new-payment.js';
import type { Database } from './schema.js';

export const ANOTHERS_TRANSFER = 'transfer-of-another-payment';
const ANOTHERS_BANK_ID = 'bank-id-of-another-payment';

export const isTransferOfAnother = (error: unknown): boolean =>
  isViolationOf(error, 'one_payment_per_transfer');

export const isBankIdOfAnother = (error: unknown): boolean =>
  isViolationOf(error, 'one_payment_per_bank_id');

/**
 * I-7: the bank names a transfer that is another row's already, of this payment or of another one.
 * Which is which, a person says: exactly those rows are held, the others take what they learned.
 */
export async function holdRowsApart(
  db: Kysely<Database>,
  payment: Payment,
  change: Change,
): Promise<Change> {
  if (change.to !== undefined) return change;
  const taken = await takenRows(db, payment, change.items);
  const items = change.items.map((item) =>
    taken.has(item.index) ? { index: item.index, to: 'held' as const } : item,
  );
  const isHeldAnyway = change.items.some(({ index, to }) => to === 'held' && !taken.has(index));
  return { ...change, items, cause: isHeldAnyway ? change.cause : ANOTHERS_TRANSFER };
}

/** The bank's id of the whole is another payment's: nothing that it says of the rows is theirs. */
export function holdWhole({ items: _notOurs, note = {}, ...change }: Change): Change {
  const { bankId: _anothers, ...rest } = note;
  return { ...change, to: 'held', cause: ANOTHERS_BANK_ID, note: rest };
}

async function takenRows(
  db: Kysely<Database>,
  payment: Payment,
  items: readonly ItemChange[],
): Promise<Set<number>> {
  const named = items.filter(({ transferId }) => transferId !== undefined);
  const pairs = named.map(({ index, transferId }) => ({ index, transferId }));
  const { rows } = await sql<{ index: number }>`
    select n.index from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb)
      as n(index int, "transferId" text)
    join payment_items r on r.partner_id = ${payment.partnerId} and r.transfer_id = n."transferId"
      and (r.payment_id, r.index) <> (${payment.id}, n.index)`.execute(db);
  const counts = new Map<string | undefined, number>();
  for (const { transferId } of named) counts.set(transferId, (counts.get(transferId) ?? 0) + 1);
  const twins = named.filter(({ transferId }) => (counts.get(transferId) ?? 0) > 1);
  return new Set([...rows, ...twins].map(({ index }) => index));
}
