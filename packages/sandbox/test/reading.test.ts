import { afterAll, beforeAll, expect, it } from 'vitest';
import { Driver, type Json, TRUSTED, TRUSTED_BENEFICIARY } from './driver.js';

let bank: Driver;
let alice: string;

beforeAll(async () => {
  bank = await Driver.start();
  alice = await bank.token();
});
afterAll(() => bank.close());

async function beneficiaries(query: string): Promise<Json> {
  return (await bank.get(`/v2/sepa/beneficiaries?${query}`, alice)).json;
}

it('shows the organisation with real IBANs and balances (facts 4.1)', async () => {
  const { json } = await bank.get('/v2/organization', alice);
  expect(json.organization).toMatchObject({ name: 'ACME SAS', slug: 'acme-sas-1234' });
  expect(json.organization.bank_accounts).toMatchObject([
    { main: true, status: 'active', balance: 1250000, balance_cents: 125000000, currency: 'EUR' },
    { main: false, status: 'active', balance_cents: 0 },
    { main: false, status: 'closed' },
  ]);
});

it('shows the member who consented and their colleagues (facts 4.12)', async () => {
  const { json } = await bank.get('/v2/membership', await bank.token('emma'));
  expect(json.membership).toMatchObject({
    first_name: 'Emma',
    last_name: 'Schmidt',
    role: 'employee',
  });
  const all = (await bank.get('/v2/memberships', alice)).json;
  expect(all.memberships).toHaveLength(6);
  expect(all.meta.total_count).toBe(6);
});

it('lists 30 beneficiaries, 25 to a page (facts 4.2, 5.3)', async () => {
  const { beneficiaries: page, meta } = await beneficiaries('');
  expect(page).toHaveLength(25);
  expect(meta).toMatchObject({ total_count: 30, total_pages: 2, per_page: 25, next_page: 2 });
  expect((await beneficiaries('page=2')).beneficiaries).toHaveLength(5);
});

it('filters beneficiaries by IBAN, status and trust (facts 4.2)', async () => {
  expect((await beneficiaries(`iban[]=${TRUSTED.iban}`)).beneficiaries).toMatchObject([
    { id: TRUSTED_BENEFICIARY, name: TRUSTED.name, trusted: true, status: 'validated' },
  ]);
  expect((await beneficiaries('trusted=true')).meta.total_count).toBe(5);
  expect((await beneficiaries('status[]=pending&status[]=declined')).meta.total_count).toBe(2);
});

it('shows one beneficiary, and none of another organisation (facts 4.2)', async () => {
  const path = `/v2/sepa/beneficiaries/${TRUSTED_BENEFICIARY}`;
  expect((await bank.get(path, alice)).json.beneficiary).toMatchObject({
    ...TRUSTED,
    currency: 'EUR',
  });
  expect((await bank.get(path, await bank.token('nora'))).status).toBe(404);
});

it('nests the account where the switch says so (facts 4.2)', async () => {
  await bank.control('PUT', '/switches', { beneficiary_account: 'nested' });
  const { json } = await bank.get(`/v2/sepa/beneficiaries/${TRUSTED_BENEFICIARY}`, alice);
  expect(json.beneficiary).toMatchObject({ bank_account: { iban: TRUSTED.iban, bic: null } });
  expect(json.beneficiary).not.toHaveProperty('iban');
  await bank.control('PUT', '/switches', { beneficiary_account: 'flat' });
});
