import type { PaymentReason } from '@qonto-pay/shared';
import type { WireProblem } from './wire.js';

const REASONS = new Map<string, PaymentReason>([
  ['insufficient_funds', 'insufficient-funds'],
  ['payment_policy_approval_required', 'needs-approver'],
  ['payment_policy_approver_missing', 'approver-missing'],
  ['bank_account_not_found', 'account-not-found'],
  ['attachment_required', 'document-missing'],
  ['invalid_iban', 'payee-account-invalid'],
]);

/** What was not found, told by its place in the body that we sent. */
const NOT_FOUND = new Map<string, PaymentReason>([
  ['bank_account_id', 'account-not-found'],
  ['debit_iban', 'account-not-found'],
  ['beneficiary_id', 'payee-not-usable'],
  ['attachment_ids', 'document-missing'],
]);

/** Why the bank refuses, where it says it by a code or a place that we know. */
export function refusalReason({ code, pointer }: WireProblem): PaymentReason | undefined {
  if (code !== 'not_found') return REASONS.get(code);
  return NOT_FOUND.get(pointer.split('/').at(-1) ?? '');
}
