export type TransactionStatus = 'pending' | 'declined' | 'completed';

/** One movement on an account (facts 4.11). */
export interface Transaction {
  readonly id: string;
  /** Qonto's `transaction_id`, which is no id to ask by. */
  readonly slug: string;
  readonly organizationId: string;
  readonly accountId: string;
  readonly side: 'credit' | 'debit';
  readonly operationType: string;
  readonly amountCents: number;
  readonly label: string;
  readonly counterpartyIban: string | null;
  readonly reference: string | null;
  readonly note: string | null;
  readonly category: string;
  readonly initiatorId: string | null;
  readonly attachmentIds: readonly string[];
  readonly cardLastDigits: string | null;
  readonly status: TransactionStatus;
  readonly emittedAt: number;
  readonly settledAt: number | null;
  readonly updatedAt: number;
}
