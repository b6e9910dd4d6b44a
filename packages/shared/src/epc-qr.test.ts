import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BankTransfer, epcPayload } from './epc-qr.js';
import { parsePayeeName, parseReference } from './sepa-text.js';

const transfer: BankTransfer = {
  name: 'Wikimedia Fördergesellschaft',
  iban: 'DE33100205000001194700',
  amountCents: 1230n,
  reference: 'Spende fur Wikipedia',
};

const LETTERS = 'aZ09 éàçñöüÅøßœŁţÿ&.,-–’ẞếƏ';
const names = fc
  .string({ unit: fc.constantFrom(...LETTERS), maxLength: 80 })
  .filter((name) => parsePayeeName(name) === name);
const references = fc
  .string({ unit: fc.constantFrom(..."aZ09/-?:().,'+ "), maxLength: 150 })
  .filter((reference) => parseReference(reference) === reference);
const transfers = fc.record({
  name: names,
  iban: fc.constantFrom('FR7630006000011234567890189', 'MT84MALT011000012345MTLCAST001S'),
  amountCents: fc.bigInt({ min: 1n, max: 99_999_999_999n }),
  reference: references,
});

/** A second reading of the guidelines: from the text to the transfer, element by element. */
function readByHand(payload: string): BankTransfer {
  const [
    tag,
    version,
    set,
    kind,
    bic,
    name,
    iban,
    amount,
    purpose,
    structured,
    reference,
    ...rest
  ] = payload.split('\n');
  expect([tag, version, set, kind]).toEqual(['BCD', '002', '1', 'SCT']);
  expect([bic, purpose, structured, rest]).toEqual(['', '', '', []]);
  const [, units = '', decimals = ''] = /^EUR(\d+)\.(\d\d)$/.exec(amount ?? '') ?? [];
  const amountCents = BigInt(units) * 100n + BigInt(decimals);
  return { name: name ?? '', iban: iban ?? '', amountCents, reference: reference ?? '' };
}

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

describe('the text of an EPC QR code', () => {
  it('has the elements in their order, each on a line of its own', () => {
    expect(epcPayload(transfer)).toBe(
      'BCD\n002\n1\nSCT\n\nWikimedia Fördergesellschaft\nDE33100205000001194700\nEUR12.30\n\n\nSpende fur Wikipedia',
    );
  });

  it('is read back as the same transfer, or is too long, whatever the transfer', () => {
    fc.assert(
      fc.property(transfers, (given) => {
        const payload = epcPayload(given);
        // All but the name, with its line ends.
        const others = bytesOf(`BCD\n002\n1\nSCT\n\n\n${given.iban}\nEUR\n\n\n${given.reference}`);
        const amount = String(given.amountCents).padStart(3, '0').length + 1;
        const isTooLong = others + amount + bytesOf(given.name) > 331;
        expect(payload === undefined).toBe(isTooLong);
        if (payload !== undefined) expect(readByHand(payload)).toEqual(given);
      }),
      { numRuns: 2000 },
    );
  });

  it('of 331 bytes is given, and one byte more is not', () => {
    const longest = {
      ...transfer,
      reference: 'r'.repeat(140),
      amountCents: 99_999_999_999n,
      iban: 'MT84MALT011000012345MTLCAST001S',
    };
    const name = 'ế'.repeat(27) + 'é'.repeat(22);
    const full = epcPayload({ ...longest, name });
    expect([full?.length, bytesOf(full ?? '')]).toEqual([expect.any(Number), 331]);
    expect(epcPayload({ ...longest, name: `${name}a` })).toBeUndefined();
  });

  it('ends after the last element that is given', () => {
    expect(epcPayload({ ...transfer, reference: '' })).toMatch(/EUR12\.30$/);
  });

  it.each([
    ['an amount of zero', { amountCents: 0n }],
    ['a negative amount', { amountCents: -1n }],
    ['an amount of a thousand millions', { amountCents: 100_000_000_000n }],
    ['no name', { name: '' }],
    ['a name of 71 characters', { name: 'n'.repeat(71) }],
    ['a name of two lines', { name: 'ACME\nDE02120300000000202051' }],
    ['a reference of 141 characters', { reference: 'r'.repeat(141) }],
    ['a reference of two lines', { reference: 'Invoice\r1' }],
  ])('is not made for %s', (_what, changes) => {
    expect(epcPayload({ ...transfer, ...changes })).toBeUndefined();
  });
});
