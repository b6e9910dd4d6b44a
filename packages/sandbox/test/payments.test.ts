import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DECLINED_REASONS } from '../src/data/magic.js';
import {
  Driver,
  EMPTY_ACCOUNT,
  type Json,
  MAIN_ACCOUNT,
  MATCH,
  TRUSTED_BENEFICIARY,
} from './driver.js';
import { upload } from './orders.js';

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

async function magic(kind: 'payees' | 'amounts', effect: string): Promise<Json> {
  const table = await bank.control('GET', '/magic');
  return table[kind].find((entry: Json) => entry.effect === effect);
}

async function mainAccount(): Promise<Json> {
  const { json } = await bank.get('/v2/organization', alice);
  return json.organization.bank_accounts.find((account: Json) => account.main);
}

async function statusOf(id: string): Promise<Json> {
  return (await bank.get(`/v2/sepa/transfers/${id}`, alice)).json.transfer;
}

describe('a transfer', () => {
  it('is challenged, approved, replayed and settled (facts 3.4, 4.4)', async () => {
    const { status, json } = await bank.pay(alice, { reference: 'INV-7', note: 'QP-1' });
    expect(status).toBe(200);
    expect(json.transfer).toMatchObject({
      ...{ status: 'pending', amount: 12.5, amount_cents: 1250, amount_currency: 'EUR' },
      ...{ bank_account_id: MAIN_ACCOUNT, reference: 'INV-7', note: 'QP-1' },
    });
    await bank.advance(1);
    expect((await statusOf(json.transfer.id)).status).toBe('processing');
    await bank.advance(2);
    expect(await statusOf(json.transfer.id)).toMatchObject({
      status: 'settled',
      declined_reason: null,
    });
    expect(await bank.ledger()).toMatchObject({
      transfers: [
        {
          ...{ amount_cents: 1250, credit_iban: MATCH.iban, credit_name: MATCH.name },
          ...{ status: 'settled', initiator: 'alice', reference: 'INV-7', note: 'QP-1' },
        },
      ],
      calls: { 'POST /v2/sepa/transfers': { '200': 1, '428': 1 } },
    });
  });

  it('holds the money first and debits it when it is processed (facts 4.13)', async () => {
    const before = await mainAccount();
    await bank.pay(alice);
    expect(await mainAccount()).toMatchObject({
      balance_cents: before.balance_cents,
      authorized_balance_cents: before.balance_cents - 1250,
    });
    await bank.advance(1);
    expect(await mainAccount()).toMatchObject({
      balance_cents: before.balance_cents - 1250,
      authorized_balance_cents: before.balance_cents - 1250,
    });
  });

  it('to a trusted beneficiary needs no approval (facts 3.1)', async () => {
    const transfer = await bank.transfer(alice, { beneficiary_id: TRUSTED_BENEFICIARY });
    expect((await bank.create(alice, transfer)).status).toBe(200);
    expect((await bank.ledger()).pushes).toEqual([]);
  });

  it('to a trusted IBAN needs approval when the payee stands in the order (facts 3.1)', async () => {
    const payee = await magic('payees', 'trusted');
    const transfer = await bank.transfer(alice, {
      beneficiary: { name: payee.name, iban: payee.iban },
    });
    expect((await bank.create(alice, transfer)).status).toBe(428);
  });

  it('makes an unknown payee an untrusted beneficiary (facts 4.4)', async () => {
    await bank.pay(alice);
    const { json } = await bank.get(`/v2/sepa/beneficiaries?iban[]=${MATCH.iban}`, alice);
    expect(json.beneficiaries).toMatchObject([{ name: MATCH.name, trusted: false }]);
  });

  it('overwrites the stored name of a known IBAN (facts 4.4)', async () => {
    const { iban } = await magic('payees', 'trusted');
    await bank.pay(alice, { beneficiary: { name: 'Somebody Else', iban } });
    const { json } = await bank.get(`/v2/sepa/beneficiaries/${TRUSTED_BENEFICIARY}`, alice);
    expect(json.beneficiary.name).toBe('Somebody Else');
  });

  it('is refused for want of money only after the approval (facts 3.4)', async () => {
    const transfer = await bank.transfer(alice, { bank_account_id: EMPTY_ACCOUNT });
    const challenge = await bank.create(alice, transfer);
    expect(challenge.status).toBe(428);
    await bank.decide(challenge.json.sca_session_token, 'allow');
    const replay = await bank.create(alice, transfer, challenge.json.sca_session_token);
    expect(replay).toMatchObject({
      status: 400,
      json: { errors: [{ code: 'insufficient_funds' }] },
    });
    expect((await bank.ledger()).transfers).toEqual([]);
  });

  it('to an account of this bank arrives there', async () => {
    const iban = 'FR7616958000011111111120292';
    await bank.pay(alice, { beneficiary: { name: 'ACME SAS', iban } });
    await bank.advance(3);
    const { json } = await bank.get('/v2/organization', alice);
    const account = json.organization.bank_accounts.find((one: Json) => one.iban === iban);
    expect(account.balance_cents).toBe(1250);
  });

  it('may not spend what is promised to another one (facts 4.1)', async () => {
    const attachment_ids = [await upload(bank)];
    await bank.pay(alice, { amount: '700000.00', attachment_ids });
    const second = await bank.pay(alice, { amount: '700000.00', attachment_ids });
    expect(second).toMatchObject({
      status: 400,
      json: { errors: [{ code: 'insufficient_funds' }] },
    });
  });

  it.each([
    ['insufficient-funds', 'insufficient_funds'],
    ['policy-approval-required', 'payment_policy_approval_required'],
  ])('of the magic amount %s ends in %s after approval (facts 4.4)', async (effect, code) => {
    const { amount } = await magic('amounts', effect);
    const answer = await bank.pay(alice, { amount });
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ code }] } });
  });

  it.each(DECLINED_REASONS)(
    'of its magic amount is declined with %s (facts 4.4)',
    async (reason) => {
      const before = await mainAccount();
      const { amount } = await magic('amounts', `declined:${reason}`);
      const { json } = await bank.pay(alice, { amount });
      await bank.advance(3);
      expect(await statusOf(json.transfer.id)).toMatchObject({
        status: 'declined',
        declined_reason: reason,
      });
      const after = await mainAccount();
      expect(after.authorized_balance_cents).toBe(before.authorized_balance_cents);
    },
  );

  it('of the slow magic amount takes two minutes (facts 4.4)', async () => {
    const { amount } = await magic('amounts', 'slow-settlement');
    const { json } = await bank.pay(alice, { amount });
    await bank.advance(119);
    expect((await statusOf(json.transfer.id)).status).toBe('processing');
    await bank.advance(1);
    expect((await statusOf(json.transfer.id)).status).toBe('settled');
  });

  it('with a later date waits for it, and for the money too (facts 4.4)', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const fields = { scheduled_date: tomorrow };
    const good = (await bank.pay(alice, fields)).json.transfer;
    const short = (await bank.pay(alice, { ...fields, bank_account_id: EMPTY_ACCOUNT })).json
      .transfer;
    await bank.advance(5);
    expect(await statusOf(good.id)).toMatchObject({ status: 'pending', scheduled_date: tomorrow });
    await bank.advance(2 * 86_400);
    alice = await bank.token();
    expect((await statusOf(good.id)).status).toBe('settled');
    expect(await statusOf(short.id)).toMatchObject({
      ...{ status: 'declined', declined_reason: 'debit_account_insufficient_funds' },
    });
  });

  it('can be canceled while it is pending, and not later (facts 4.4)', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const { id } = (await bank.pay(alice, { scheduled_date: tomorrow })).json.transfer;
    const first = await bank.post(`/v2/sepa/transfers/${id}/cancel`, alice);
    expect(first).toMatchObject({ status: 204, text: '' });
    expect((await statusOf(id)).status).toBe('canceled');
    expect((await bank.post(`/v2/sepa/transfers/${id}/cancel`, alice)).status).toBe(422);
  });

  it('is canceled after an approval where the switch says so (facts 3.1, 4.4)', async () => {
    await bank.control('PUT', '/switches', { cancel_sca: true });
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const { id } = (await bank.pay(alice, { scheduled_date: tomorrow })).json.transfer;
    const path = `/v2/sepa/transfers/${id}/cancel`;
    const { status, json } = await bank.post(path, alice);
    expect([status, json.action_type]).toEqual([428, 'transfer.single.cancel']);
    expect((await statusOf(id)).status).toBe('pending');
    const session = json.sca_session_token;
    await bank.decide(session, 'allow');
    const replay = { 'X-Qonto-Sca-Session-Token': session };
    expect(await bank.post(path, alice, undefined, replay)).toMatchObject({
      ...{ status: 204, text: '' },
    });
    expect((await statusOf(id)).status).toBe('canceled');
  });
});

describe('what is refused', () => {
  async function refused(fields: Json): Promise<Json> {
    const transfer = await bank.transfer(alice);
    const body = JSON.parse(transfer.body);
    Object.assign(body.transfer, fields);
    const answer = await bank.create(alice, { ...transfer, body: JSON.stringify(body) });
    return { status: answer.status, ...answer.json.errors[0] };
  }

  it.each([
    [{ amount: 12.5 }, 'not_a_string', 'amount must be a string', '/transfer/amount'],
    [{ amount: '12,50' }, 'invalid_amount', 'amount must be', '/transfer/amount'],
    [{ amount: '0' }, 'invalid_amount', 'amount must be', '/transfer/amount'],
    [{ amount: '1.005' }, 'invalid_amount', 'amount must be', '/transfer/amount'],
    [{ amount: '-1' }, 'invalid_amount', 'amount must be', '/transfer/amount'],
    [{ reference: '' }, 'invalid', 'reference must', '/transfer/reference'],
    [{ reference: 'x'.repeat(141) }, 'invalid', 'reference must', '/transfer/reference'],
    [
      { bank_account_id: undefined },
      'missing',
      'bank_account_id is missing',
      '/transfer/bank_account_id',
    ],
    [{ beneficiary: undefined }, 'invalid', 'beneficiary', '/transfer/beneficiary_id'],
    [{ beneficiary_id: TRUSTED_BENEFICIARY }, 'invalid', 'not both', '/transfer/beneficiary_id'],
    [
      { beneficiary: { name: 'A', iban: 'FR7610278008281039295362037' } },
      'invalid_iban',
      'not a valid',
      '/transfer/beneficiary/iban',
    ],
    [{ amount: '30000.01' }, 'attachment_required', 'above 30,000', '/transfer/attachment_ids'],
    [
      { scheduled_date: '2020-01-01' },
      'invalid_date',
      'today or later',
      '/transfer/scheduled_date',
    ],
    [
      { scheduled_date: '2030-02-30' },
      'invalid_date',
      'today or later',
      '/transfer/scheduled_date',
    ],
  ])('%j is refused as %s (facts 4.4, 5.1)', async (fields, code, detail, pointer) => {
    const answer = await refused(fields);
    expect(answer).toMatchObject({ status: 422, code, source: { pointer } });
    expect(answer.detail).toContain(detail);
    expect((await bank.ledger()).pushes).toEqual([]);
  });

  it('takes 30,000.00 EUR without an attachment, and more with one (facts 4.4)', async () => {
    expect((await bank.pay(alice, { amount: '30000.00' })).status).toBe(200);
    const attachment_ids = [await upload(bank)];
    expect((await bank.pay(alice, { amount: '30000.01', attachment_ids })).status).toBe(200);
  });

  it('a reference of more than 35 characters where the switch says so (facts 4.4, 8 no. 9)', async () => {
    const reference = 'x'.repeat(36);
    expect((await bank.pay(alice, { reference })).status).toBe(200);
    await bank.control('PUT', '/switches', { reference_max_length: 35 });
    expect(await refused({ reference })).toMatchObject({
      ...{ status: 422, source: { pointer: '/transfer/reference' } },
    });
  });

  it('an unknown, closed or foreign account, or its slug, is not found (facts 4.1, 4.4)', async () => {
    for (const account of [
      'acme-sas-1234-bank-account-1',
      '01930000-0000-7000-8003-000000000003',
      '01930000-0000-7000-8003-000000000004',
    ]) {
      expect(await refused({ bank_account_id: account })).toMatchObject({
        ...{ status: 400, code: 'bank_account_not_found' },
      });
    }
  });

  it('malformed JSON is invalid_body (facts 5.1)', async () => {
    const transfer = await bank.transfer(alice);
    const answer = await bank.create(alice, { ...transfer, body: '{"transfer":' });
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ code: 'invalid_body' }] } });
  });

  it('a manager or employee may not pay (facts 2.4)', async () => {
    for (const member of ['mia', 'emma']) {
      const token = await bank.token(member);
      const answer = await bank.create(token, await bank.transfer(token));
      expect(answer).toMatchObject({ status: 403, json: { errors: [{ code: 'forbidden' }] } });
    }
  });

  it('a missing scope is named (facts 2.3)', async () => {
    const token = await bank.token('alice', 'organization.read');
    const answer = await bank.create(token, await bank.transfer(alice));
    expect(answer.status).toBe(403);
    expect(answer.json.errors[0].detail).toContain('missing required oauth scope');
    expect((await bank.get('/v2/membership', token)).status).toBe(403);
  });

  it('errors carry the trace id of the header (facts 5.1)', async () => {
    const answer = await bank.get('/v2/organization', 'ory_at_wrong.token');
    expect(answer.status).toBe(401);
    expect(answer.json.trace_id).toBe(answer.headers.get('x-tyk-trace-id'));
    expect(answer.headers.get('x-request-id')).toBeTruthy();
  });
});

describe('the list of transfers', () => {
  it('filters by status, ids, beneficiary and time, newest first (facts 4.4)', async () => {
    const one = (await bank.pay(alice, { reference: 'one' })).json.transfer;
    await bank.advance(10);
    const two = (await bank.pay(alice, { beneficiary_id: TRUSTED_BENEFICIARY })).json.transfer;
    const ids = async (query: string) => {
      const { json } = await bank.get(`/v2/sepa/transfers?${query}`, alice);
      return json.transfers.map((transfer: Json) => transfer.id);
    };
    expect(await ids('')).toEqual([two.id, one.id]);
    expect(await ids('sort_by=updated_at:asc')).toEqual([one.id, two.id]);
    expect(await ids('status[]=settled&status[]=declined')).toEqual([one.id]);
    expect(await ids(`ids=${two.id}`)).toEqual([two.id]);
    expect(await ids(`beneficiary_ids[]=${TRUSTED_BENEFICIARY}`)).toEqual([two.id]);
    expect(await ids(`updated_at_from=${two.created_at}`)).toEqual([two.id]);
    expect(await ids(`updated_at_to=${one.created_at}`)).toEqual([]);
  });

  it('comes in pages with their meta (facts 5.3)', async () => {
    for (let count = 0; count < 3; count++) await bank.pay(alice);
    const { json } = await bank.get('/v2/sepa/transfers?per_page=2&page=2', alice);
    expect(json.transfers).toHaveLength(1);
    expect(json.meta).toEqual({
      ...{
        current_page: 2,
        next_page: null,
        prev_page: 1,
        total_pages: 2,
        total_count: 3,
        per_page: 2,
      },
    });
    expect((await bank.get('/v2/sepa/transfers', alice)).json.meta.per_page).toBe(100);
    expect((await bank.get('/v2/sepa/transfers?per_page=101', alice)).status).toBe(422);
  });

  it('hides what belongs to another organisation', async () => {
    const { id } = (await bank.pay(alice)).json.transfer;
    const nora = await bank.token('nora');
    expect((await bank.get('/v2/sepa/transfers', nora)).json.transfers).toEqual([]);
    expect((await bank.get(`/v2/sepa/transfers/${id}`, nora)).status).toBe(404);
  });
});
