import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PaymentError } from './errors.js';
import type { ItemState } from './records.js';
import { assertFree, defaultSelection, selectionOf } from './selection.js';

const states = (...statuses: ItemState['status'][]): ItemState[] =>
  statuses.map((status, index) => ({
    index,
    status,
    reason: undefined,
    scheduledOn: undefined,
    transferId: undefined,
    paymentId: undefined,
    connectionId: undefined,
  }));

const chosen = (...selection: number[]) => ({ selection });

describe('what a confirmation would pay', () => {
  it('is everything that is free where nobody has chosen', () => {
    const items = states('open', 'settled', 'open', 'processing');
    expect(selectionOf(undefined, items, 'many')).toEqual([0, 2]);
  });

  it('is what failed before, where something did', () => {
    expect(defaultSelection(states('settled', 'declined', 'open', 'failed'), 'many')).toEqual([
      1, 3,
    ]);
  });

  it('is what was chosen, as far as nobody else has paid it meanwhile', () => {
    expect(selectionOf(chosen(0, 1, 2), states('open', 'processing', 'open'), 'many')).toEqual([
      0, 2,
    ]);
  });

  it('goes on with the rest when all that was chosen is paid', () => {
    expect(selectionOf(chosen(0), states('settled', 'open', 'open'), 'many')).toEqual([1, 2]);
  });

  it('is nothing when the payer has chosen nothing', () => {
    expect(selectionOf(chosen(), states('open', 'open'), 'many')).toEqual([]);
  });

  it('is one row where the bank takes one at a time', () => {
    expect(selectionOf(undefined, states('settled', 'open', 'open'), 'one')).toEqual([1]);
    expect(selectionOf(chosen(1, 2), states('open', 'open', 'open'), 'one')).toEqual([1]);
  });

  it('never holds a row that is paid or in progress', () => {
    const status = fc.constantFrom<ItemState['status'][]>('open', 'declined', 'settled', 'held');
    const rows = fc.option(fc.uniqueArray(fc.nat(30)), { nil: undefined });
    fc.assert(
      fc.property(fc.array(status, { maxLength: 30 }), rows, (given, selection) => {
        const items = states(...given);
        const selected = selectionOf({ selection }, items, 'many');
        expect(() => assertFree(items, selected)).not.toThrow();
      }),
    );
  });
});

describe('a row that cannot be chosen', () => {
  it.each<[ItemState['status'], string]>([
    ['settled', 'already-paid'],
    ['processing', 'payment-in-progress'],
    ['held', 'payment-in-progress'],
  ])('because it is %s is named', (status, code) => {
    const attempt = () => assertFree(states('open', status), [0, 1]);
    expect(attempt).toThrow(PaymentError);
    expect(attempt).toThrow(expect.objectContaining({ code, field: 'items[1]' }));
  });

  it('because there is none is named', () => {
    expect(() => assertFree(states('open'), [7])).toThrow(
      expect.objectContaining({ code: 'invalid-selection', field: 'items[7]' }),
    );
  });
});
