import { randomUUID } from 'node:crypto';
import type { Transaction } from '../transactions/transaction.js';
import type { PaymentLink } from './payment-link.js';

/** What the provider pays out for one payment of a link. */
export function payoutOf(link: PaymentLink, at: number): Transaction {
  const id = randomUUID();
  return {
    ...{ id, slug: `income-${id}`, organizationId: link.organizationId },
    ...{ accountId: link.accountId, side: 'credit', operationType: 'income' },
    amountCents: link.amountCents,
    label: 'Mollie Payments',
    counterpartyIban: null,
    reference: link.invoice?.number ?? `Payment link ${link.id.slice(0, 8)}`,
    ...{ note: null, category: 'sales', initiatorId: null, attachmentIds: [] },
    ...{ cardLastDigits: null, status: 'completed' },
    ...{ emittedAt: at, settledAt: at, updatedAt: at },
  };
}
