import { randomUUID } from 'node:crypto';
import type { BankAccount } from '../state.js';
import type { Transaction } from '../transactions/transaction.js';
import type { InternalTransfer } from './internal-transfer.js';

/** Both sides of an internal transfer, as the two accounts show it. */
export function movementsOf(
  transfer: InternalTransfer,
  { debit, credit }: { readonly debit: BankAccount; readonly credit: BankAccount },
): Transaction[] {
  const common = {
    ...{ organizationId: transfer.organizationId, amountCents: transfer.amountCents },
    ...{ reference: transfer.reference, note: null, initiatorId: transfer.initiatorId },
    ...{ category: 'treasury_and_interco', attachmentIds: [], cardLastDigits: null },
    ...{ status: 'completed' as const, emittedAt: transfer.createdAt },
    ...{ settledAt: transfer.dueAt, updatedAt: transfer.dueAt },
  };
  return [
    {
      ...{ id: randomUUID(), slug: `${transfer.slug}-debit`, ...common },
      ...{ accountId: debit.id, side: 'debit', operationType: 'transfer' },
      ...{ label: credit.name, counterpartyIban: credit.iban },
    },
    {
      ...{ id: randomUUID(), slug: `${transfer.slug}-credit`, ...common },
      ...{ accountId: credit.id, side: 'credit', operationType: 'income' },
      ...{ label: debit.name, counterpartyIban: debit.iban },
    },
  ];
}
