import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Driver, MATCH, TRUSTED_BENEFICIARY } from './driver.js';

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

async function statusAfter(seconds: number, fields: object): Promise<string> {
  const { id } = (await bank.pay(alice, fields)).json.transfer;
  await bank.advance(seconds);
  return (await bank.get(`/v2/sepa/transfers/${id}`, alice)).json.transfer.status;
}

it('settles in seconds up to 5,000 EUR and later above (facts 4.4)', async () => {
  expect(await statusAfter(3, { amount: '5000.00' })).toBe('settled');
  expect(await statusAfter(9, { amount: '5000.01' })).toBe('processing');
  await bank.advance(1);
  expect((await bank.ledger()).transfers.at(-1).status).toBe('settled');
});

it('settles in seconds up to 10,000 EUR to a trusted payee (facts 4.4)', async () => {
  const beneficiary_id = TRUSTED_BENEFICIARY;
  expect(await statusAfter(3, { amount: '10000.00', beneficiary_id })).toBe('settled');
  expect(await statusAfter(3, { amount: '10000.01', beneficiary_id })).toBe('processing');
});

it('counts 20,000 EUR in 24 hours to one payee, and forgets them later (facts 4.4)', async () => {
  for (let count = 0; count < 4; count++) {
    expect(await statusAfter(3, { amount: '5000.00' })).toBe('settled');
  }
  expect(await statusAfter(3, { amount: '0.01' })).toBe('processing');
  const other = { name: 'Anybody', iban: 'FR7630066022101041671161336' };
  expect(await statusAfter(3, { amount: '0.01', beneficiary: other })).toBe('settled');
  await bank.advance(86_400);
  alice = await bank.token();
  expect(await statusAfter(3, { amount: '0.01', beneficiary: MATCH })).toBe('settled');
});

it('takes a day for a standard transfer where the switch says so (facts 4.4)', async () => {
  await bank.control('PUT', '/switches', { standard_settlement_seconds: 86_400 });
  expect(await statusAfter(3000, { amount: '5000.01' })).toBe('processing');
});
