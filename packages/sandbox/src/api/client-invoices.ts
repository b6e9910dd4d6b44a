import type { ClientInvoice } from '../invoices/invoice.js';
import { clientInvoiceOnWire } from '../invoices/on-wire.js';
import { choiceOf, sorted } from './choices.js';
import type { Handler } from './endpoint.js';
import { pageOf } from './pagination.js';
import { notFound } from './refusal.js';

const STATUSES = ['draft', 'unpaid', 'paid', 'canceled'] as const;
const SORTS = {
  created_at: ({ createdAt }: ClientInvoice) => createdAt,
  due_date: ({ dueOn }: ClientInvoice) => dueOn,
};

/** Facts 4.14. */
export const listClientInvoices: Handler = ({ bank, caller, query }) => {
  const status = choiceOf(query, 'filter[status]', STATUSES);
  const dueOn = query.get('filter[due_date]');
  const from = query.get('filter[due_date_from]') ?? '';
  const to = query.get('filter[due_date_to]') ?? '9999-12-31';
  const found = [...bank.store.current.clientInvoices.values()].filter(
    (invoice) =>
      invoice.organizationId === caller.organizationId &&
      (status === undefined || invoice.status === status) &&
      (dueOn === null || invoice.dueOn === dueOn) &&
      invoice.dueOn >= from &&
      invoice.dueOn <= to,
  );
  const inOrder = sorted(found, query, SORTS, 'created_at:desc');
  const { items, meta } = pageOf(inOrder, query, { perPage: 100 });
  return { status: 200, body: { client_invoices: items.map(clientInvoiceOnWire), meta } };
};

export const showClientInvoice: Handler = ({ bank, caller, params }) => {
  const invoice = bank.store.current.clientInvoices.get(params.id ?? '');
  if (invoice?.organizationId !== caller.organizationId) throw notFound('Client invoice');
  return { status: 200, body: { client_invoice: clientInvoiceOnWire(invoice) } };
};
