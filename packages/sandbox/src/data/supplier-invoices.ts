import { SUPPLIER_INVOICE_STATUSES, type SupplierInvoice } from '../invoices/invoice.js';
import { dayOf } from '../settlement.js';
import { knownBeneficiaries } from './beneficiaries.js';
import { fixedId } from './fixed-id.js';
import { ACME, MEMBERSHIPS } from './organizations.js';

const COUNT = 54;
const DAY_MS = 86_400_000;
// Spread by steps that share no factor with the counts, so that every mixture occurs.
const FIRST_CENTS = 1_990;
const STEP_CENTS = 13_570;

/** Six invoices of every status, from the payees that ACME knows. */
export function supplierInvoices(at: number): SupplierInvoice[] {
  const suppliers = knownBeneficiaries(at);
  return Array.from({ length: COUNT }, (_, index) => {
    const supplier = suppliers[index % suppliers.length];
    if (!supplier) throw new Error('ACME has suppliers');
    return invoice({ index, at, name: supplier.name, iban: supplier.iban });
  });
}

function invoice(seed: { index: number; at: number; name: string; iban: string }): SupplierInvoice {
  const { index, at } = seed;
  const status = SUPPLIER_INVOICE_STATUSES[index % SUPPLIER_INVOICE_STATUSES.length] ?? 'to_review';
  const createdAt = at - (1 + ((index * 7) % 60)) * DAY_MS;
  const dayAfter = (days: number) => dayOf(createdAt + days * DAY_MS);
  // A machine has read the document: of some it could make nothing out.
  const isUnread = status === 'to_review' && index % 2 === 0;
  const totalCents = isUnread ? null : FIRST_CENTS + index * STEP_CENTS;
  const isCreditNote = index % 17 === 16;
  const isPaid = status === 'paid' || status === 'archived';
  return {
    id: fixedId('supplier-invoice', index + 1),
    organizationId: ACME.id,
    status,
    supplierName: isUnread ? null : seed.name,
    iban: isUnread || isCreditNote ? null : seed.iban,
    number: isUnread ? null : `F-${2000 + index}`,
    description: `Invoice ${2000 + index}`,
    fileName: `invoice-${2000 + index}.pdf`,
    attachmentId: fixedId('attachment', 1000 + index),
    totalCents,
    payableCents: isPaid ? 0 : totalCents,
    issuedOn: isUnread ? null : dayAfter(-3),
    dueOn: isUnread || index % 11 === 5 ? null : dayAfter(27),
    scheduledOn: status === 'scheduled' ? dayOf(at + 5 * DAY_MS) : null,
    paidOn: isPaid ? dayAfter(1) : null,
    isCreditNote,
    hasDuplicates: index % 13 === 6,
    isNonFinancial: status === 'discarded' && index % 2 === 0,
    transferIds: [],
    transactionIds: isPaid ? [fixedId('transaction', 4 + (index % 4) * 15)] : [],
    approverId: status === 'to_approve' ? (MEMBERSHIPS[1]?.id ?? null) : null,
    createdAt,
    updatedAt: createdAt + DAY_MS / 2,
  };
}
