import { magicAmountOf } from './data/magic.js';
import type { Switches } from './switches.js';

/** Above that a policy that is switched on wants a second member. */
const FREE_UP_TO_CENTS = 100_000;

export interface PolicyFault {
  readonly code: 'payment_policy_approval_required' | 'payment_policy_approver_missing';
  readonly detail: string;
}

/** Facts 4.4: what the 4-eyes policy says of an amount, which only a request may pass. */
export function policyFaultOf(switches: Switches, amountCents: number): PolicyFault | undefined {
  const magic = magicAmountOf(amountCents)?.kind;
  const policy = switches.get('payment_policy');
  const isAbove = policy !== 'none' && amountCents > FREE_UP_TO_CENTS;
  if (magic === 'policy-approver-missing' || (isAbove && policy === 'approver_missing')) {
    return {
      code: 'payment_policy_approver_missing',
      detail: 'Nobody in the organisation may approve this payment',
    };
  }
  if (magic !== 'policy-approval-required' && !isAbove) return undefined;
  return {
    code: 'payment_policy_approval_required',
    detail: 'This payment needs the approval of another member',
  };
}
