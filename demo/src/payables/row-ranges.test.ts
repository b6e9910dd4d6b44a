import { describe, expect, it } from 'vitest';
import { rowsFrom } from './row-ranges.js';

describe('the rows of an address', () => {
  it.each([
    ['0', [0]],
    ['0,3-7', [0, 3, 4, 5, 6, 7]],
    ['9,2,2-3', [2, 3, 9]],
  ])('reads %s', (text, rows) => {
    expect(rowsFrom(text, 40)).toEqual(rows);
  });

  it.each(['', 'undefined', '-1', '40', '3-40', '7-3', '1,,2', '1e1', '0x1', '1-2-3'])(
    'refuses "%s"',
    (text) => {
      expect(rowsFrom(text, 40)).toBeUndefined();
    },
  );
});
