/** Money that moves between two accounts of one organisation. */
export interface InternalTransfer {
  readonly id: string;
  readonly slug: string;
  readonly organizationId: string;
  readonly debitAccountId: string;
  readonly creditAccountId: string;
  readonly initiatorId: string;
  readonly amountCents: number;
  readonly reference: string;
  readonly idempotencyKey: string;
  readonly requestSha256: string;
  readonly createdAt: number;
  readonly dueAt: number;
  status: 'processing' | 'settled';
  settledAt: number | null;
}
