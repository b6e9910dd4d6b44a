import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listTransactions } from '../src/api/transactions.js';
import { Bank } from '../src/bank.js';
import { Driver, EMPTY_ACCOUNT, type Json, MAIN_ACCOUNT, TRUSTED_BENEFICIARY } from './driver.js';

let bank: Driver;
let alice: string;

beforeAll(async () => {
  bank = await Driver.start();
});
beforeEach(async () => {
  await bank.control('POST', '/reset');
  alice = await bank.token();
});
afterAll(() => bank.close());

async function list(query: string): Promise<Json> {
  return (await bank.get(`/v2/transactions?${query}`, alice)).json;
}

const MAIN = `bank_account_id=${MAIN_ACCOUNT}`;

describe('the list of transactions', () => {
  it('needs an account or an IBAN (facts 4.11)', async () => {
    const answer = await bank.get('/v2/transactions', alice);
    expect(answer.status).toBe(422);
    expect(answer.json.errors[0]).toMatchObject({ code: 'missing' });
    expect((await bank.get('/v2/transactions?iban=FR00', alice)).status).toBe(404);
  });

  it('takes the account where both are given (facts 4.11)', async () => {
    const byIban = await list('iban=FR7616958000011111111110107');
    expect(byIban.meta.total_count).toBe(60);
    const both = await list(`bank_account_id=${EMPTY_ACCOUNT}&iban=FR7616958000011111111110107`);
    expect(both.transactions).toEqual([]);
  });

  it('has the completed ones only, unless asked for others (facts 4.11)', async () => {
    const { transactions } = await list(MAIN);
    expect(new Set(transactions.map((one: Json) => one.status))).toEqual(new Set(['completed']));
    const others = await list(`${MAIN}&status[]=pending&status[]=declined`);
    expect(others.transactions.map((one: Json) => one.status).sort()).toEqual([
      'declined',
      'pending',
    ]);
  });

  it('filters by side, kind, time and attachments (facts 4.11)', async () => {
    const credits = await list(`${MAIN}&side=credit`);
    expect(new Set(credits.transactions.map((one: Json) => one.operation_type))).toEqual(
      new Set(['income', 'swift_income']),
    );
    const fees = await list(`${MAIN}&operation_type[]=qonto_fee`);
    expect(fees.meta.total_count).toBe(4);
    const from = new Date(Date.now() - 31 * 86_400_000).toISOString();
    expect((await list(`${MAIN}&emitted_at_from=${from}`)).meta.total_count).toBe(15);
    expect((await list(`${MAIN}&settled_at_to=${from}`)).meta.total_count).toBe(45);
    expect((await list(`${MAIN}&with_attachments=true`)).meta.total_count).toBe(12);
  });

  it('sorts by the time asked for, the last settled first (facts 4.11)', async () => {
    const times = (await list(MAIN)).transactions.map((one: Json) => one.settled_at);
    expect(times).toEqual([...times].sort().reverse());
    const upwards = await list(`${MAIN}&sort_by=emitted_at:asc`);
    const emitted = upwards.transactions.map((one: Json) => one.emitted_at);
    expect(emitted).toEqual([...emitted].sort());
    expect((await bank.get(`/v2/transactions?${MAIN}&sort_by=label:asc`, alice)).status).toBe(422);
  });

  it('adds what is asked for by includes (facts 4.11)', async () => {
    const [plain] = (await list(`${MAIN}&per_page=1`)).transactions;
    expect(plain).not.toHaveProperty('labels');
    const [full] = (await list(`${MAIN}&per_page=1&includes[]=labels&includes[]=vat_details`))
      .transactions;
    expect(full).toMatchObject({ labels: [], vat_details: { items: [] } });
  });

  it('answers 422 to a page past the end (facts 4.11, 5.3)', async () => {
    expect((await list(`${MAIN}&per_page=50&page=2`)).transactions).toHaveLength(10);
    const past = await bank.get(`/v2/transactions?${MAIN}&per_page=50&page=3`, alice);
    expect(past.status).toBe(422);
    expect((await list(`bank_account_id=${EMPTY_ACCOUNT}`)).transactions).toEqual([]);
  });

  it('answers 422 search_limit_reached above 10,000 hits (facts 4.11)', () => {
    const parts = new Bank({ rateLimits: false, machineNow: Date.now });
    const state = parts.store.current;
    const [seed] = state.transactions.values();
    const [caller] = state.memberships;
    if (!seed || !caller) throw new Error('the bank has past transactions and members');
    const add = (number: number) =>
      state.transactions.set(`more-${number}`, { ...seed, id: `more-${number}` });
    for (let number = 60; number < 10_000; number++) add(number);
    const call = { bank: parts, caller, query: new URLSearchParams(MAIN) } as never;
    expect(listTransactions(call).status).toBe(200);
    add(10_000);
    expect(() => listTransactions(call)).toThrow(
      expect.objectContaining({
        status: 422,
        body: { errors: [expect.objectContaining({ code: 'search_limit_reached' })] },
      }),
    );
    parts.close();
  });

  it('is not for a token without organization.read (facts 2.3)', async () => {
    const token = await bank.token('alice', 'payment.write');
    const { status, json } = await bank.get(`/v2/transactions?${MAIN}`, token);
    expect(status).toBe(403);
    expect(json.errors[0].detail).toContain('missing required oauth scope');
  });
});

describe('a transfer in the transactions', () => {
  it('is there from processing on, with the id that the transfer names (facts 4.4, 4.11)', async () => {
    const { json } = await bank.pay(alice, { beneficiary_id: TRUSTED_BENEFICIARY });
    expect((await list(MAIN)).meta.total_count).toBe(60);
    await bank.advance(1);
    const path = `/v2/sepa/transfers/${json.transfer.id}`;
    const { transfer } = (await bank.get(path, alice)).json;
    const [newest] = (await list(MAIN)).transactions;
    expect(newest).toMatchObject({
      ...{ id: transfer.transaction_id, side: 'debit', operation_type: 'transfer' },
      ...{ amount: 12.5, amount_cents: 1250, label: 'Papeterie du Centre', reference: 'INV-1' },
      transfer: { counterparty_account_number: 'FR7630004008281023456700050' },
    });
    const shown = await bank.get(`/v2/transactions/${newest.id}`, alice);
    expect(shown.json.transaction).toEqual(newest);
  });

  it('arrives on an account of this bank as income (facts 4.11)', async () => {
    const payee = { name: 'ACME SAS', iban: 'FR7616958000011111111120292' };
    await bank.pay(alice, { beneficiary: payee });
    await bank.advance(3);
    const { transactions } = await list(`bank_account_id=${EMPTY_ACCOUNT}`);
    expect(transactions).toMatchObject([
      { side: 'credit', operation_type: 'income', amount_cents: 1250 },
    ]);
  });
});

describe('one transaction', () => {
  it('is found by its UUID and not by its slug (facts 4.11)', async () => {
    const [newest] = (await list(`${MAIN}&per_page=1`)).transactions;
    expect((await bank.get(`/v2/transactions/${newest.id}`, alice)).status).toBe(200);
    expect((await bank.get(`/v2/transactions/${newest.transaction_id}`, alice)).status).toBe(404);
  });

  it('is none of another organisation (facts 4.11)', async () => {
    const [newest] = (await list(`${MAIN}&per_page=1`)).transactions;
    const nora = await bank.token('nora');
    expect((await bank.get(`/v2/transactions/${newest.id}`, nora)).status).toBe(404);
  });
});
