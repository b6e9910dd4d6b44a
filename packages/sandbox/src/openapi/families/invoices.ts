import { filters, type Operation, paging } from '../operation.js';
import {
  answered,
  flag,
  listOf,
  money,
  nullable,
  oneOf,
  page,
  text,
  time,
  uuid,
  whole,
} from '../schema.js';

const clientStatus = oneOf('draft', 'unpaid', 'paid', 'canceled');
const clientInvoice = answered({
  id: uuid,
  organization_id: uuid,
  number: text,
  invoice_number: text,
  status: clientStatus,
  client: answered({ id: uuid, name: text, email: text }),
  total_amount: money,
  currency: text,
  issue_date: text,
  due_date: text,
  // Null for an empty draft.
  items: nullable(
    listOf(answered({ title: text, quantity: text, unit_price: money, vat_rate: text })),
  ),
  created_at: text,
  updated_at: text,
});

const supplierStatus = oneOf(
  ...['to_review', 'to_approve', 'awaiting_payment', 'pending', 'scheduled', 'paid'],
  ...['archived', 'rejected', 'discarded'],
);
const supplierInvoice = answered({
  id: uuid,
  organization_id: uuid,
  status: supplierStatus,
  supplier_name: nullable(text),
  iban: nullable(text),
  invoice_number: nullable(text),
  description: text,
  file_name: text,
  attachment_id: uuid,
  display_attachment_id: uuid,
  total_amount: nullable(money),
  payable_amount: nullable(money),
  issue_date: nullable(text),
  due_date: nullable(text),
  scheduled_date: nullable(text),
  payment_date: nullable(text),
  is_credit_note: flag,
  has_duplicates: flag,
  has_discrepancies: flag,
  transfer_ids: listOf(uuid),
  matched_transactions: listOf(answered({ id: uuid })),
  request_transfer: nullable(answered({ id: uuid, initiator_id: uuid })),
  available_actions: listOf(text),
  approval_workflow: answered({ approver_ids: listOf(uuid), 'required_approvals?': whole }),
  created_at: time,
  updated_at: time,
});

const period = oneOf('today', 'yesterday', 'this_week', 'past_week', 'this_month', 'past_month');
const SUPPLIER_SORTS = [
  ...['created_at', 'file_name', 'supplier_name', 'payment_date', 'due_date'],
  ...['scheduled_date', 'total_amount'],
].flatMap((name) => [`${name}:asc`, `${name}:desc`]);
const CLIENT_SORTS = ['created_at:asc', 'created_at:desc', 'due_date:asc', 'due_date:desc'];

const reading = 'client_invoices.read';
const paying = 'supplier_invoice.read';
const facts = '4.14';

/** Facts 4.14. */
export const invoiceOperations: readonly Operation[] = [
  {
    ...{ method: 'get', path: '/v2/client_invoices', facts, scope: reading },
    summary: 'The invoices to clients',
    query: [
      ...paging,
      ...filters({
        'filter[status]': clientStatus,
        'filter[due_date]': text,
        'filter[due_date_from]': text,
        'filter[due_date_to]': text,
        sort_by: oneOf(...CLIENT_SORTS),
      }),
    ],
    answers: { 200: page('client_invoices', clientInvoice) },
  },
  {
    ...{ method: 'get', path: '/v2/client_invoices/{id}', facts, scope: reading },
    summary: 'One invoice to a client',
    answers: { 200: answered({ client_invoice: clientInvoice }) },
  },
  {
    ...{ method: 'get', path: '/v2/supplier_invoices', facts, scope: paying },
    summary: 'What is to be paid; not on the plan Solo Basic',
    query: [
      ...paging,
      ...filters({
        'filter[status][]': supplierStatus,
        'filter[due_date]': oneOf('past_and_today', 'future', 'missing_date'),
        'filter[created_at_from]': time,
        'filter[created_at_to]': time,
        'filter[updated_at_from]': time,
        'filter[updated_at_to]': time,
        'filter[payment_date]': period,
        'filter[issue_date]': period,
        'filter[issue_date_from]': text,
        'filter[missing_data]': flag,
        'filter[matched_transactions]': flag,
        'filter[document_type]': oneOf('duplicates', 'non_financial_documents'),
        'filter[exclude_credit_notes]': flag,
        'filter[payable_amount]': { type: 'string', pattern: '^[lg]te:\\d+(\\.\\d{1,2})?:EUR$' },
        'filter[attachment_id][]': uuid,
        'filter[approver_id][]': uuid,
        query: text,
        query_fields: text,
        sort_by: oneOf(...SUPPLIER_SORTS),
      }),
    ],
    answers: { 200: page('supplier_invoices', supplierInvoice) },
  },
  {
    ...{ method: 'get', path: '/v2/supplier_invoices/{id}', facts, scope: paying },
    summary: 'One invoice of a supplier',
    answers: { 200: answered({ supplier_invoice: supplierInvoice }) },
  },
];
