import { isAsConfirmed } from './accepted-transfer.js';
import type { Bank, BankTransfer } from './ports.js';
import type { LeasedAttempt, PaymentItem } from './records.js';
import type { ItemChange } from './store-port.js';

/**
 * An approved request names no transfers (facts § 4.8): each row is tied to the one of its amount,
 * reference and payee, those with our tag in the note first, and none of them twice.
 */
export async function matchTransfers(
  bank: Pick<Bank, 'findPayees'>,
  { attempt, payment }: LeasedAttempt,
  { without, transfers }: { without: readonly PaymentItem[]; transfers: readonly BankTransfer[] },
): Promise<ItemChange[]> {
  if (transfers.length === 0) return [];
  const ibans = [...new Set(without.map(({ payeeIban }) => payeeIban))];
  const { known } = await bank.findPayees(attempt.connectionId, ibans);
  const taken = new Set(payment.items.map(({ transferId }) => transferId));
  const isTagged = ({ note }: BankTransfer) => note.includes(attempt.tag);
  const candidates = transfers
    .filter(({ id }) => !taken.has(id))
    .sort((one, other) => Number(isTagged(other)) - Number(isTagged(one)));
  return without.flatMap((item) => {
    const found = candidates.find(
      (transfer) =>
        !taken.has(transfer.id) &&
        isAsConfirmed({ accountId: '' }, item, transfer) &&
        transfer.reference === item.remittance &&
        transfer.beneficiaryId !== undefined &&
        transfer.beneficiaryId === known.get(item.payeeIban)?.id,
    );
    if (!found) return [];
    taken.add(found.id);
    return [{ index: item.index, transferId: found.id }];
  });
}
