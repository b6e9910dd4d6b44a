import type { BankAccount } from '../state.js';
import type { ApiCall, Handler } from './endpoint.js';
import { notFound } from './refusal.js';
import { accountOnWire } from './wire.js';

/** Facts 4.1: unlike `/v2/organization`, with masked IBANs, and with no `meta`. */
export const listBankAccounts: Handler = (call) => {
  const { bank, caller } = call;
  const accounts = [...bank.store.current.accounts.values()].filter(
    ({ organizationId }) => organizationId === caller.organizationId,
  );
  return { status: 200, body: { bank_accounts: accounts.map((one) => shownAccount(call, one)) } };
};

export const showBankAccount: Handler = (call) => {
  const { bank, caller, params } = call;
  const account = bank.ledger.account(caller.organizationId, params.id ?? '');
  if (!account) throw notFound('Bank account');
  return { status: 200, body: { bank_account: shownAccount(call, account) } };
};

/** Facts 2.4: five fields are for everybody, the others by permission. */
function shownAccount({ bank, caller }: ApiCall, account: BankAccount) {
  const all = accountOnWire(bank, account);
  if (caller.role !== 'owner' && caller.role !== 'admin') {
    const { id, name, status, main, organization_id } = all;
    return { id, name, status, main, organization_id };
  }
  const isMasked = bank.switches.get('bank_accounts_iban') === 'masked';
  return isMasked ? { ...all, iban: masked(all.iban) } : all;
}

function masked(iban: string): string {
  return iban.slice(0, 2).padEnd(iban.length, 'X');
}
