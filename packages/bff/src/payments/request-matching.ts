import { isAsConfirmed } from './accepted-transfer.js';
import { LOOK_BACK_MS, plus } from './pace.js';
import type { Bank, BankTransfer } from './ports.js';
import type { LeasedAttempt, PaymentItem } from './records.js';
import type { ItemChange } from './store-port.js';

/** Transfers with our tag get so long to appear, before one without any is taken for ours. */
const UNTAGGED_AFTER_MS = 60_000;
const ANY_TAG = /\bQP-[0-9A-Z]{8}\b/;

export interface Matches {
  changes: ItemChange[];
  /** Rows that could be more transfers than they are, of which none says whose it is. */
  ambiguous: number[];
}

/**
 * An approved request names no transfers (facts § 4.8): each row is tied to one of its amount,
 * reference and payee, made since the approval, and none of them twice. Our tag in the note
 * decides; without any it is taken only when late, and when no other is like it.
 */
export async function matchTransfers(
  bank: Pick<Bank, 'findPayees' | 'payee'>,
  leased: LeasedAttempt,
  rows: {
    without: readonly PaymentItem[];
    listing: { transfers: readonly BankTransfer[]; at: Date };
  },
): Promise<Matches> {
  const { attempt, payment } = leased;
  const { transfers, at } = rows.listing;
  const since = followedSince(leased);
  const known = new Set(payment.items.map(({ transferId }) => transferId));
  const fresh = transfers.filter(({ id, createdAt }) => !known.has(id) && createdAt >= since);
  const isLate = at >= plus(since, LOOK_BACK_MS + UNTAGGED_AFTER_MS);
  const tagged = fresh.filter(({ note }) => note.includes(attempt.tag));
  const untagged = isLate ? fresh.filter(({ note }) => !ANY_TAG.test(note)) : [];
  const ibans = await ibansOf(bank, leased, {
    rows: rows.without,
    transfers: [...tagged, ...untagged],
  });
  const isOf = (item: PaymentItem) => (transfer: BankTransfer) =>
    isAsConfirmed({ accountId: '' }, item, transfer) &&
    transfer.reference === item.remittance &&
    ibans.get(transfer.beneficiaryId ?? '') === item.payeeIban;
  const byTag = tie(rows.without, tagged, isOf);
  const left = rows.without.filter(({ index }) => !byTag.some((one) => one.index === index));
  const ambiguous = left.filter((item) => {
    const like = untagged.filter(isOf(item));
    return like.length > left.filter((other) => like.some(isOf(other))).length;
  });
  const byLooks = tie(
    left.filter((item) => !ambiguous.includes(item)),
    untagged,
    isOf,
  );
  return { changes: [...byTag, ...byLooks], ambiguous: ambiguous.map(({ index }) => index) };
}

/** Our clock may be ahead of the bank's; once it has listed, the bank's own time is used. */
const FIRST_LIST_MS = 10 * 60 * 1000;

/** From where on the bank's list is read. */
export const followedSince = ({ attempt, payment }: LeasedAttempt): Date =>
  attempt.followedUntil ?? plus(attempt.firstSentAt ?? payment.createdAt, -FIRST_LIST_MS);

function tie(
  items: readonly PaymentItem[],
  transfers: readonly BankTransfer[],
  isOf: (item: PaymentItem) => (transfer: BankTransfer) => boolean,
): ItemChange[] {
  const free = [...transfers];
  return items.flatMap((item) => {
    const position = free.findIndex(isOf(item));
    if (position < 0) return [];
    const [found] = free.splice(position, 1);
    return found ? [{ index: item.index, transferId: found.id }] : [];
  });
}

/** By payee id: the IBAN, of those that may be meant. A transfer tells the payee's id alone. */
async function ibansOf(
  bank: Pick<Bank, 'findPayees' | 'payee'>,
  { attempt: { connectionId } }: LeasedAttempt,
  { rows, transfers }: { rows: readonly PaymentItem[]; transfers: readonly BankTransfer[] },
): Promise<ReadonlyMap<string, string>> {
  const amounts = new Set(rows.map(({ amountCents }) => amountCents));
  const ids = transfers
    .filter(({ amountCents }) => amounts.has(amountCents))
    .flatMap(({ beneficiaryId }) => beneficiaryId ?? []);
  const ibans = new Map<string, string>();
  if (ids.length === 0) return ibans;
  const wanted = [...new Set(rows.map(({ payeeIban }) => payeeIban))];
  const { known } = await bank.findPayees(connectionId, wanted);
  for (const { id, iban } of known.values()) ibans.set(id, iban);
  // One IBAN may stand under several ids, of which the list gives one.
  for (const id of new Set(ids)) {
    if (ibans.has(id)) continue;
    const payee = await bank.payee(connectionId, id);
    if (payee) ibans.set(id, payee.iban);
  }
  return ibans;
}
