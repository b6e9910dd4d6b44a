import fc from 'fast-check';
import { countrySpecs, ValidationErrorsIBAN, validateIBAN } from 'ibantools';
import { describe, expect, it } from 'vitest';
import { parseIban } from './iban.js';

const COUNTRIES =
  'AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM VA'.split(
    ' ',
  );
const DIGITS = '0123456789';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The oracle; it also knows national account keys, which the IBAN standard does not ask for. */
function isIbanByOracle(text: string): boolean {
  return validateIBAN(text).errorCodes.every(
    (code) => code === ValidationErrorsIBAN.WrongAccountBankBranchChecksum,
  );
}

/** Check digits as ISO 7064 makes them, in BigInt. */
function withCheckDigits(country: string, bban: string): string {
  const figures = [...`${bban}${country}00`].map((one) => Number.parseInt(one, 36)).join('');
  return `${country}${String(98n - (BigInt(figures) % 97n)).padStart(2, '0')}${bban}`;
}

/** Narrower than the oracle's: in Ireland a bank is named by four letters. */
const IRISH = '^[A-Z]{4}[0-9]{14}$';

/** IBANs made from the oracle's own table of structures. */
const iban = fc.constantFrom(...COUNTRIES).chain((country) => {
  const spec = countrySpecs[country as keyof typeof countrySpecs];
  const source = country === 'IE' ? IRISH : (spec?.bban_regexp ?? '');
  const parts = [...source.matchAll(/\[([^\]]+)\]\{(\d+)\}/g)].map(([, kind = '', count]) => {
    const letters = `${kind.includes('0-9') ? DIGITS : ''}${kind.includes('A-Z') ? CAPITALS : ''}`;
    const length = Number(count);
    return fc.string({ unit: fc.constantFrom(...letters), minLength: length, maxLength: length });
  });
  return fc.tuple(...parts).map((texts) => withCheckDigits(country, texts.join('')));
});

describe('an IBAN', () => {
  it('of each SEPA country is read, as the oracle reads it', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(iban, (text) => {
        seen.add(text.slice(0, 2));
        expect([text, isIbanByOracle(text)]).toEqual([text, true]);
        expect(parseIban(text)).toBe(text);
      }),
      { numRuns: 2000 },
    );
    expect([...seen].sort()).toEqual(COUNTRIES);
  });

  it('may be written in groups and in small letters', () => {
    fc.assert(
      fc.property(iban, (text) => {
        const grouped = text.replace(/(.{4})(?=.)/g, '$1 ');
        expect(parseIban(grouped)).toBe(text);
        expect(parseIban(text.toLowerCase())).toBe(text);
      }),
    );
  });

  it('is accepted only when the oracle accepts it, whatever the text', () => {
    const letters = fc.constantFrom(...DIGITS, ...CAPITALS, ' ', '-');
    const texts = fc.oneof(
      fc.string({ unit: letters, minLength: 13, maxLength: 36 }),
      fc.tuple(iban, fc.nat(40), letters).map(([text, at, letter]) => {
        const letters = [...text];
        letters[at % letters.length] = letter;
        return letters.join('');
      }),
      fc.string(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const read = parseIban(text);
        if (read !== undefined) expect([read, isIbanByOracle(read)]).toEqual([read, true]);
      }),
      { numRuns: 5000 },
    );
  });

  it('with one letter mistyped or two swapped is refused, unless the oracle agrees', () => {
    fc.assert(
      fc.property(iban, (text) => {
        for (const slip of slips(text)) {
          if (slip !== text && parseIban(slip) === slip) {
            expect([slip, isIbanByOracle(slip)]).toEqual([slip, true]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('with a digit mistyped for another digit is always refused', () => {
    fc.assert(
      fc.property(iban, (text) => {
        for (const [at, letter] of [...text].entries()) {
          if (!DIGITS.includes(letter)) continue;
          for (const digit of DIGITS) {
            if (digit === letter) continue;
            expect(parseIban(text.slice(0, at) + digit + text.slice(at + 1))).toBeUndefined();
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['nothing', ''],
    ['of a country outside SEPA', 'TR330006100519786457841326'],
    ['of no country', 'ZZ7630004008281023456700050'],
    ['too short', 'FR763000400828102345670005'],
    ['too long', 'FR76300040082810234567000500'],
    ['with wrong check digits', 'FR7730004008281023456700050'],
    ['with full-width letters', '\uff26\uff327630004008281023456700050'],
    ['with a letter that capitals turn into two', 'FR76300040082810234567000\u00df'],
    ['with a small dotless i', 'F\u01317630004008281023456700050'],
    ['with a zero-width space', 'FR76\u200b30004008281023456700050'],
    ['with a no-break space', 'FR76\u00a03000\u00a04008\u00a02810\u00a02345\u00a06700\u00a0050'],
    ['with a tab', 'FR76\t30004008281023456700050'],
    ['with a line end', 'FR7630004008281023456700050\n'],
    ['with dashes', 'FR76-3000-4008-2810-2345-6700-050'],
    ['that the documentation prints with wrong check digits', 'FR7610002006000000141790000'],
  ])('is never %s', (_what, text) => {
    expect(parseIban(text)).toBeUndefined();
  });

  it.each([
    ['00', '97'],
    ['01', '98'],
    ['99', '02'],
  ])('never has the check digits %s, which stand for %s to mod-97 alone', (digits, alike) => {
    const found = fc
      .sample(iban, { numRuns: 2000, seed: 7 })
      .find((text) => text.slice(2, 4) === alike);
    expect(parseIban(found ?? '')).toBe(found);
    expect(parseIban(`${found?.slice(0, 2)}${digits}${found?.slice(4)}`)).toBeUndefined();
  });
});

/** Every single substitution and every swap of neighbours. */
function* slips(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 1) {
    const [before, after] = [text.slice(0, at), text.slice(at + 1)];
    for (const letter of DIGITS + CAPITALS) yield before + letter + after;
    yield before + after.slice(0, 1) + (text[at] ?? '') + after.slice(1);
  }
}
