import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  Driver,
  EMPTY_ACCOUNT,
  type Json,
  MAIN_ACCOUNT,
  MATCH,
  TRUSTED,
  TRUSTED_BENEFICIARY,
} from './driver.js';
import { bulk, CLOSE, carryOut, type Line, send, today, upload } from './orders.js';

const TRUSTED_LINE = { payee: TRUSTED, beneficiary_id: TRUSTED_BENEFICIARY };

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

async function made(lines: readonly Line[]): Promise<Json> {
  const { json } = await carryOut(bank, alice, await bulk(bank, alice, lines));
  return json.bulk_transfer;
}

async function shown(id: string): Promise<Json> {
  return (await bank.get(`/v2/sepa/bulk_transfers/${id}`, alice)).json.bulk_transfer;
}

async function finished(lines: readonly Line[]): Promise<Json> {
  const { id } = await made(lines);
  await bank.advance(10);
  return shown(id);
}

describe('a bulk', () => {
  it('is accepted with every result pending (facts 4.5, 7)', async () => {
    const wish = await bulk(bank, alice, [{}, { payee: CLOSE }]);
    const { status, json } = await carryOut(bank, alice, wish);
    expect(status).toBe(200);
    const sent = JSON.parse(wish.body).bulk_transfers;
    expect(json.bulk_transfer).toMatchObject({
      ...{ total_count: 2, pending_count: 2, completed_count: 0, failed_count: 0 },
      results: sent.map(({ client_transfer_id }: Json) => ({
        ...{ client_transfer_id, transfer_id: null, status: 'pending', errors: null },
      })),
    });
    expect((await bank.ledger()).transfers).toEqual([]);
  });

  it('is resolved one by one over bank time, and settles later (facts 4.5, 7)', async () => {
    const { id } = await made(Array.from({ length: 50 }, () => ({ amount: '1.00' })));
    await bank.advance(0.9);
    const midway = await shown(id);
    expect(midway.completed_count).toBeGreaterThan(5);
    expect(midway.pending_count).toBeGreaterThan(5);
    await bank.advance(1);
    const done = await shown(id);
    expect(done).toMatchObject({ pending_count: 0, completed_count: 50 });
    // Completed says that a transfer was made, not that the money has arrived.
    const { transfers } = await bank.ledger();
    expect(transfers.every(({ status }: Json) => status !== 'settled')).toBe(true);
    await bank.advance(5);
    for (const { transfer_id } of done.results.slice(0, 3)) {
      const { json } = await bank.get(`/v2/sepa/transfers/${transfer_id}`, alice);
      expect(json.transfer.status).toBe('settled');
    }
  });

  it('is one request to the member: number, sum and list (facts 3.1)', async () => {
    await send(bank, alice, await bulk(bank, alice, [{ amount: '1.50' }, { payee: CLOSE }]));
    const [session] = await bank.control('GET', '/sca-sessions');
    expect(session).toMatchObject({
      action_type: 'transfer.bulk.create',
      summary: {
        ...{ amount_cents: 1150, count: 2, title: 'Make 2 payments' },
        items: [{ payee: MATCH.name, amount_cents: 150 }, { payee: CLOSE.name }],
      },
    });
  });

  it('needs no approval where every payee is trusted, and one inline payee is enough (facts 3.1)', async () => {
    const trusted = await bulk(bank, alice, [TRUSTED_LINE, TRUSTED_LINE]);
    expect((await send(bank, alice, trusted)).status).toBe(200);
    const mixed = await bulk(bank, alice, [TRUSTED_LINE, { payee: MATCH }]);
    expect((await send(bank, alice, mixed)).status).toBe(428);
    const inline = await bulk(bank, alice, [{ payee: TRUSTED }]);
    expect((await send(bank, alice, inline)).status).toBe(428);
  });

  it('of one line more is another request to its session (facts 3.4)', async () => {
    const wish = await bulk(bank, alice, [{}, {}]);
    const { json } = await send(bank, alice, wish);
    await bank.decide(json.sca_session_token, 'allow');
    const body = JSON.parse(wish.body);
    body.bulk_transfers.push({ ...body.bulk_transfers[0], client_transfer_id: randomUUID() });
    const other = { ...wish, body: JSON.stringify(body) };
    expect((await send(bank, alice, other, json.sca_session_token)).status).toBe(422);
  });

  it('has no token for a member without a device (facts 3.3)', async () => {
    const noah = await bank.token('noah');
    const { status, json } = await send(bank, noah, await bulk(bank, noah, [{}]));
    expect([status, json.code]).toEqual([428, 'sca_not_enrolled']);
    expect(json).not.toHaveProperty('sca_session_token');
  });

  it('makes transfers that can be canceled while they are pending (facts 4.4)', async () => {
    const { results } = await finished([{ scheduled_date: today(3) }, {}]);
    const cancel = async (index: number) => {
      const path = `/v2/sepa/transfers/${results[index].transfer_id}/cancel`;
      return (await bank.post(path, alice)).status;
    };
    expect([await cancel(0), await cancel(1)]).toEqual([204, 422]);
  });

  it('answers its key once (facts 5.2)', async () => {
    const wish = await bulk(bank, alice, [TRUSTED_LINE]);
    const first = await send(bank, alice, wish);
    expect((await send(bank, alice, wish)).text).toBe(first.text);
    expect((await bank.ledger()).bulk_transfers).toHaveLength(1);
  });
});

describe('partial failure', () => {
  it('fails a payment above 30,000 EUR without an attachment, and no other one (facts 4.5)', async () => {
    const attachment_ids = [await upload(bank)];
    const done = await finished([
      { amount: '30000.01' },
      { amount: '30000.01', attachment_ids },
      { amount: '30000.00' },
    ]);
    expect(done).toMatchObject({ completed_count: 2, failed_count: 1, pending_count: 0 });
    expect(done.results).toMatchObject([
      { status: 'failed', errors: [{ errors: [{ code: 'attachment_required' }] }] },
      { status: 'completed', errors: null },
      { status: 'completed', errors: null },
    ]);
  });

  it('fails what the account cannot pay any more (facts 4.5)', async () => {
    const attachment_ids = [await upload(bank)];
    const line = { amount: '700000.00', attachment_ids };
    const { results } = await finished([line, line, { amount: '1.00' }]);
    expect(results).toMatchObject([
      { status: 'completed' },
      { status: 'failed', errors: [{ errors: [{ code: 'insufficient_funds' }] }] },
      { status: 'completed' },
    ]);
  });

  it.each([
    ['666.21', 'insufficient_funds'],
    ['666.41', 'payment_policy_approval_required'],
    ['666.42', 'payment_policy_approver_missing'],
  ])('fails the magic amount %s with %s (facts 4.4, 4.5)', async (amount, code) => {
    const { results } = await finished([{ amount }, {}]);
    expect(results).toMatchObject([
      { transfer_id: null, status: 'failed', errors: [{ errors: [{ code }] }] },
      { status: 'completed' },
    ]);
  });

  it('completes a payment whose transfer is declined later (facts 4.5)', async () => {
    const { results } = await finished([{ amount: '666.03' }]);
    expect(results[0].status).toBe('completed');
    const { json } = await bank.get(`/v2/sepa/transfers/${results[0].transfer_id}`, alice);
    expect(json.transfer).toMatchObject({
      ...{ status: 'declined', declined_reason: 'beneficiary_status' },
    });
  });

  it('fails an attachment that is not there (facts 4.5, 4.9)', async () => {
    const { results } = await finished([{ attachment_ids: [randomUUID()] }]);
    expect(results[0]).toMatchObject({ errors: [{ errors: [{ code: 'not_found' }] }] });
  });

  it('has flat errors where the switch says so (facts 4.5, 8 no. 7)', async () => {
    await bank.control('PUT', '/switches', { bulk_errors: 'flat' });
    const { results } = await finished([{ amount: '666.21' }]);
    expect(results[0].errors).toMatchObject([{ code: 'insufficient_funds' }]);
  });

  it('waits for the day of a scheduled payment (facts 4.5)', async () => {
    const { results } = await finished([{ scheduled_date: today(3) }]);
    const path = `/v2/sepa/transfers/${results[0].transfer_id}`;
    expect((await bank.get(path, alice)).json.transfer.status).toBe('pending');
    await bank.advance(4 * 86_400);
    alice = await bank.token();
    expect((await bank.get(path, alice)).json.transfer.status).toBe('settled');
  });
});

describe('what is refused whole', () => {
  it('the Solo plan (facts 2.4, 4.5)', async () => {
    const nora = await bank.token('nora');
    const wish = await bulk(bank, nora, [{}]);
    expect((await send(bank, nora, wish)).status).toBe(403);
    await bank.control('PUT', '/switches', { plan_refusal_status: 422 });
    expect((await send(bank, nora, wish)).status).toBe(422);
  });

  it('a member who may not pay (facts 2.4)', async () => {
    const mia = await bank.token('mia');
    expect((await send(bank, mia, await bulk(bank, mia, [{}]))).status).toBe(403);
  });

  it.each([
    ['no payment', (body: Json) => (body.bulk_transfers = []), '/bulk_transfers'],
    [
      'more than 400',
      (body: Json) => (body.bulk_transfers = Array(401).fill(body.bulk_transfers[0])),
      '/bulk_transfers',
    ],
    [
      'one id twice',
      (body: Json) => body.bulk_transfers.push(body.bulk_transfers[0]),
      '/bulk_transfers',
    ],
    [
      'an amount that is a number',
      (body: Json) => (body.bulk_transfers[0].amount = 1),
      '/bulk_transfers/0/amount',
    ],
    [
      'a payment without an id',
      (body: Json) => delete body.bulk_transfers[0].client_transfer_id,
      '/bulk_transfers/0/client_transfer_id',
    ],
    [
      'two payees in one payment',
      (body: Json) => (body.bulk_transfers[0].beneficiary_id = TRUSTED_BENEFICIARY),
      '/bulk_transfers/0/beneficiary_id',
    ],
  ])('%s, with a pointer (facts 4.5, 5.1)', async (_what, spoil, pointer) => {
    const wish = await bulk(bank, alice, [{}]);
    const body = JSON.parse(wish.body);
    spoil(body);
    const answer = await send(bank, alice, { ...wish, body: JSON.stringify(body) });
    expect(answer.status).toBe(422);
    expect(answer.json.errors[0].source.pointer).toBe(pointer);
  });

  it('takes 400 payments (facts 4.5)', async () => {
    const lines = Array.from({ length: 400 }, () => ({ ...TRUSTED_LINE, amount: '0.01' }));
    expect(await finished(lines)).toMatchObject({ completed_count: 400, pending_count: 0 });
  });

  it('an account that is closed or of somebody else (facts 4.4, 4.5)', async () => {
    const wish = await bulk(bank, alice, [{}]);
    const body = wish.body.replace(MAIN_ACCOUNT, '01930000-0000-7000-8003-000000000003');
    expect(await send(bank, alice, { ...wish, body })).toMatchObject({
      ...{ status: 400, json: { errors: [{ code: 'bank_account_not_found' }] } },
    });
  });
});

describe('reading', () => {
  it('lists the newest first, with its pages (facts 4.5, 5.3)', async () => {
    const [one, two] = [await made([{}]), await made([{}])];
    const { json } = await bank.get('/v2/sepa/bulk_transfers', alice);
    expect(json.bulk_transfers.map(({ id }: Json) => id)).toEqual([two.id, one.id]);
    expect(json.meta).toMatchObject({ total_count: 2, per_page: 100 });
  });

  it('is bare where the switch says so (facts 4.5)', async () => {
    const { id } = await made([{}]);
    await bank.control('PUT', '/switches', { bulk_answer: 'bare' });
    expect((await bank.get(`/v2/sepa/bulk_transfers/${id}`, alice)).json.id).toBe(id);
    const { json } = await carryOut(bank, alice, await bulk(bank, alice, [{}]));
    expect(json).toMatchObject({ total_count: 1 });
  });

  it('hides what belongs to another organisation (facts 4.5)', async () => {
    const { id } = await made([{}]);
    const nora = await bank.token('nora');
    expect((await bank.get(`/v2/sepa/bulk_transfers/${id}`, nora)).status).toBe(404);
    expect((await bank.get('/v2/sepa/bulk_transfers', nora)).json.bulk_transfers).toEqual([]);
  });

  it('shows the control API what each payment became', async () => {
    const lines = [{ amount: '666.21', reference: 'one' }, { amount: '5.00' }];
    await finished(lines);
    const { bulk_transfers, transfers } = await bank.ledger();
    expect(bulk_transfers).toMatchObject([
      {
        initiator: 'alice',
        results: [
          { status: 'failed', transfer_id: null, amount_cents: 66_621 },
          { status: 'completed', transfer_id: transfers[0].id, amount_cents: 500 },
        ],
      },
    ]);
    expect(transfers[0].idempotency_key).toBe(bulk_transfers[0].idempotency_key);
  });

  it('survives in the balance of an empty account (facts 4.5)', async () => {
    const wish = await bulk(bank, alice, [{}]);
    const body = wish.body.replace(MAIN_ACCOUNT, EMPTY_ACCOUNT);
    const { json } = await carryOut(bank, alice, { ...wish, body });
    await bank.advance(5);
    expect((await shown(json.bulk_transfer.id)).failed_count).toBe(1);
  });
});
