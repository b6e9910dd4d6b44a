import { createHash } from 'node:crypto';
import { decimalOf } from '../money.js';
import type { ClientInvoice, SupplierInvoice } from './invoice.js';

const PARIS_OFFSET_MS = 2 * 3_600_000;

/** Invoices tell their times with an offset, unlike the rest (facts 4.14, 5.5). */
function offsetTime(at: number): string {
  return new Date(at + PARIS_OFFSET_MS).toISOString().replace('Z', '+02:00');
}

const euros = (cents: number | null) =>
  cents === null ? null : { value: decimalOf(cents), currency: 'EUR' };

export function clientInvoiceOnWire(invoice: ClientInvoice) {
  const total = { value: decimalOf(invoice.totalCents), currency: 'EUR' };
  return {
    id: invoice.id,
    organization_id: invoice.organizationId,
    number: invoice.number,
    invoice_number: invoice.number,
    status: invoice.status,
    client: {
      id: clientIdOf(invoice),
      name: invoice.clientName,
      email: invoice.clientEmail,
    },
    total_amount: total,
    currency: 'EUR',
    issue_date: invoice.issuedOn,
    due_date: invoice.dueOn,
    items:
      invoice.status === 'draft'
        ? null
        : [{ title: 'Services', quantity: '1', unit_price: total, vat_rate: '0.0' }],
    created_at: offsetTime(invoice.createdAt),
    updated_at: offsetTime(invoice.updatedAt),
  };
}

/** Always the same for one client. */
function clientIdOf({ clientName }: ClientInvoice): string {
  const digest = createHash('sha256').update(clientName).digest('hex');
  return `01930000-0000-7000-8008-${digest.slice(0, 12)}`;
}

export function supplierInvoiceOnWire(invoice: SupplierInvoice) {
  return {
    id: invoice.id,
    organization_id: invoice.organizationId,
    status: invoice.status,
    supplier_name: invoice.supplierName,
    iban: invoice.iban,
    invoice_number: invoice.number,
    description: invoice.description,
    file_name: invoice.fileName,
    attachment_id: invoice.attachmentId,
    display_attachment_id: invoice.attachmentId,
    total_amount: euros(invoice.totalCents),
    payable_amount: euros(invoice.payableCents),
    issue_date: invoice.issuedOn,
    due_date: invoice.dueOn,
    scheduled_date: invoice.scheduledOn,
    payment_date: invoice.paidOn,
    is_credit_note: invoice.isCreditNote,
    has_duplicates: invoice.hasDuplicates,
    has_discrepancies: false,
    transfer_ids: invoice.transferIds,
    matched_transactions: invoice.transactionIds.map((id) => ({ id })),
    request_transfer: null,
    available_actions: actionsOn(invoice),
    approval_workflow: { approver_ids: invoice.approverId === null ? [] : [invoice.approverId] },
    created_at: offsetTime(invoice.createdAt),
    updated_at: offsetTime(invoice.updatedAt),
  };
}

function actionsOn({ status }: SupplierInvoice): string[] {
  switch (status) {
    case 'to_review':
    case 'awaiting_payment':
      return ['pay', 'archive', 'delete'];
    case 'to_approve':
      return ['approve', 'delete'];
    case 'paid':
    case 'rejected':
      return ['archive', 'delete'];
    default:
      return [];
  }
}
