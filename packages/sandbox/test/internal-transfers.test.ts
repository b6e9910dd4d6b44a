import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Driver, type Json, MAIN_ACCOUNT } from './driver.js';
import { call, ORDER_SCOPES, send } from './orders.js';

const MAIN = 'FR7616958000011111111110107';
const PROJECTS = 'FR7616958000011111111120292';
const CLOSED = 'FR7616958000011111111130380';
const SOLO = 'FR7616958000012222222220462';

let bank: Driver;
let alice: string;

beforeAll(async () => {
  bank = await Driver.start();
});
beforeEach(async () => {
  await bank.control('POST', '/reset');
  alice = await bank.token('alice', ORDER_SCOPES);
});
afterAll(() => bank.close());

function order(fields: Json = {}) {
  return call('POST', '/v2/internal_transfers', {
    internal_transfer: {
      ...{ debit_iban: MAIN, credit_iban: PROJECTS, reference: 'For the project' },
      ...{ amount: '100.50', currency: 'EUR', ...fields },
    },
  });
}

async function balances(): Promise<Record<string, [number, number]>> {
  const { json } = await bank.get('/v2/organization', alice);
  return Object.fromEntries(
    json.organization.bank_accounts.map((account: Json) => [
      account.iban,
      [account.balance_cents, account.authorized_balance_cents],
    ]),
  );
}

describe('an internal transfer', () => {
  it('needs no approval and answers numbers with amount_currency (facts 3.1, 4.7)', async () => {
    const { status, json } = await send(bank, alice, order());
    expect(status).toBe(200);
    expect(json.internal_transfer).toMatchObject({
      ...{ status: 'processing', amount: 100.5, amount_cents: 10_050, amount_currency: 'EUR' },
      ...{ reference: 'For the project', slug: expect.any(String) },
    });
    expect(json.internal_transfer).not.toHaveProperty('currency');
  });

  it('answers strings with currency where the switch says so (facts 4.7)', async () => {
    await bank.control('PUT', '/switches', { internal_transfer_answer: 'strings' });
    const { json } = await send(bank, alice, order());
    expect(json.internal_transfer).toMatchObject({ amount: '100.50', currency: 'EUR' });
    expect(json.internal_transfer).not.toHaveProperty('amount_currency');
  });

  it('takes the other name of the currency too (facts 4.7)', async () => {
    const other = order({ currency: undefined, amount_currency: 'EUR' });
    expect((await send(bank, alice, other)).status).toBe(200);
  });

  it('promises the money at once and moves it a second later (facts 4.7)', async () => {
    await send(bank, alice, order());
    expect(await balances()).toMatchObject({
      [MAIN]: [125_000_000, 124_989_950],
      [PROJECTS]: [0, 0],
    });
    await bank.advance(1);
    expect(await balances()).toMatchObject({
      [MAIN]: [124_989_950, 124_989_950],
      [PROJECTS]: [10_050, 10_050],
    });
    expect((await bank.ledger()).internal_transfers).toMatchObject([{ status: 'settled' }]);
  });

  it('stands in the transactions of both accounts (facts 4.7, 4.11)', async () => {
    await send(bank, alice, order());
    await bank.advance(1);
    const newest = async (iban: string) =>
      (await bank.get(`/v2/transactions?iban=${iban}`, alice)).json.transactions[0];
    expect(await newest(MAIN)).toMatchObject({
      ...{ side: 'debit', amount_cents: 10_050, reference: 'For the project' },
    });
    expect(await newest(PROJECTS)).toMatchObject({ side: 'credit', amount_cents: 10_050 });
  });

  it.each([
    ['masked', { debit_iban: 'FRXXXXXXXXXXXXXXXXXXXXXXXXX' }, 'debit_iban'],
    ['closed', { credit_iban: CLOSED }, 'credit_iban'],
    ["somebody else's", { credit_iban: SOLO }, 'credit_iban'],
  ])('does not find an IBAN that is %s (facts 4.1, 4.7)', async (_what, fields, field) => {
    expect(await send(bank, alice, order(fields))).toMatchObject({
      status: 404,
      json: { errors: [{ code: 'not_found', detail: `${field} is not found or not active` }] },
    });
  });

  it('says so with another status where the switch says so (facts 4.7)', async () => {
    await bank.control('PUT', '/switches', { internal_not_found_status: 422 });
    expect((await send(bank, alice, order({ credit_iban: SOLO }))).status).toBe(422);
  });

  it.each([
    [{ amount: 1 }, 'amount'],
    [{ credit_iban: MAIN }, 'credit_iban'],
    [{ currency: 'USD' }, 'currency'],
    [{ currency: undefined }, 'currency'],
    [{ reference: undefined }, 'reference'],
  ])('refuses %j (facts 4.7)', async (fields, field) => {
    const answer = await send(bank, alice, order(fields));
    expect(answer.status).toBe(422);
    expect(answer.json.errors[0].source.pointer).toBe(`/internal_transfer/${field}`);
  });

  it('is refused for want of money (facts 4.7)', async () => {
    const wish = order({ debit_iban: PROJECTS, credit_iban: MAIN });
    expect(await send(bank, alice, wish)).toMatchObject({
      ...{ status: 400, json: { errors: [{ code: 'insufficient_funds' }] } },
    });
  });

  it('needs its scope and its key, and answers a key once (facts 2.3, 5.2)', async () => {
    expect((await send(bank, await bank.token(), order())).status).toBe(403);
    expect((await send(bank, alice, { ...order(), key: '' })).status).toBe(400);
    const wish = order();
    const first = await send(bank, alice, wish);
    expect((await send(bank, alice, wish)).text).toBe(first.text);
    expect((await bank.ledger()).internal_transfers).toHaveLength(1);
  });
});

describe('bank accounts', () => {
  it('have masked IBANs and no meta (facts 4.1)', async () => {
    const { status, json } = await bank.get('/v2/bank_accounts', alice);
    expect(status).toBe(200);
    expect(json).not.toHaveProperty('meta');
    expect(json.bank_accounts).toHaveLength(3);
    expect(json.bank_accounts[0]).toMatchObject({
      ...{ id: MAIN_ACCOUNT, main: true, balance_cents: 125_000_000 },
      iban: 'FRXXXXXXXXXXXXXXXXXXXXXXXXX',
    });
  });

  it('have real IBANs where the switch says so (facts 4.1)', async () => {
    await bank.control('PUT', '/switches', { bank_accounts_iban: 'real' });
    const { json } = await bank.get(`/v2/bank_accounts/${MAIN_ACCOUNT}`, alice);
    expect(json.bank_account.iban).toBe(MAIN);
  });

  it('show five fields to who may not see more (facts 2.4)', async () => {
    const mia = await bank.token('mia');
    const { json } = await bank.get('/v2/bank_accounts', mia);
    for (const account of json.bank_accounts) {
      expect(Object.keys(account).sort()).toEqual([
        ...['id', 'main', 'name', 'organization_id', 'status'],
      ]);
    }
  });

  it('are found by id, and neither by slug nor from outside (facts 4.1)', async () => {
    const path = '/v2/bank_accounts';
    expect((await bank.get(`${path}/${MAIN_ACCOUNT}`, alice)).status).toBe(200);
    expect((await bank.get(`${path}/acme-sas-1234-bank-account-1`, alice)).status).toBe(404);
    const nora = await bank.token('nora');
    expect((await bank.get(`${path}/${MAIN_ACCOUNT}`, nora)).status).toBe(404);
  });
});
