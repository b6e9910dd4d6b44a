import { SUPPLIER_INVOICE_STATUSES, type SupplierInvoice } from '../invoices/invoice.js';
import { supplierInvoiceOnWire } from '../invoices/on-wire.js';
import { daysOf, PERIODS } from '../invoices/period.js';
import { centsOf } from '../money.js';
import { dayOf } from '../settlement.js';
import { choiceOf, choicesOf, flagOf, sorted } from './choices.js';
import type { ApiCall, Handler } from './endpoint.js';
import { listFilter, pageOf, timeFilter } from './pagination.js';
import { notFound, refusal } from './refusal.js';

const SORTS = {
  created_at: ({ createdAt }: SupplierInvoice) => createdAt,
  file_name: ({ fileName }: SupplierInvoice) => fileName,
  supplier_name: ({ supplierName }: SupplierInvoice) => supplierName,
  payment_date: ({ paidOn }: SupplierInvoice) => paidOn,
  due_date: ({ dueOn }: SupplierInvoice) => dueOn,
  scheduled_date: ({ scheduledOn }: SupplierInvoice) => scheduledOn,
  total_amount: ({ totalCents }: SupplierInvoice) => totalCents,
};
const SEARCHED = {
  supplier_name: ({ supplierName }: SupplierInvoice) => supplierName,
  invoice_number: ({ number }: SupplierInvoice) => number,
  file_name: ({ fileName }: SupplierInvoice) => fileName,
  description: ({ description }: SupplierInvoice) => description,
};

type Test = (invoice: SupplierInvoice) => boolean;

/** Facts 4.14; not on the plan Solo Basic (facts 2.4). */
export const listSupplierInvoices: Handler = (call) => {
  requirePlan(call);
  const { bank, caller, query } = call;
  const tests = testsOf(query, bank.clock.now());
  const found = [...bank.store.current.supplierInvoices.values()].filter(
    (invoice) =>
      invoice.organizationId === caller.organizationId && tests.every((test) => test(invoice)),
  );
  const inOrder = sorted(found, query, SORTS, 'created_at:desc');
  const { items, meta } = pageOf(inOrder, query, { perPage: 100 });
  return { status: 200, body: { supplier_invoices: items.map(supplierInvoiceOnWire), meta } };
};

export const showSupplierInvoice: Handler = (call) => {
  requirePlan(call);
  const invoice = call.bank.store.current.supplierInvoices.get(call.params.id ?? '');
  if (invoice?.organizationId !== call.caller.organizationId) throw notFound('Supplier invoice');
  return { status: 200, body: { supplier_invoice: supplierInvoiceOnWire(invoice) } };
};

function requirePlan({ bank, caller }: ApiCall): void {
  if (bank.organizationOf(caller).plan !== 'solo_basic') return;
  throw refusal(403, 'forbidden', 'Your plan does not include supplier invoices');
}

function testsOf(query: URLSearchParams, now: number): Test[] {
  return [
    ...listTests(query),
    ...dateTests(query, now),
    ...markTests(query),
    ...amountTest(query),
    ...searchTest(query),
  ];
}

function listTests(query: URLSearchParams): Test[] {
  const statuses = choicesOf(query, 'filter[status][]', SUPPLIER_INVOICE_STATUSES);
  const attachments = listFilter(query, 'filter[attachment_id]');
  const approvers = listFilter(query, 'filter[approver_id]');
  return [
    ({ status }) => statuses?.has(status) ?? true,
    ({ attachmentId }) => attachments?.has(attachmentId) ?? true,
    ({ approverId }) => approvers?.has(approverId ?? '') ?? true,
  ];
}

function dateTests(query: URLSearchParams, now: number): Test[] {
  const due = choiceOf(query, 'filter[due_date]', ['past_and_today', 'future', 'missing_date']);
  const paid = choiceOf(query, 'filter[payment_date]', PERIODS);
  const issued = choiceOf(query, 'filter[issue_date]', PERIODS);
  const issuedFrom = query.get('filter[issue_date_from]');
  const range = (name: 'created_at' | 'updated_at', timeOf: (of: SupplierInvoice) => number) => {
    const from = timeFilter(query, `filter[${name}_from]`) ?? Number.NEGATIVE_INFINITY;
    const to = timeFilter(query, `filter[${name}_to]`) ?? Number.POSITIVE_INFINITY;
    return (invoice: SupplierInvoice) => timeOf(invoice) >= from && timeOf(invoice) <= to;
  };
  const isIn = (day: string | null, period: (typeof PERIODS)[number] | undefined) => {
    if (period === undefined) return true;
    const { first, last } = daysOf(period, now);
    return day !== null && day >= first && day <= last;
  };
  return [
    ({ dueOn }) => due === undefined || dueKindOf(dueOn, dayOf(now)) === due,
    ({ paidOn }) => isIn(paidOn, paid),
    ({ issuedOn }) => isIn(issuedOn, issued),
    ({ issuedOn }) => issuedFrom === null || (issuedOn !== null && issuedOn >= issuedFrom),
    range('created_at', ({ createdAt }) => createdAt),
    range('updated_at', ({ updatedAt }) => updatedAt),
  ];
}

function dueKindOf(day: string | null, today: string) {
  if (day === null) return 'missing_date';
  return day <= today ? 'past_and_today' : 'future';
}

function markTests(query: URLSearchParams): Test[] {
  const isMissing = flagOf(query, 'filter[missing_data]');
  const isMatched = flagOf(query, 'filter[matched_transactions]');
  const withoutCredit = flagOf(query, 'filter[exclude_credit_notes]') ?? false;
  const kind = choiceOf(query, 'filter[document_type]', ['duplicates', 'non_financial_documents']);
  return [
    ({ supplierName, iban, number, totalCents }) =>
      isMissing === undefined ||
      [supplierName, iban, number, totalCents].includes(null) === isMissing,
    ({ transactionIds }) => isMatched === undefined || transactionIds.length > 0 === isMatched,
    ({ isCreditNote }) => !(withoutCredit && isCreditNote),
    ({ hasDuplicates }) => kind !== 'duplicates' || hasDuplicates,
    ({ isNonFinancial }) => kind !== 'non_financial_documents' || isNonFinancial,
  ];
}

/** `filter[payable_amount]=lte:100.00:EUR`. */
function amountTest(query: URLSearchParams): Test[] {
  const text = query.get('filter[payable_amount]');
  if (text === null) return [];
  const match = /^(lte|gte):([^:]+):EUR$/.exec(text);
  const cents = centsOf(match?.[2] ?? '');
  if (!match || cents === undefined) {
    throw refusal(422, 'invalid', 'filter[payable_amount] must be like lte:100.00:EUR', {
      parameter: 'filter[payable_amount]',
    });
  }
  const isMost = match[1] === 'lte';
  return [
    ({ payableCents: payable }) =>
      payable !== null && (isMost ? payable <= cents : payable >= cents),
  ];
}

function searchTest(query: URLSearchParams): Test[] {
  const wanted = (query.get('query') ?? '').toLowerCase();
  if (wanted === '') return [];
  const names = (query.get('query_fields') ?? Object.keys(SEARCHED).join(',')).split(',');
  const fields = Object.entries(SEARCHED).filter(([name]) => names.includes(name));
  return [
    (invoice) => fields.some(([, textOf]) => textOf(invoice)?.toLowerCase().includes(wanted)),
  ];
}
