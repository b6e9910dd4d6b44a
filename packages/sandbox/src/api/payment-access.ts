import type { PaymentConnection } from '../payment-links/payment-link.js';
import type { ApiCall } from './endpoint.js';
import { notFound, refusal } from './refusal.js';

/** Facts 4.10: only an owner or admin may collect, and only on a plan that has it. */
export function requireCollector({ bank, caller }: ApiCall): void {
  if (bank.organizationOf(caller).plan === 'solo_basic') throw notFound('Subscription');
  if (caller.role === 'owner' || caller.role === 'admin') return;
  throw refusal(403, 'forbidden', 'Your role does not allow this action');
}

/** Without a connection that works there is nothing here (facts 4.10). */
export function requireConnection(call: ApiCall): PaymentConnection {
  requireCollector(call);
  const connection = call.bank.payments.connectionOf(call.caller);
  if (connection?.status !== 'enabled') throw notFound('Connection');
  return connection;
}
