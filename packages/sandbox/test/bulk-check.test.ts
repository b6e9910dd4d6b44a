import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Driver, type Json, MATCH, TRUSTED } from './driver.js';
import { bulk, bulkProof, CLOSE, type Payee, send } from './orders.js';

const UNREACHABLE = { name: 'Vetreria Murano SRL', iban: 'IT98Z0542811101000000125438' };

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

function check(payees: readonly (Payee & { id?: string })[], token = alice) {
  const requests = payees.map(({ id, name, iban }) => ({ id, iban, beneficiary_name: name }));
  return bank.post('/v2/sepa/bulk_verify_payee', token, { requests });
}

describe('bulk_verify_payee', () => {
  it('answers each entry by its id and echoes no payee (facts 4.3)', async () => {
    const { status, json } = await check([
      { ...MATCH, id: 'one' },
      { ...CLOSE, id: 'two' },
    ]);
    expect(status).toBe(200);
    expect(json.proof_token.token).toMatch(/^\d\|[^|]+\|\d{13}\|[\w-]{43}$/);
    expect(json.requests).toEqual([
      { id: 'one', response: { match_result: 'MATCH_RESULT_MATCH' } },
      {
        id: 'two',
        response: { match_result: 'MATCH_RESULT_CLOSE_MATCH', matched_name: 'Jean Dupont' },
      },
    ]);
  });

  it('answers the proof as a bare string where the switch says so (facts 4.3)', async () => {
    await bank.control('PUT', '/switches', { proof_token_shape: 'string' });
    const { json } = await check([MATCH]);
    expect(json.proof_token).toMatch(/^\d\|[^|]+\|\d{13}\|[\w-]{43}$/);
  });

  it('does without ids, as the SDK does (facts 4.3)', async () => {
    const { json } = await check([MATCH]);
    expect(json.requests).toEqual([{ response: { match_result: 'MATCH_RESULT_MATCH' } }]);
  });

  it.each([
    ['error_code', { error_code: 'SINGLE_REQUEST_ERROR_CODE_BAD_GATEWAY_ERROR_RESPONDING_BANK' }],
    ['error', { error: { code: 'BAD_GATEWAY_ERROR_RESPONDING_BANK', detail: expect.any(String) } }],
  ])(
    'tells of one failed entry by %s and still proves the set (facts 4.3)',
    async (shape, told) => {
      await bank.control('PUT', '/switches', { bulk_check_error: shape });
      const { status, json } = await check([
        { ...UNREACHABLE, id: 'a' },
        { ...MATCH, id: 'b' },
      ]);
      expect(status).toBe(200);
      expect(json.requests[0]).toEqual({ id: 'a', ...told });
      expect(json.requests[1].response.match_result).toBe('MATCH_RESULT_MATCH');
    },
  );

  it.each([0, 401])('refuses %i entries (facts 4.3)', async (count) => {
    const answer = await check(Array.from({ length: count }, () => MATCH));
    expect(answer).toMatchObject({
      ...{ status: 422, json: { errors: [{ source: { pointer: '/requests' } }] } },
    });
  });

  it('takes 400 entries (facts 4.3)', async () => {
    const { json } = await check(Array.from({ length: 400 }, () => MATCH));
    expect(json.requests).toHaveLength(400);
  });

  it('points at the entry that is malformed (facts 4.3, 5.1)', async () => {
    const { json } = await check([MATCH, { ...MATCH, iban: 'FR00' }]);
    expect(json.errors).toMatchObject([
      { code: 'invalid_iban', source: { pointer: '/requests/1/iban' } },
    ]);
  });
});

describe('the proof of a bulk', () => {
  async function payWith(proof: string | undefined, lines: Json[]) {
    const wish = await bulk(bank, alice, lines);
    const body = { ...JSON.parse(wish.body), vop_proof_token: proof };
    return send(bank, alice, { ...wish, body: JSON.stringify(body) });
  }

  it('must be there (facts 4.3)', async () => {
    expect(await payWith(undefined, [{}])).toMatchObject({
      ...{ status: 401, json: { errors: [{ code: 'vop_proof_token_missing' }] } },
    });
  });

  it('fits the exact set of IBANs, in any order and with repeats (facts 4.3)', async () => {
    const proof = await bulkProof(bank, alice, [MATCH, CLOSE]);
    const lines = [{ payee: CLOSE }, { payee: MATCH }, { payee: CLOSE, reference: 'again' }];
    expect((await payWith(proof, lines)).status).toBe(428);
  });

  it.each([
    ['one payee fewer', [{ payee: MATCH }]],
    ['one payee more', [{ payee: MATCH }, { payee: CLOSE }, { payee: TRUSTED }]],
    ['another payee', [{ payee: MATCH }, { payee: TRUSTED }]],
  ])('does not fit %s (facts 4.3)', async (_what, lines) => {
    const proof = await bulkProof(bank, alice, [MATCH, CLOSE]);
    expect(await payWith(proof, lines)).toMatchObject({
      ...{ status: 401, json: { errors: [{ code: 'vop_proof_token_invalid' }] } },
    });
  });

  it('is another kind than the proof of one payee (facts 4.3)', async () => {
    expect((await payWith(await bank.proof(alice, MATCH), [{}])).status).toBe(401);
    const transfer = await bank.transfer(alice);
    const proof = await bulkProof(bank, alice, [MATCH]);
    const body = JSON.stringify({ ...JSON.parse(transfer.body), vop_proof_token: proof });
    expect((await bank.create(alice, { ...transfer, body })).status).toBe(401);
  });

  it('lives for 23 hours (facts 4.3)', async () => {
    const proof = await bulkProof(bank, alice, [MATCH]);
    await bank.advance(23 * 3600 - 10);
    alice = await bank.token();
    expect((await payWith(proof, [{}])).status).toBe(428);
    await bank.advance(20);
    expect((await payWith(proof, [{}])).status).toBe(401);
  });

  it('covers the names too where the switch says so (facts 4.3)', async () => {
    await bank.control('PUT', '/switches', { proof_binding: 'iban_and_name' });
    const proof = await bulkProof(bank, alice, [{ ...MATCH, name: 'Atelier' }]);
    expect((await payWith(proof, [{}])).status).toBe(401);
    expect((await payWith(await bulkProof(bank, alice, [MATCH]), [{}])).status).toBe(428);
  });
});

describe('the hidden quota', () => {
  beforeEach(() => bank.control('PUT', '/switches', { rate_limits: true, payee_check_quota: 5 }));

  it('throttles checks that no transfer followed (facts 4.3, 5.4)', async () => {
    for (let count = 0; count < 5; count++) expect((await check([MATCH])).status).toBe(200);
    expect(await check([MATCH])).toMatchObject({
      ...{ status: 429, json: { errors: [{ code: 'rate_limited' }] } },
    });
    await bank.advance(3600);
    alice = await bank.token();
    expect((await check([MATCH])).status).toBe(200);
  });

  it('counts each entry of a bulk (facts 4.3)', async () => {
    expect((await check([MATCH, CLOSE, TRUSTED])).status).toBe(200);
    expect((await check([MATCH, CLOSE, TRUSTED])).status).toBe(429);
  });

  it('does not count a check that a transfer has followed (facts 4.3)', async () => {
    for (let count = 0; count < 8; count++) {
      expect((await bank.pay(alice, { reference: randomUUID() })).status).toBe(200);
    }
  });

  it('has room for some checks of 400 unless a switch says otherwise (facts 4.3)', async () => {
    await bank.control('PUT', '/switches', { payee_check_quota: 4000 });
    const payees = Array.from({ length: 400 }, () => MATCH);
    for (let count = 0; count < 3; count++) expect((await check(payees)).status).toBe(200);
  });

  it('is one per member (facts 4.3)', async () => {
    await check([MATCH, CLOSE, TRUSTED, MATCH, MATCH]);
    expect((await check([MATCH])).status).toBe(429);
    expect((await check([MATCH], await bank.token('adam'))).status).toBe(200);
  });
});
