import type { InlinePayee } from '../inline-payee.js';

/** One payment of a bulk, and what became of it. `completed` says that a transfer was made, not that it arrived. */
export interface BulkResult {
  readonly clientTransferId: string;
  readonly beneficiaryId: string | null;
  readonly inlinePayee: InlinePayee | null;
  readonly amountCents: number;
  readonly reference: string;
  readonly note: string | null;
  readonly scheduledDate: string;
  readonly attachmentIds: readonly string[];
  /** When the bank looks at it. */
  readonly dueAt: number;
  status: 'pending' | 'completed' | 'failed';
  transferId: string | null;
  errors: { readonly code: string; readonly detail: string }[] | null;
}

export interface BulkTransfer {
  readonly id: string;
  readonly organizationId: string;
  readonly accountId: string;
  readonly initiatorId: string;
  readonly idempotencyKey: string;
  readonly requestSha256: string;
  readonly createdAt: number;
  updatedAt: number;
  readonly results: readonly BulkResult[];
}
