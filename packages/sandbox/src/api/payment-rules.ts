import type { Payee } from '../beneficiary-book.js';
import type { InlinePayee } from '../inline-payee.js';
import type { BankAccount, Organization, Role } from '../state.js';
import type { ApiCall } from './endpoint.js';
import type { PayeeFields } from './payment-fields.js';
import { type Refusal, refusal } from './refusal.js';

const PAYING_ROLES: readonly Role[] = ['owner', 'admin'];

/** Facts 2.4: the others ask an owner or admin by a request. */
export function requirePayingRole({ caller }: ApiCall): void {
  if (PAYING_ROLES.includes(caller.role)) return;
  throw refusal(403, 'forbidden', 'Your role does not allow this action');
}

/** Facts 2.4: refused without a helpful code. */
export function requirePlan({ bank, caller }: ApiCall, plans: readonly Organization['plan'][]) {
  if (plans.includes(bank.organizationOf(caller).plan)) return;
  const status = bank.switches.get('plan_refusal_status');
  throw refusal(status, 'forbidden', 'Your plan does not allow this action');
}

export function accountOf(
  { bank, caller }: ApiCall,
  { id, pointer }: { readonly id: string; readonly pointer: string },
): BankAccount {
  const account = bank.ledger.account(caller.organizationId, id);
  if (account?.status === 'active') return account;
  throw refusal(400, 'bank_account_not_found', 'Bank account not found', { pointer });
}

/** Who an order names, `pointer` being the order's place in the body. */
export function payeeOf(
  { bank, caller }: ApiCall,
  { order, pointer }: { readonly order: PayeeFields; readonly pointer: string },
): Payee {
  if (order.beneficiary) return inlinePayeeOf(order.beneficiary);
  const known = bank.beneficiaries.find(caller.organizationId, order.beneficiary_id ?? '');
  if (known) return { known };
  throw refusal(404, 'not_found', 'Beneficiary not found', {
    pointer: `${pointer}/beneficiary_id`,
  });
}

export function inlinePayeeOf(fields: NonNullable<PayeeFields['beneficiary']>): InlinePayee {
  const { name, iban } = fields;
  const activityTag = fields.activity_tag ?? 'other_expense';
  return { name, iban, bic: fields.bic ?? null, email: fields.email ?? null, activityTag };
}

/** Name and IBAN of a payee, stored or not. */
export function namedPayee(payee: Payee): { readonly name: string; readonly iban: string } {
  const { name, iban } = payee.known ?? payee;
  return { name, iban };
}

export function insufficientFunds(): Refusal {
  return refusal(400, 'insufficient_funds', 'The account has insufficient funds');
}
