import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Driver, EMPTY_ACCOUNT, type Json, MATCH, TRUSTED, TRUSTED_BENEFICIARY } from './driver.js';
import { call, carryOut, recurring, send, today } from './orders.js';

const DAY = 86_400;

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

async function made(fields: Json = {}): Promise<Json> {
  const { json } = await carryOut(bank, alice, await recurring(bank, alice, fields));
  return json.recurring_transfer;
}

async function shown(id: string): Promise<Json> {
  return (await bank.get(`/v2/sepa/recurring_transfers/${id}`, alice)).json.recurring_transfer;
}

async function daysLater(days: number): Promise<void> {
  await bank.advance(days * DAY);
  alice = await bank.token();
}

async function executions(id: string): Promise<Json[]> {
  const { json } = await bank.get(`/v2/sepa/transfers?recurring_transfer_ids=${id}`, alice);
  return json.transfers;
}

describe('a recurring transfer', () => {
  it('is accepted without status and note (facts 4.6)', async () => {
    const wish = await recurring(bank, alice, { note: 'private', last_execution_date: today(90) });
    const { status, json } = await carryOut(bank, alice, wish);
    expect(status).toBe(200);
    expect(json.recurring_transfer).toMatchObject({
      ...{ amount: 500, amount_cents: 50_000, frequency: 'monthly', reference: 'Rent' },
      ...{ first_execution_date: today(), last_execution_date: today(90) },
      next_execution_date: today(),
    });
    expect(json.recurring_transfer).not.toHaveProperty('status');
    expect(json.recurring_transfer).not.toHaveProperty('note');
  });

  it('has both where the switch says so (facts 4.6)', async () => {
    await bank.control('PUT', '/switches', { recurring_status_and_note: 'shown' });
    expect(await made({ note: 'private' })).toMatchObject({ status: 'pending', note: 'private' });
  });

  it('asks for approval always, of a trusted payee too (facts 3.1, 4.6)', async () => {
    const fields = { payee: TRUSTED, beneficiary_id: TRUSTED_BENEFICIARY };
    const wish = await recurring(bank, alice, fields);
    expect(await send(bank, alice, wish)).toMatchObject({
      ...{ status: 428, json: { action_type: 'transfer.recurring.create' } },
    });
    const [{ summary }] = await bank.control('GET', '/sca-sessions');
    expect(summary.terms).toBe(`Every month from ${today()}`);
  });

  it('of an amount that is a number is not_a_string (facts 4.4, 4.6)', async () => {
    expect(await send(bank, alice, await recurring(bank, alice, { amount: 12.5 }))).toMatchObject({
      status: 422,
      json: { errors: [{ code: 'not_a_string', detail: 'amount must be a string' }] },
    });
  });

  it('without a proof is vop_proof_token_missing with 401 (facts 4.3)', async () => {
    const wish = await recurring(bank, alice);
    const body = JSON.stringify({ ...JSON.parse(wish.body), vop_proof_token: undefined });
    expect(await send(bank, alice, { ...wish, body })).toMatchObject({
      ...{ status: 401, json: { errors: [{ code: 'vop_proof_token_missing' }] } },
    });
  });

  it.each([
    [{ frequency: 'daily' }, '/recurring_transfer/frequency'],
    [{ frequency: undefined }, '/recurring_transfer/frequency'],
    [{ first_execution_date: today(-1) }, '/recurring_transfer/first_execution_date'],
    [{ last_execution_date: today(-1) }, '/recurring_transfer/last_execution_date'],
    [{ amount: '30000.01' }, '/recurring_transfer/attachment_ids'],
    [{ bank_account_id: undefined }, '/recurring_transfer/bank_account_id'],
  ])('refuses %j (facts 4.6)', async (fields, pointer) => {
    const answer = await send(bank, alice, await recurring(bank, alice, fields));
    expect(answer.status).toBe(422);
    expect(answer.json.errors[0].source.pointer).toBe(pointer);
  });
});

describe('its executions', () => {
  it('are transfers of their own, each at its day (facts 4.6, 4.13)', async () => {
    const { id } = await made({ frequency: 'weekly' });
    await bank.pay(alice);
    await bank.advance(5);
    expect(await executions(id)).toMatchObject([
      { status: 'settled', amount_cents: 50_000, recurring_transfer_id: id },
    ]);
    await daysLater(15);
    const all = await executions(id);
    expect(all.map(({ scheduled_date }) => scheduled_date)).toEqual([
      ...[today(14), today(7), today()],
    ]);
    expect((await shown(id)).next_execution_date).toBe(today(21));
  });

  it('begin at the first date and end at the last (facts 4.6)', async () => {
    const dates = { first_execution_date: today(2), last_execution_date: today(10) };
    const { id } = await made({ frequency: 'weekly', ...dates });
    await daysLater(1);
    expect(await executions(id)).toEqual([]);
    await daysLater(30);
    expect(await executions(id)).toHaveLength(2);
    expect((await shown(id)).next_execution_date).toBeNull();
  });

  it('go on for ever without a last date (facts 4.6)', async () => {
    const { id } = await made({ amount: '1.00' });
    await daysLater(2000);
    expect((await executions(id)).length).toBeGreaterThan(60);
  });

  it('are declined one by one when the money is short (facts 4.6)', async () => {
    const { id } = await made({ bank_account_id: EMPTY_ACCOUNT });
    await bank.advance(5);
    expect(await executions(id)).toMatchObject([
      { status: 'declined', declined_reason: 'debit_account_insufficient_funds' },
    ]);
  });

  it('end with its cancellation; what is done stays done (facts 4.6)', async () => {
    const { id } = await made({ frequency: 'weekly' });
    await bank.advance(5);
    const path = `/v2/sepa/recurring_transfers/${id}/cancel`;
    expect(await bank.post(path, alice)).toMatchObject({ status: 204, text: '' });
    expect((await shown(id)).next_execution_date).toBeNull();
    expect((await bank.post(path, alice)).status).toBe(422);
    await daysLater(20);
    expect(await executions(id)).toMatchObject([{ status: 'settled' }]);
  });

  it('may answer the cancellation with 200 and a body (facts 4.6)', async () => {
    await bank.control('PUT', '/switches', { recurring_cancel_status: 200 });
    const { id } = await made();
    const answer = await bank.post(`/v2/sepa/recurring_transfers/${id}/cancel`, alice);
    expect(answer).toMatchObject({ status: 200, json: { recurring_transfer: { id } } });
  });

  it('are canceled after an approval where the switch says so (facts 3.1, 4.6)', async () => {
    await bank.control('PUT', '/switches', { cancel_sca: true });
    const { id } = await made();
    const cancel = call('POST', `/v2/sepa/recurring_transfers/${id}/cancel`);
    expect(await send(bank, alice, cancel)).toMatchObject({
      ...{ status: 428, json: { action_type: 'transfer.recurring.cancel' } },
    });
    expect((await shown(id)).next_execution_date).not.toBeNull();
    expect((await carryOut(bank, alice, cancel)).status).toBe(204);
    expect((await shown(id)).next_execution_date).toBeNull();
  });
});

it('is listed for its own organisation only (facts 4.6)', async () => {
  const { id } = await made({ payee: MATCH });
  const { json } = await bank.get('/v2/sepa/recurring_transfers', alice);
  expect(json).toMatchObject({ recurring_transfers: [{ id }], meta: { total_count: 1 } });
  const nora = await bank.token('nora');
  expect((await bank.get(`/v2/sepa/recurring_transfers/${id}`, nora)).status).toBe(404);
  const cancel = call('POST', `/v2/sepa/recurring_transfers/${id}/cancel`);
  expect((await send(bank, nora, cancel)).status).toBe(404);
});
