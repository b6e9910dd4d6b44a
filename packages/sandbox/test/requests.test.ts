import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Driver, type Json, MATCH } from './driver.js';
import { type Call, CLOSE, call, carryOut, ORDER_SCOPES, send, today } from './orders.js';

const PROJECTS = 'FR7616958000011111111120292';

let bank: Driver;
let alice: string;
let emma: string;

beforeAll(async () => {
  bank = await Driver.start();
});
beforeEach(async () => {
  await bank.control('POST', '/reset');
  [alice, emma] = [await bank.token('alice', ORDER_SCOPES), await bank.token('emma', ORDER_SCOPES)];
});
afterAll(() => bank.close());

function payment(fields: Json = {}): Json {
  const { name, iban } = fields.payee ?? MATCH;
  return {
    ...{ amount: '120.00', currency: 'EUR', credit_iban: iban, credit_account_name: name },
    ...{ credit_account_currency: 'EUR', reference: 'INV-1', ...fields, payee: undefined },
  };
}

function multi(
  transfers: Json[] = [payment(), payment({ payee: CLOSE })],
  fields: Json = {},
): Call {
  const request_multi_transfer = { note: 'Please pay', transfers, ...fields };
  return call('POST', '/v2/requests/multi_transfers', { request_multi_transfer });
}

function single(fields: Json = {}): Call {
  const request_transfer = { note: 'Please pay', ...payment(fields) };
  return call('POST', '/v2/requests/transfers', { request_transfer });
}

function review(request: Json, verb: string, body?: Json): Call {
  return call('POST', `/v2/requests/${request.request_type}s/${request.id}/${verb}`, body);
}

async function asked(wish: Call = multi(), token = emma): Promise<Json> {
  const { json } = await send(bank, token, wish);
  return json.request_multi_transfer ?? json.request_transfer;
}

describe('asking', () => {
  it('is for an employee too, without approval and payee check (facts 2.4, 3.1, 4.8)', async () => {
    const { status, json } = await send(bank, emma, multi());
    expect(status).toBe(200);
    expect(json.request_multi_transfer).toMatchObject({
      ...{ request_type: 'multi_transfer', status: 'pending', note: 'Please pay' },
      ...{ total_transfers_amount: '240.00', total_transfers_amount_currency: 'EUR' },
      ...{ total_transfers_count: 2, approver_id: null, processed_at: null },
      transfers: [
        { credit_account_name: MATCH.name, amount: '120.00', currency: 'EUR' },
        { credit_account_name: CLOSE.name },
      ],
    });
    expect((await bank.ledger()).pushes).toEqual([]);
  });

  it('for one transfer is the twin of it (facts 4.8, 8 no. 6)', async () => {
    const { json } = await send(bank, emma, single({ scheduled_date: today(3) }));
    expect(json.request_transfer).toMatchObject({
      ...{ request_type: 'transfer', creditor_name: MATCH.name, amount: '120.00' },
      ...{ currency: 'EUR', scheduled_date: today(3), attachment_ids: [] },
    });
  });

  it('for one transfer is an unknown address where the switch says so (facts 4.8, 8 no. 6)', async () => {
    await bank.control('PUT', '/switches', { single_transfer_requests: false });
    expect((await send(bank, emma, single())).text).toBe('404 page not found');
  });

  it('is not for the Solo plan (facts 2.4, 4.8)', async () => {
    const nora = await bank.token('nora', ORDER_SCOPES);
    for (const wish of [multi(), single()]) expect((await send(bank, nora, wish)).status).toBe(403);
    expect((await bank.get('/v2/requests', nora)).status).toBe(403);
  });

  it('needs its scope and its key, and answers a key once (facts 4.8, 5.2)', async () => {
    expect((await send(bank, await bank.token('emma'), multi())).status).toBe(403);
    const wish = multi();
    expect((await send(bank, emma, { ...wish, key: '' })).status).toBe(400);
    const first = await send(bank, emma, wish);
    expect((await send(bank, emma, wish)).text).toBe(first.text);
  });

  it.each([
    [{ note: undefined }, '/request_multi_transfer/note'],
    [{ transfers: [] }, '/request_multi_transfer/transfers'],
    [{ scheduled_date: today(-1) }, '/request_multi_transfer/scheduled_date'],
    [{ transfers: [payment({ amount: 1 })] }, '/request_multi_transfer/transfers/0/amount'],
    [
      { transfers: [payment({ credit_iban: 'FR00' })] },
      '/request_multi_transfer/transfers/0/credit_iban',
    ],
    [
      { transfers: [payment({ amount: '30000.01' })] },
      '/request_multi_transfer/transfers/0/attachment_ids',
    ],
  ])('refuses %j (facts 4.8)', async (fields, pointer) => {
    const answer = await send(bank, emma, multi(undefined, fields));
    expect(answer.status).toBe(422);
    expect(answer.json.errors[0].source.pointer).toBe(pointer);
  });
});

describe('approving', () => {
  it('makes the transfers in the name of who asked (facts 4.8)', async () => {
    const request = await asked();
    const { status, json } = await carryOut(bank, alice, review(request, 'approve'));
    expect(status).toBe(200);
    expect(json.request_multi_transfer).toMatchObject({
      ...{ id: request.id, status: 'approved', processed_at: expect.any(String) },
    });
    const { transfers, requests } = await bank.ledger();
    expect(transfers).toMatchObject([
      { amount_cents: 12_000, credit_iban: MATCH.iban, initiator: 'emma', status: 'pending' },
      { amount_cents: 12_000, credit_iban: CLOSE.iban },
    ]);
    expect(requests).toMatchObject([
      {
        ...{ status: 'approved', initiator: 'emma', approver: 'alice' },
        transfers: transfers.map(({ id }: Json) => ({ transfer_id: id })),
      },
    ]);
    await bank.advance(3);
    expect((await bank.ledger()).transfers).toMatchObject([
      { status: 'settled' },
      { status: 'settled' },
    ]);
  });

  it('asks the phone of the approver for the whole (facts 3.1, 4.8)', async () => {
    const request = await asked();
    expect((await send(bank, alice, review(request, 'approve'))).status).toBe(428);
    expect(await bank.control('GET', '/sca-sessions')).toMatchObject([
      { member: 'alice', summary: { amount_cents: 24_000, count: 2 } },
    ]);
    expect((await bank.ledger()).requests).toMatchObject([{ status: 'pending' }]);
  });

  it('takes the account that is named, the main one otherwise (facts 4.8)', async () => {
    const request = await asked(single());
    const wish = review(request, 'approve', { debit_iban: PROJECTS });
    expect(await carryOut(bank, alice, wish)).toMatchObject({
      ...{ status: 400, json: { errors: [{ code: 'insufficient_funds' }] } },
    });
    expect((await bank.ledger()).requests).toMatchObject([{ status: 'pending' }]);
    const unknown = review(request, 'approve', { debit_iban: MATCH.iban });
    expect((await send(bank, alice, unknown)).status).toBe(404);
    await carryOut(bank, alice, review(request, 'approve'));
    expect((await bank.ledger()).transfers).toMatchObject([
      { debit_iban: 'FR7616958000011111111110107' },
    ]);
  });

  it('is for an owner or admin with the scope (facts 2.4, 4.8)', async () => {
    const request = await asked();
    const mia = await bank.token('mia', ORDER_SCOPES);
    expect((await send(bank, mia, review(request, 'approve'))).status).toBe(403);
    const plain = await bank.token();
    expect((await send(bank, plain, review(request, 'approve'))).status).toBe(403);
  });

  it('needs a key and answers it once (facts 4.8, 5.2)', async () => {
    const wish = review(await asked(), 'approve');
    expect((await send(bank, alice, { ...wish, key: '' })).status).toBe(400);
    const first = await carryOut(bank, alice, wish);
    expect((await send(bank, alice, wish)).text).toBe(first.text);
    expect((await bank.ledger()).transfers).toHaveLength(2);
  });

  it('happens once (facts 4.8)', async () => {
    const request = await asked();
    await carryOut(bank, alice, review(request, 'approve'));
    expect((await send(bank, alice, review(request, 'approve'))).status).toBe(422);
    const decline = review(request, 'decline', { declined_note: 'No' });
    expect((await send(bank, alice, decline)).status).toBe(422);
  });

  it('finds a request under its own type only (facts 4.8)', async () => {
    const request = await asked();
    for (const type of ['transfers', 'flash_cards', 'virtual_cards']) {
      const wish = call('POST', `/v2/requests/${type}/${request.id}/approve`);
      expect((await send(bank, alice, wish)).status).toBe(404);
    }
  });

  it("answers 403 as the bank's own sandbox where the switch says so (facts 4.8, 5.7)", async () => {
    const request = await asked();
    await bank.control('PUT', '/switches', { request_review: 'forbidden' });
    expect((await send(bank, alice, review(request, 'approve'))).status).toBe(403);
  });
});

describe('declining', () => {
  it('needs a note and no approval (facts 4.8)', async () => {
    const request = await asked(single());
    expect((await send(bank, alice, review(request, 'decline', {}))).status).toBe(422);
    const wish = review(request, 'decline', { declined_note: 'Not ours' });
    expect(await send(bank, alice, wish)).toMatchObject({
      status: 200,
      json: { request_transfer: { status: 'declined', declined_note: 'Not ours' } },
    });
    expect(await bank.ledger()).toMatchObject({ transfers: [], pushes: [] });
  });
});

describe('four eyes', () => {
  it.each([
    ['approval_required', 'payment_policy_approval_required'],
    ['approver_missing', 'payment_policy_approver_missing'],
  ])('refuse a transfer above the limit with %s (facts 4.4)', async (value, code) => {
    await bank.control('PUT', '/switches', { payment_policy: value });
    expect((await bank.pay(alice, { amount: '1000.00' })).status).toBe(200);
    expect(await bank.pay(alice, { amount: '1000.01' })).toMatchObject({
      ...{ status: 400, json: { errors: [{ code }] } },
    });
  });

  it('let it pass as a request that somebody else approves (facts 4.4, 4.8)', async () => {
    await bank.control('PUT', '/switches', { payment_policy: 'approval_required' });
    const request = await asked(single({ amount: '2000.00' }), alice);
    expect((await carryOut(bank, alice, review(request, 'approve'))).status).toBe(400);
    const adam = await bank.token('adam', ORDER_SCOPES);
    expect((await carryOut(bank, adam, review(request, 'approve'))).status).toBe(200);
    expect((await bank.ledger()).transfers).toHaveLength(1);
  });
});

describe('the list of requests', () => {
  it('filters by status, type and time, and sorts (facts 4.8)', async () => {
    const one = await asked();
    await bank.advance(60);
    const two = await asked(single());
    await carryOut(bank, alice, review(two, 'approve'));
    const ids = async (query: string) => {
      const { json } = await bank.get(`/v2/requests?${query}`, alice);
      return json.requests.map(({ id }: Json) => id);
    };
    expect(await ids('')).toEqual([two.id, one.id]);
    expect(await ids('sort_by=created_at:asc')).toEqual([one.id, two.id]);
    expect(await ids('sort_by=status:asc')).toEqual([two.id, one.id]);
    expect(await ids('sort_by=processed_at:desc')).toEqual([two.id, one.id]);
    expect(await ids('status[]=pending')).toEqual([one.id]);
    expect(await ids('request_type[]=transfer')).toEqual([two.id]);
    expect(await ids(`created_at_from=${two.created_at}`)).toEqual([two.id]);
    expect(await ids(`created_at_to=${one.created_at}`)).toEqual([one.id]);
    expect(await ids(`processed_at_from=${one.created_at}`)).toEqual([two.id]);
    expect(await ids(`processed_at_to=${one.created_at}`)).toEqual([]);
    expect((await bank.get('/v2/requests?sort_by=amount:asc', alice)).status).toBe(422);
  });
});
