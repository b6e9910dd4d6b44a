import { describe, expect, it } from 'vitest';
import { BankUnavailableError, ConsentNeededError } from '../payments/errors.js';
import { payeeCheckAnswer } from './payee-check.js';

const check = (status: number, json: unknown) =>
  payeeCheckAnswer({ status, json, at: new Date(), traceId: undefined });

describe('payeeCheckAnswer', () => {
  it.each([
    ['MATCH_RESULT_MATCH', 'match'],
    ['MATCH_RESULT_NO_MATCH', 'no_match'],
    ['MATCH_RESULT_NOT_POSSIBLE', 'not_possible'],
    ['MATCH_RESULT_UNSPECIFIED', 'not_possible'],
    ['MATCH_RESULT_OF_TOMORROW', 'not_possible'],
  ])('reads %s as %s', (raw, result) => {
    const answer = check(200, {
      match_result: raw,
      matched_name: 'X',
      proof_token: { token: 'p' },
    });
    expect(answer).toEqual({ results: [{ result, bankName: undefined }], proof: 'p' });
  });

  it('tells the holder at a close match, and takes an old bare token', () => {
    const json = {
      match_result: 'MATCH_RESULT_CLOSE_MATCH',
      matched_name: 'Jean',
      proof_token: 'p',
    };
    expect(check(200, json)).toEqual({
      results: [{ result: 'close_match', bankName: 'Jean' }],
      proof: 'p',
    });
  });

  it.each([400, 500, 503])('takes a %i that carries a proof for "not possible"', (status) => {
    const json = { errors: [{ code: 'X', detail: '', meta: { proof_token: { token: 'p' } } }] };
    expect(check(status, json)).toEqual({
      results: [{ result: 'not_possible', bankName: undefined }],
      proof: 'p',
    });
  });

  it('has no result without a proof', () => {
    expect(() => check(200, { match_result: 'MATCH_RESULT_MATCH' })).toThrow(BankUnavailableError);
    expect(() => check(503, { errors: [{ code: 'X' }] })).toThrow(BankUnavailableError);
    expect(() => check(422, { errors: [{ code: 'invalid_iban' }] })).toThrow(BankUnavailableError);
    const scope = { errors: [{ code: 'forbidden', detail: 'missing required oauth scope' }] };
    expect(() => check(403, scope)).toThrow(ConsentNeededError);
  });
});
