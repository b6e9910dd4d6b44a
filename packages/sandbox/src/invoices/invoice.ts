/** An invoice to a client (facts 4.14). */
export interface ClientInvoice {
  readonly id: string;
  readonly organizationId: string;
  readonly number: string;
  readonly status: 'draft' | 'unpaid' | 'paid' | 'canceled';
  readonly clientName: string;
  readonly clientEmail: string;
  readonly totalCents: number;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const SUPPLIER_INVOICE_STATUSES = [
  'to_review',
  'to_approve',
  'awaiting_payment',
  'pending',
  'scheduled',
  'paid',
  'archived',
  'rejected',
  'discarded',
] as const;
export type SupplierInvoiceStatus = (typeof SUPPLIER_INVOICE_STATUSES)[number];

/** An invoice of a supplier, read from a document by machine (facts 4.14). */
export interface SupplierInvoice {
  readonly id: string;
  readonly organizationId: string;
  readonly status: SupplierInvoiceStatus;
  readonly supplierName: string | null;
  readonly iban: string | null;
  readonly number: string | null;
  readonly description: string;
  readonly fileName: string;
  readonly attachmentId: string;
  readonly totalCents: number | null;
  readonly payableCents: number | null;
  readonly issuedOn: string | null;
  readonly dueOn: string | null;
  readonly scheduledOn: string | null;
  readonly paidOn: string | null;
  readonly isCreditNote: boolean;
  readonly hasDuplicates: boolean;
  readonly isNonFinancial: boolean;
  readonly transferIds: readonly string[];
  readonly transactionIds: readonly string[];
  readonly approverId: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}
