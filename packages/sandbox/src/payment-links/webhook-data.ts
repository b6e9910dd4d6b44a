import { decimalOf } from '../money.js';
import type { PaymentConnection, PaymentLink } from './payment-link.js';

const iso = (at: number) => new Date(at).toISOString();

/** Facts 4.13: here it is `expired_at`, and not `expiration_date`. */
export function linkData(link: PaymentLink, methodUsed?: string): Record<string, unknown> {
  return {
    status: link.status,
    payment_link_id: link.id,
    amount: { value: decimalOf(link.amountCents), currency: link.currency },
    potential_payment_methods: link.methods,
    ...(methodUsed === undefined ? {} : { latest_payment_method_used: methodUsed }),
    resource_id: link.resourceId,
    resource_type: link.invoice ? 'Invoice' : 'Basket',
    resource_metadata: link.invoice ? { invoice_number: link.invoice.number } : {},
    expired_at: iso(link.expiresAt),
    created_at: iso(link.createdAt),
    updated_at: iso(link.updatedAt),
  };
}

export function connectionData(connection: PaymentConnection): Record<string, unknown> {
  return {
    event: `connection_${connection.status}`,
    status: connection.status,
    bank_account_id: connection.accountId,
    updated_at: iso(connection.updatedAt),
  };
}
