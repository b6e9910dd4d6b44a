export const FREQUENCIES = ['weekly', 'monthly', 'quarterly', 'half_yearly', 'yearly'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** A standing order: it makes a transfer at each of its days. */
export interface RecurringTransfer {
  readonly id: string;
  readonly organizationId: string;
  readonly accountId: string;
  readonly initiatorId: string;
  readonly beneficiaryId: string;
  readonly amountCents: number;
  readonly reference: string;
  readonly note: string | null;
  readonly attachmentIds: readonly string[];
  readonly frequency: Frequency;
  readonly firstExecutionDate: string;
  readonly lastExecutionDate: string | null;
  readonly idempotencyKey: string;
  readonly requestSha256: string;
  readonly createdAt: number;
  updatedAt: number;
  executions: number;
  /** Null once it is canceled or over. */
  nextExecutionDate: string | null;
  isCanceled: boolean;
}
