import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownBeneficiaries } from './data/beneficiaries.js';
import { MAGIC_PAYEES } from './data/magic.js';
import { openingAccounts } from './data/organizations.js';
import { groupedIban, isIban } from './iban.js';

const ALL = [...knownBeneficiaries(0), ...MAGIC_PAYEES, ...openingAccounts(0)].map(
  ({ iban }) => iban,
);

/** The French national key, a second check inside the IBAN. */
function hasRibKey(iban: string): boolean {
  const [bank, branch, account, key] = [
    iban.slice(4, 9),
    iban.slice(9, 14),
    iban.slice(14, 25),
    iban.slice(25),
  ];
  const sum = 89n * BigInt(bank) + 15n * BigInt(branch) + 3n * BigInt(account);
  return 97n - (sum % 97n) === BigInt(key);
}

describe('the data', () => {
  it.each(ALL)('%s is a real IBAN (facts 5.5)', (iban) => {
    expect(isIban(iban)).toBe(true);
    if (iban.startsWith('FR')) expect(hasRibKey(iban)).toBe(true);
  });

  it('has each IBAN once, and no magic payee but the trusted one among the beneficiaries', () => {
    const ordinary = MAGIC_PAYEES.filter(({ effect }) => effect !== 'trusted').map(
      ({ iban }) => iban,
    );
    const known = new Set(knownBeneficiaries(0).map(({ iban }) => iban));
    expect(known.size).toBe(30);
    expect(ordinary.filter((iban) => known.has(iban))).toEqual([]);
    expect(new Set(ordinary).size).toBe(ordinary.length);
  });
});

it.each([
  ['of the old documentation', 'FR7610002006000000141790000'],
  ['with spaces', 'FR76 1695 8000 0148 4944 0866 435'],
  ['in lower case', 'fr7616958000014849440866435'],
  ['too short', 'FR761695800001484944086643'],
  ['of a country outside SEPA', 'BR1800360305000010009795493C1'],
  ['of a letter where a digit belongs', 'DE8937040044053201300A'],
])('refuses an IBAN %s (facts 5.5)', (_what, iban) => {
  expect(isIban(iban)).toBe(false);
});

it('refuses an IBAN with one wrong digit', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ALL),
      fc.nat(),
      fc.integer({ min: 1, max: 9 }),
      (iban, at, by) => {
        const digits = [...iban].flatMap((character, index) =>
          /\d/.test(character) ? [index] : [],
        );
        const index = digits[at % digits.length] ?? 2;
        const wrong = String((Number(iban[index]) + by) % 10);
        expect(isIban(iban.slice(0, index) + wrong + iban.slice(index + 1))).toBe(false);
      },
    ),
  );
});

it('groups by four', () => {
  expect(groupedIban('BE68539007547034')).toBe('BE68 5390 0754 7034');
});
