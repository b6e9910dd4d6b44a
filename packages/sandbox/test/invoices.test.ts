import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SUPPLIER_INVOICE_STATUSES } from '../src/invoices/invoice.js';
import { Driver, type Json } from './driver.js';

let bank: Driver;
let alice: string;

beforeAll(async () => {
  bank = await Driver.start();
  alice = await bank.token('alice', 'client_invoices.read supplier_invoice.read');
});
afterAll(() => bank.close());

async function suppliers(query = ''): Promise<Json[]> {
  const { json } = await bank.get(`/v2/supplier_invoices?${query}`, alice);
  return json.supplier_invoices;
}

async function clients(query = ''): Promise<Json[]> {
  return (await bank.get(`/v2/client_invoices?${query}`, alice)).json.client_invoices;
}

describe('supplier invoices', () => {
  it('are there in every status (facts 4.14)', async () => {
    const all = await suppliers();
    expect(all.length).toBeGreaterThanOrEqual(45);
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set(SUPPLIER_INVOICE_STATUSES));
    const wanted = await suppliers('filter[status][]=paid&filter[status][]=scheduled');
    expect(wanted).toHaveLength(12);
    expect(new Set(wanted.map(({ status }) => status))).toEqual(new Set(['paid', 'scheduled']));
  });

  it('tell their times with an offset (facts 4.14, 5.5)', async () => {
    const [newest] = await suppliers();
    expect(newest.created_at).toMatch(/\+02:00$/);
  });

  it('can be filtered by when they are due (facts 4.14)', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const kinds = await Promise.all(
      ['past_and_today', 'future', 'missing_date'].map((kind) =>
        suppliers(`filter[due_date]=${kind}`),
      ),
    );
    expect(kinds.map((found) => found.length)).not.toContain(0);
    expect(kinds.flat()).toHaveLength((await suppliers()).length);
    expect(kinds[1]?.every(({ due_date }) => due_date > today)).toBe(true);
    expect(kinds[2]?.every(({ due_date }) => due_date === null)).toBe(true);
  });

  it('can be filtered by when they came, were issued and paid (facts 4.14)', async () => {
    const cut = new Date(Date.now() - 20 * 86_400_000).toISOString();
    const all = (await suppliers()).length;
    const later = await suppliers(`filter[created_at_from]=${cut}`);
    const earlier = await suppliers(`filter[created_at_to]=${cut}`);
    expect(later.length).toBeGreaterThan(0);
    expect(later.length + earlier.length).toBe(all);
    const today = new Date().toISOString().slice(0, 10);
    for (const invoice of await suppliers('filter[payment_date]=today')) {
      expect(invoice.payment_date).toBe(today);
    }
    const issued = await suppliers(`filter[issue_date_from]=${cut.slice(0, 10)}`);
    expect(issued.every(({ issue_date }) => issue_date >= cut.slice(0, 10))).toBe(true);
  });

  it('can be filtered by what they lack and what they are (facts 4.14)', async () => {
    const missing = await suppliers('filter[missing_data]=true');
    expect(missing.length).toBeGreaterThan(0);
    for (const one of missing) {
      expect([one.supplier_name, one.iban, one.invoice_number, one.total_amount]).toContain(null);
    }
    const duplicates = await suppliers('filter[document_type]=duplicates');
    expect(new Set(duplicates.map((one) => one.has_duplicates))).toEqual(new Set([true]));
    const charged = await suppliers('filter[exclude_credit_notes]=true');
    expect(new Set(charged.map((one) => one.is_credit_note))).toEqual(new Set([false]));
    const matched = await suppliers('filter[matched_transactions]=true');
    expect(matched.every((one) => one.matched_transactions.length === 1)).toBe(true);
    const small = await suppliers('filter[payable_amount]=lte:100.00:EUR');
    expect(small.every((one) => Number(one.payable_amount.value) <= 100)).toBe(true);
  });

  it('can be searched, sorted and paged (facts 4.14, 5.3)', async () => {
    const found = await suppliers('query=girard&query_fields=supplier_name');
    expect(found.map((one) => one.supplier_name)).toEqual([
      'Transports Girard',
      'Transports Girard',
    ]);
    const upwards = await suppliers('sort_by=total_amount:asc&filter[missing_data]=false');
    const amounts = upwards.map((one) => Number(one.total_amount.value));
    expect(amounts).toEqual([...amounts].sort((one, other) => one - other));
    expect(await suppliers('per_page=10&page=6')).toHaveLength(4);
  });

  it.each([
    'filter[status][]=unheard',
    'filter[due_date]=tomorrow',
    'filter[payable_amount]=100',
    'filter[missing_data]=maybe',
    'sort_by=iban:asc',
  ])('refuse %s with 422 and name the parameter (facts 4.14, 5.1)', async (query) => {
    const { status, json } = await bank.get(`/v2/supplier_invoices?${query}`, alice);
    expect(status).toBe(422);
    expect(json.errors[0].source.parameter).toBe(query.split('=')[0]);
  });

  it('are shown one by one, and not on the plan Solo Basic (facts 2.4, 4.14)', async () => {
    const [newest] = await suppliers();
    const path = `/v2/supplier_invoices/${newest.id}`;
    expect((await bank.get(path, alice)).json.supplier_invoice).toEqual(newest);
    const nora = await bank.token('nora', 'supplier_invoice.read');
    expect((await bank.get('/v2/supplier_invoices', nora)).status).toBe(403);
    expect((await bank.get(path, nora)).status).toBe(403);
  });
});

describe('client invoices', () => {
  it('are listed by status and due date (facts 4.14)', async () => {
    expect(new Set((await clients()).map(({ status }) => status))).toEqual(
      new Set(['draft', 'unpaid', 'paid', 'canceled']),
    );
    const unpaid = await clients('filter[status]=unpaid&sort_by=due_date:asc');
    const days = unpaid.map(({ due_date }) => due_date);
    expect(days.length).toBeGreaterThan(1);
    expect(days).toEqual([...days].sort());
  });

  it('have no items while they are drafts (facts 4.14)', async () => {
    for (const one of await clients()) expect(one.items === null).toBe(one.status === 'draft');
  });

  it('are shown one by one, with the plural scope for reading (facts 2.3, 4.14)', async () => {
    const [newest] = await clients();
    const path = `/v2/client_invoices/${newest.id}`;
    expect((await bank.get(path, alice)).json.client_invoice).toEqual(newest);
    const other = await bank.token('alice', 'organization.read');
    expect((await bank.get(path, other)).status).toBe(403);
    const nora = await bank.token('nora', 'client_invoices.read');
    expect((await bank.get(path, nora)).status).toBe(404);
  });
});
