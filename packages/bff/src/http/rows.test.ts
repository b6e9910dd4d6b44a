import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PaymentError } from '../payments/errors.js';
import { readRowSet, readRows } from './rows.js';

const row = fc.integer({ min: 0, max: 399 });
const rows = fc.uniqueArray(row, { maxLength: 400 });
const ascending = (list: readonly number[]) => [...list].sort((one, other) => one - other);

function refusal(given: string | readonly string[]): unknown {
  try {
    return readRows(given, 'select');
  } catch (error) {
    return error instanceof PaymentError ? [error.code, error.field] : error;
  }
}

describe('rows in a form', () => {
  it.each<[given: string | string[], read: 'all' | number[]]>([
    ['all', 'all'],
    [['all'], 'all'],
    ['', []],
    [['', ''], []],
    ['0', [0]],
    ['399', [399]],
    ['0,3-7,12', [0, 3, 4, 5, 6, 7, 12]],
    [
      ['7', '', '3-4,1'],
      [1, 3, 4, 7],
    ],
    ['5,5,4-6', [4, 5, 6]],
    ['3-3', [3]],
  ])('%j reads %j', (given, read) => expect(readRows(given, 'select')).toEqual(read));

  it.each<string | string[]>([
    ...[
      '400',
      '0-400',
      '1000',
      '7-3',
      '-1',
      '3-',
      '-',
      '1.5',
      '1e2',
      '01',
      ' 1',
      '1;2',
      'x',
      'ALL',
    ],
    ...['all,3', ',', '1,', '1,,2', '0x1', '١', '1\n'],
    ['all', '3'],
    ['all', 'all'],
    Array.from({ length: 401 }, () => '1'),
    '0,'.repeat(400).concat('0'),
  ])('%j is refused, and the field is named', (given) => {
    expect(refusal(given)).toEqual(['invalid-selection', 'select']);
  });

  it('mean the same as a list, repeated, and as ranges', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const expected = ascending(list);
        expect(readRows(list.join(','), 'select')).toEqual(expected);
        expect(readRows(list.map(String), 'select')).toEqual(expected);
        expect(readRows(asRanges(expected), 'select')).toEqual(expected);
      }),
    );
  });

  it('of any text are refused, or rows of an intent in order', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[\d,-]{0,12}$/));
    fc.assert(
      fc.property(fc.oneof(text, fc.array(text)), (given) => {
        const read = refusal(given);
        if (read === 'all' || (Array.isArray(read) && read[0] === 'invalid-selection')) return;
        const list = read as number[];
        expect(list).toEqual(ascending([...new Set(list)]));
        for (const one of list) expect(one >= 0 && one < 400 && Number.isInteger(one)).toBe(true);
      }),
    );
  });

  it('as a set hold every row where all are meant', () => {
    expect(readRowSet('all', 'accept').size).toBe(400);
    expect([...readRowSet('2,1', 'accept')]).toEqual([1, 2]);
  });
});

function asRanges(sorted: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const one of sorted) {
    const last = ranges.at(-1);
    if (last && last[1] === one - 1) last[1] = one;
    else ranges.push([one, one]);
  }
  return ranges.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(',');
}
