import type { Bank } from '../bank.js';

/** What is on each account, and what of it is promised already. */
export function accountsView(bank: Bank) {
  const accounts = [...bank.store.current.accounts.values()];
  return {
    accounts: accounts.map((account) => ({
      ...{ id: account.id, organization: bank.organizationOf(account).name, name: account.name },
      ...{ iban: account.iban, status: account.status },
      balance_cents: account.balanceCents,
      authorized_balance_cents: bank.ledger.availableCents(account),
    })),
  };
}
