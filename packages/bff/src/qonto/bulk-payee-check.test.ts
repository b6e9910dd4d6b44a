import { describe, expect, it } from 'vitest';
import { BankUnavailableError, ConsentNeededError } from '../payments/errors.js';
import { bulkPayeeCheckAnswer, bulkPayeeCheckRequest } from './bulk-payee-check.js';

const anna = { name: 'Anna', iban: 'FR7610278008281039295362036' };
const bert = { name: 'Bert', iban: 'NL75INGB0417169868' };
const carl = { name: 'Carl', iban: 'BE73539008781560' };

const answer = (status: number, json: unknown) => ({
  status,
  json,
  at: new Date(),
  traceId: undefined,
});
const read = (requests: unknown[], payees = [anna, bert, carl]) =>
  bulkPayeeCheckAnswer(answer(200, { proof_token: { token: 'p' }, requests }), payees);
const results = (...args: Parameters<typeof read>) =>
  read(...args).results.map(({ result }) => result);
const entry = (id: unknown, match_result = 'MATCH_RESULT_MATCH') => ({
  id,
  response: { match_result },
});

describe('the question', () => {
  it('has the position of each payee as its id', () => {
    expect(bulkPayeeCheckRequest([anna, bert]).toString()).toBe(
      '{"requests":[{"id":"0","iban":"FR7610278008281039295362036","beneficiary_name":"Anna"},' +
        '{"id":"1","iban":"NL75INGB0417169868","beneficiary_name":"Bert"}]}',
    );
  });

  it('asks once for a payee of several rows, and for each name at one IBAN', () => {
    const payees = [anna, bert, anna, { ...anna, name: 'Anne' }];
    const { requests } = JSON.parse(bulkPayeeCheckRequest(payees).toString());
    expect(requests.map(({ id }: { id: string }) => id)).toEqual(['0', '1', '3']);
  });
});

describe('the answer', () => {
  it('is read by id, whatever its order', () => {
    const requests = [
      entry('2', 'MATCH_RESULT_NO_MATCH'),
      entry('0'),
      { id: '1', response: { match_result: 'MATCH_RESULT_CLOSE_MATCH', matched_name: 'Berta' } },
    ];
    expect(read(requests)).toEqual({
      results: [
        { result: 'match', bankName: undefined },
        { result: 'close_match', bankName: 'Berta' },
        { result: 'no_match', bankName: undefined },
      ],
      proof: 'p',
    });
  });

  it('tells a row what it says of the same payee in another row', () => {
    const requests = [entry('0', 'MATCH_RESULT_NO_MATCH'), entry('1')];
    expect(results(requests, [anna, bert, anna])).toEqual(['no_match', 'match', 'no_match']);
  });

  it.each([
    ['has an error code', { id: '1', error_code: 'SINGLE_REQUEST_ERROR_CODE_X' }],
    ['has an error', { id: '1', error: { code: 'X', detail: 'words' } }],
    ['has both', { ...entry('1'), error_code: 'X' }],
    ['is missing', undefined],
    ['has no id', { response: { match_result: 'MATCH_RESULT_MATCH' } }],
    ['has an id that we did not give', entry('7')],
    ['is of tomorrow', entry('1', 'MATCH_RESULT_OF_TOMORROW')],
    ['is unspecified', entry('1', 'MATCH_RESULT_UNSPECIFIED')],
    ['says nothing', { id: '1' }],
    ['is no object', 'MATCH_RESULT_MATCH'],
  ])('that %s is "not possible"', (_what, second) => {
    const requests = [entry('0'), second, entry('2')].filter((one) => one !== undefined);
    expect(results(requests)).toEqual(['match', 'not_possible', 'match']);
  });

  it('that comes twice is none', () => {
    const requests = [entry('0'), entry('1'), entry('2'), entry('1', 'MATCH_RESULT_NO_MATCH')];
    expect(results(requests)).toEqual(['match', 'not_possible', 'match']);
  });

  it('may repeat our ids as numbers, and null for what it has not', () => {
    const requests = [entry(0), { ...entry(1), error_code: null, error: null }, entry(2)];
    expect(results(requests)).toEqual(['match', 'match', 'match']);
  });

  it('may give the proof as a bare string, but not leave it out', () => {
    const bare = answer(200, { proof_token: 'p', requests: [] });
    expect(bulkPayeeCheckAnswer(bare, [anna, bert]).proof).toBe('p');
    const without = answer(200, { requests: [entry('0'), entry('1')] });
    expect(() => bulkPayeeCheckAnswer(without, [anna, bert])).toThrow(BankUnavailableError);
  });

  it('of an error is no result', () => {
    const scope = { errors: [{ code: 'forbidden', detail: 'missing required oauth scope' }] };
    expect(() => bulkPayeeCheckAnswer(answer(403, scope), [anna])).toThrow(ConsentNeededError);
    const busy = { errors: [{ code: 'rate_limited' }] };
    expect(() => bulkPayeeCheckAnswer(answer(429, busy), [anna])).toThrow(BankUnavailableError);
  });
});
