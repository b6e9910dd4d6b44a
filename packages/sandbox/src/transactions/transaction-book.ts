import type { BankAccount, BankState } from '../state.js';
import { transactionOf } from './of-transfer.js';
import type { Transaction } from './transaction.js';

/** All movements on an account: those of its transfers, and the others. */
export function transactionsOn(state: BankState, account: BankAccount): Transaction[] {
  const others = [...state.transactions.values()].filter(
    ({ accountId }) => accountId === account.id,
  );
  const own = [...state.transfers.values()]
    .filter(({ accountId }) => accountId === account.id)
    .flatMap((transfer) => transactionOf(transfer) ?? []);
  return [...others, ...own];
}

export function findTransaction(
  state: BankState,
  { organizationId, id }: { readonly organizationId: string; readonly id: string },
): Transaction | undefined {
  const found = state.transactions.get(id) ?? ofTransfer(state, id);
  return found?.organizationId === organizationId ? found : undefined;
}

function ofTransfer(state: BankState, id: string): Transaction | undefined {
  for (const transfer of state.transfers.values()) {
    if (transfer.transactionId === id) return transactionOf(transfer);
  }
  return undefined;
}
