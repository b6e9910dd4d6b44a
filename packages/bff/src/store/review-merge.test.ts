import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeKnown, mergeResults, newlyTrusted } from './review-merge.js';

const match = { result: 'match' as const, bankName: undefined };
const close = (bankName: string) => ({ result: 'close_match' as const, bankName });

const answer = fc.record({
  result: fc.constantFrom('match', 'close_match', 'no_match', 'not_possible'),
  bankName: fc.option(fc.string(), { nil: undefined }),
});

const payee = (iban: string, trusted: boolean) => ({ id: `b-${iban}`, name: 'Any', iban, trusted });

describe('mergeResults', () => {
  it('keeps what was said of rows that are not checked again', () => {
    const before = mergeResults({}, [0, 3], [match, close('ACME')]);
    expect(mergeResults(before, [1], [match])).toEqual({
      0: { result: 'match', bankName: null, was: null },
      1: { result: 'match', bankName: null, was: null },
      3: { result: 'close_match', bankName: 'ACME', was: null },
    });
  });

  it.each([
    ['another result', match, close('ACME'), 'match'],
    ['another name', close('ACME'), close('ACME SAS'), 'close_match'],
    ['the same again', close('ACME'), close('ACME'), null],
  ])('tells what an earlier check said: %s', (_case, first, second, was) => {
    const before = mergeResults({}, [7], [first]);
    expect(mergeResults(before, [7], [second])[7]?.was).toBe(was);
  });

  it('still tells the difference when a third check says what the second did', () => {
    const twice = mergeResults(mergeResults({}, [7], [match]), [7], [close('ACME')]);
    expect(mergeResults(twice, [7], [close('ACME')])[7]?.was).toBe('match');
  });

  it('gives each row its own answer, and refuses an answer of another length', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(399), { minLength: 1 }),
        fc.array(answer),
        (rows, given) => {
          if (given.length !== rows.length) {
            expect(() => mergeResults({}, rows, given)).toThrow();
            return;
          }
          const merged = mergeResults({}, rows, given);
          expect(rows.map((row) => merged[row]?.result)).toEqual(given.map(({ result }) => result));
        },
      ),
    );
  });
});

describe('mergeKnown', () => {
  it('takes what was found, forgets what was not, and leaves what was not asked', () => {
    const before = { A: payee('A', true), B: payee('B', true), C: payee('C', false) };
    const looked = { ibans: ['A', 'B'], known: new Map([['A', payee('A', false)]]) };
    expect(mergeKnown(before, looked)).toEqual({ A: payee('A', false), C: payee('C', false) });
  });
});

describe('newlyTrusted', () => {
  it.each([
    ['unknown before', undefined, true, ['A']],
    ['known before', payee('A', false), true, ['A']],
    ['trusted before', payee('A', true), true, []],
    ['no longer', payee('A', true), false, []],
  ])('names a payee that is paid without asking from now on: %s', (_case, before, now, names) => {
    const looked = { ibans: ['A'], known: new Map([['A', payee('A', now)]]) };
    expect(newlyTrusted(before ? { A: before } : {}, looked)).toEqual(names);
  });
});
