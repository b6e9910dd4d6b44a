/** One payment that a member asks for. */
export interface RequestedTransfer {
  readonly id: string;
  readonly creditIban: string;
  readonly creditName: string;
  readonly amountCents: number;
  readonly reference: string;
  readonly attachmentIds: readonly string[];
  transferId: string | null;
}

export type RequestType = 'transfer' | 'multi_transfer';
export type RequestStatus = 'pending' | 'approved' | 'declined' | 'canceled';

/** What a member asks an owner or admin to pay (facts 4.8). */
export interface TransferRequest {
  readonly id: string;
  readonly organizationId: string;
  readonly type: RequestType;
  readonly initiatorId: string;
  readonly note: string;
  readonly scheduledDate: string | null;
  readonly debitIban: string | null;
  readonly transfers: readonly RequestedTransfer[];
  readonly idempotencyKey: string;
  readonly createdAt: number;
  status: RequestStatus;
  approverId: string | null;
  declinedNote: string | null;
  processedAt: number | null;
}
