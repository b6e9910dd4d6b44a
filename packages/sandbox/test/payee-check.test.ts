import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHECK_ERRORS } from '../src/data/magic.js';
import { Driver, type Json, MATCH, TRUSTED, TRUSTED_BENEFICIARY } from './driver.js';

const UNKNOWN_IBAN = 'FR7630066022101041671161336';

let bank: Driver;
let alice: string;
let payees: Json[];

beforeAll(async () => {
  bank = await Driver.start();
  payees = (await bank.control('GET', '/magic')).payees;
});
beforeEach(async () => {
  await bank.control('POST', '/reset');
  alice = await bank.token();
});
afterAll(() => bank.close());

async function check(payee: { name: string; iban: string }) {
  const body = { iban: payee.iban, beneficiary_name: payee.name };
  return bank.post('/v2/sepa/verify_payee', alice, body);
}

function payee(effect: string): Json {
  return payees.find((candidate) => candidate.effect === effect);
}

describe('verify_payee', () => {
  it.each([
    ['match', 'MATCH_RESULT_MATCH'],
    ['trusted', 'MATCH_RESULT_MATCH'],
    ['close-match', 'MATCH_RESULT_CLOSE_MATCH'],
    ['no-match', 'MATCH_RESULT_NO_MATCH'],
    ['not-possible', 'MATCH_RESULT_NOT_POSSIBLE'],
  ])('answers %s with %s and a proof (facts 4.3)', async (effect, result) => {
    const { status, json } = await check(payee(effect));
    expect(status).toBe(200);
    expect(json.match_result).toBe(result);
    expect(json.proof_token.token).toMatch(/^\d\|[^|]+\|\d{13}\|[\w-]{43}$/);
    expect(json.matched_name).toBe(effect === 'close-match' ? 'Jean Dupont' : undefined);
  });

  it.each(Object.entries(CHECK_ERRORS))(
    'answers %s with %i and a proof (facts 4.3)',
    async (code, status) => {
      const answer = await check(payee(code.toLowerCase().replaceAll('_', '-')));
      expect(answer).toMatchObject({
        status,
        json: { errors: [{ code, meta: { proof_token: { token: expect.any(String) } } }] },
      });
    },
  );

  it('answers the proof as a bare string where the switch says so (facts 4.3)', async () => {
    await bank.control('PUT', '/switches', { proof_token_shape: 'string' });
    const bare = expect.stringMatching(/^\d\|[^|]+\|\d{13}\|[\w-]{43}$/);
    expect((await check(MATCH)).json.proof_token).toEqual(bare);
    const failed = await check(payee('gateway-timeout-error-responding-bank'));
    expect(failed.json.errors).toMatchObject([{ meta: { proof_token: bare } }]);
  });

  it('takes any name at an unknown IBAN for the right one', async () => {
    const { json } = await check({ name: 'Anybody', iban: UNKNOWN_IBAN });
    expect(json.match_result).toBe('MATCH_RESULT_MATCH');
  });

  it('compares a stored beneficiary by name', async () => {
    const close = await check({ ...TRUSTED, name: 'Papeterie du Centr' });
    expect(close.json).toMatchObject({
      ...{ match_result: 'MATCH_RESULT_CLOSE_MATCH', matched_name: TRUSTED.name },
    });
    const none = await check({ ...TRUSTED, name: 'Garage Martin' });
    expect(none.json.match_result).toBe('MATCH_RESULT_NO_MATCH');
  });

  it.each([
    [{ iban: 'FR00', beneficiary_name: 'A' }, 'invalid_iban'],
    [{ iban: MATCH.iban, beneficiary_name: '' }, 'invalid'],
    [{ iban: MATCH.iban }, 'missing'],
    [{ iban: MATCH.iban, beneficiary_name: 'x'.repeat(141) }, 'invalid'],
  ])('refuses %j as %s (facts 4.3, 5.5)', async (body, code) => {
    const answer = await bank.post('/v2/sepa/verify_payee', alice, body);
    expect(answer).toMatchObject({ status: 422, json: { errors: [{ code }] } });
  });
});

describe('the proof', () => {
  async function payWith(proof: string | undefined) {
    const transfer = await bank.transfer(alice, { beneficiary_id: TRUSTED_BENEFICIARY });
    const body = { ...JSON.parse(transfer.body), vop_proof_token: proof };
    return bank.create(alice, { ...transfer, body: JSON.stringify(body) });
  }

  it('must be there: 401 that has nothing to do with the token (facts 4.3)', async () => {
    expect(await payWith(undefined)).toMatchObject({
      ...{ status: 401, json: { errors: [{ code: 'vop_proof_token_missing' }] } },
    });
  });

  it('of another payee or not ours is invalid (facts 4.3)', async () => {
    const other = await bank.proof(alice, MATCH);
    const forged = (await bank.proof(alice, TRUSTED)).replace(/\|(\d{13})\|/, '|9999999999999|');
    for (const proof of [other, forged, 'x']) {
      expect(await payWith(proof)).toMatchObject({
        ...{ status: 401, json: { errors: [{ code: 'vop_proof_token_invalid' }] } },
      });
    }
  });

  it('lives for 23 hours (facts 4.3)', async () => {
    const proof = await bank.proof(alice, TRUSTED);
    await bank.advance(23 * 3600 - 10);
    alice = await bank.token();
    expect((await payWith(proof)).status).toBe(200);
    await bank.advance(20);
    expect((await payWith(proof)).status).toBe(401);
  });

  it('of a no match and of a failed check pays all the same (facts 4.3)', async () => {
    for (const effect of ['no-match', 'gateway-timeout-error-responding-bank']) {
      const { name, iban } = payee(effect);
      expect((await bank.pay(alice, { beneficiary: { name, iban } })).status).toBe(200);
    }
  });

  it('covers the name too where the switch says so (facts 4.3)', async () => {
    await bank.control('PUT', '/switches', { proof_binding: 'iban_and_name' });
    const proof = await bank.proof(alice, { ...TRUSTED, name: 'Papeterie' });
    expect((await payWith(proof)).status).toBe(401);
    expect((await payWith(await bank.proof(alice, TRUSTED))).status).toBe(200);
  });
});
