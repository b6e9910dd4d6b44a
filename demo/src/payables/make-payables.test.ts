import { describe, expect, it } from 'vitest';
import { centsOf } from '../money.js';
import { indexOfRef, makePayables } from './make-payables.js';
import { PAYABLE_KINDS } from './payable.js';

const SET = { code: 'ABCDEFGH', number: 2, madeOn: '2026-11-20' };
const ENDINGS = {
  payees: ['close-match', 'no-match', 'not-possible', 'gateway-error-x'].map((effect) => ({
    effect,
    name: effect,
    iban: 'FR7610278008281039295362036',
  })),
  amounts: ['declined:a', 'insufficient-funds', 'slow-settlement', 'policy-approval-required'].map(
    (effect, index) => ({ effect, amount: `666.0${index + 1}` }),
  ),
};

/** ISO 7064: the first four characters at the end, letters as numbers. */
function remainderOf(iban: string): bigint {
  const digits = [...iban.slice(4), ...iban.slice(0, 4)].map((it) => Number.parseInt(it, 36));
  return BigInt(digits.join('')) % 97n;
}

describe('a set of payables', () => {
  it('has a row of every kind among its first forty', () => {
    const kinds = new Set(makePayables(SET, 40, ENDINGS).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([...PAYABLE_KINDS].sort());
  });

  it('begins alike whether it has 40 or 400 rows, each with a reference of its own', () => {
    const all = makePayables(SET, 400, ENDINGS);
    expect(all.slice(0, 40)).toEqual(makePayables(SET, 40, ENDINGS));
    expect(new Set(all.map(({ externalRef }) => externalRef)).size).toBe(400);
    expect(all.map(({ externalRef }) => indexOfRef(externalRef))).toEqual([...all.keys()]);
    expect(all[0]?.externalRef).toBe('SUP-ABCDEFGH-2-001');
  });

  it('has new references in the next set', () => {
    const refs = (number: number) =>
      makePayables({ ...SET, number }, 40, ENDINGS).map(({ externalRef }) => externalRef);
    expect(refs(3).filter((ref) => refs(2).includes(ref))).toEqual([]);
  });

  it('has accounts with valid check digits', () => {
    const ibans = makePayables(SET, 400, ENDINGS).map(({ supplier }) => supplier.iban);
    expect(ibans.filter((iban) => remainderOf(iban) !== 1n)).toEqual([]);
  });

  it('meets the bank’s own amounts only where it should', () => {
    const magic = ENDINGS.amounts.map(({ amount }) => amount);
    const plain = makePayables(SET, 400, ENDINGS).filter(({ kind }) => kind === 'plain');
    expect(plain.filter(({ amount }) => magic.includes(amount))).toEqual([]);
    expect(plain.every(({ amount }) => centsOf(amount) < 300_000n)).toBe(true);
  });

  it('has two names at one account, and a supplier whose account changes with the set', () => {
    const rows = makePayables(SET, 40, ENDINGS);
    const [one, other] = rows.filter(({ kind }) => kind === 'shared-iban');
    expect(one?.supplier.iban).toBe(other?.supplier.iban);
    expect(one?.supplier.name).not.toBe(other?.supplier.name);
    const moved = (number: number) =>
      makePayables({ ...SET, number }, 40, ENDINGS).find(({ kind }) => kind === 'iban-changed')
        ?.supplier;
    expect(moved(2)?.name).toBe(moved(3)?.name);
    expect(moved(2)?.iban).not.toBe(moved(3)?.iban);
  });

  it('has everyday invoices only while the sandbox has not told its ways', () => {
    const kinds = new Set(
      makePayables(SET, 40, { payees: [], amounts: [] }).map((row) => row.kind),
    );
    expect(kinds).not.toContain('no-match');
    expect(kinds).not.toContain('declined');
  });
});
