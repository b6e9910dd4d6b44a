import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePayeeName, parseReference } from './sepa-text.js';

const SEPA = /^[a-zA-Z0-9/\-?:().,'+ ]{1,140}$/;
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 150 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom(...'aé/ ß€–’“#_°@&\u00a0\u202f\u0301\u200b\n'),
    maxLength: 80,
  }),
);
const good = fc.string({
  unit: fc.constantFrom(...'abcXYZ019 éèüñçßœÅ/-?:().,+'),
  minLength: 1,
  maxLength: 60,
});

/** What must not travel in a payment, wherever in the text it stands. */
const FORBIDDEN: [what: string, letter: string][] = [
  ['a line end', '\n'],
  ['a tab', '\t'],
  ['a null character', '\0'],
  ['a delete character', '\x7f'],
  ['a C1 control character', '\x85'],
  ['a line separator', '\u2028'],
  ['a right-to-left override', '\u202e'],
  ['a right-to-left mark', '\u200f'],
  ['a bidi isolate', '\u2067'],
  ['an arabic letter mark', '\u061c'],
  ['a zero-width space', '\u200b'],
  ['a zero-width joiner', '\u200d'],
  ['a word joiner', '\u2060'],
  ['a byte order mark', '\ufeff'],
  ['a soft hyphen', '\u00ad'],
  ['a combining grapheme joiner', '\u034f'],
  ['a variation selector', '\ufe0f'],
  ['a tag character', '\u{e0041}'],
  ['an emoji', '😀'],
  ['a keycap', '1\ufe0f\u20e3'],
  ['a flag', '🇫🇷'],
  ['a cyrillic letter', '\u0430'],
  ['a greek letter', '\u03b1'],
  ['a hebrew letter', '\u05d0'],
  ['a hebrew point', '\u05b0'],
  ['an arabic letter', '\u0627'],
  ['an arabic mark', '\u064b'],
  ['a thai mark', '\u0e31'],
  ['a chinese character', '漢'],
  ['half of a character', '\ud83d'],
  ['a private character', '\ue000'],
];
const PLACES: [where: string, put: (letter: string) => string][] = [
  ['in front of', (letter) => `${letter}Invoice 1042`],
  ['inside', (letter) => `Invo${letter}ice 1042`],
  ['behind', (letter) => `Invoice 1042${letter}`],
];
const REFUSED = FORBIDDEN.flatMap(([what, letter]) =>
  PLACES.map(([where, put]): [string, string, string] => [what, where, put(letter)]),
);

describe('a reference', () => {
  it('as it is sent is of the SEPA set, at most 140 characters, and not of spaces alone', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const sent = parseReference(text);
        if (sent === undefined) return;
        expect(sent).toMatch(SEPA);
        expect(sent).toBe(sent.trim());
        expect(sent).not.toMatch(/^\/|\/\/|\/$/);
      }),
      { numRuns: 5000 },
    );
  });

  it('is simplified once: what is sent stays as it is', () => {
    fc.assert(
      fc.property(fc.oneof(good, anyText), (text) => {
        const sent = parseReference(text);
        if (sent !== undefined) expect(parseReference(sent)).toBe(sent);
      }),
      { numRuns: 3000 },
    );
  });

  it('means the same composed or decomposed', () => {
    fc.assert(
      fc.property(good, (text) => {
        expect(parseReference(text.normalize('NFD'))).toBe(parseReference(text.normalize('NFC')));
      }),
    );
  });

  it.each([
    ['Facture nº 12'.replace('º', '°'), 'Facture n. 12'],
    ['Straße & Söhne', 'Strasse + Sohne'],
    ['Œuvre “Été” – 100 €', "OEuvre 'Ete' - 100 EUR"],
    ['Łódź, Ångström', 'Lodz, Angstrom'],
    ['a\u00a0b\u202fc', 'a b c'],
    ['/RF//18/', 'RF/18'],
    ['  Invoice 1042 ', 'Invoice 1042'],
    ['me@example.com_#1', 'me(at)example.com-.1'],
  ])('%j is sent as %j', (given, sent) => {
    expect(parseReference(given)).toBe(sent);
  });

  it('may have 140 characters, counted as they are sent', () => {
    expect(parseReference('x'.repeat(140))).toHaveLength(140);
    expect(parseReference('x'.repeat(141))).toBeUndefined();
    expect(parseReference('€'.repeat(46))).toHaveLength(138);
    expect(parseReference('€'.repeat(47))).toBeUndefined();
  });

  it.each(['', '   ', '/', '//', '/ /', ' / / ', '\u00a0'])('is never nothing: %j', (text) => {
    expect(parseReference(text)).toBeUndefined();
  });

  it.each(REFUSED)('with %s %s its text is refused', (_what, _where, text) => {
    expect(parseReference(text)).toBeUndefined();
  });
});

describe("a payee's name", () => {
  it('is sent as it was given, diacritics included', () => {
    for (const name of [
      'Atelier Lumière SARL',
      'Łódź Æther Øst',
      'Müller & Söhne',
      "L'Été (SAS)",
    ]) {
      expect(parsePayeeName(name)).toBe(name);
    }
    expect(parsePayeeName('Lumie\u0300re')).toBe('Lumi\u00e8re');
    expect(parsePayeeName('  ACME ')).toBe('ACME');
  });

  it('has 1 to 70 characters of one line, none of them invisible', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = parsePayeeName(text);
        if (name === undefined) return;
        expect([...name].length).toBeLessThanOrEqual(70);
        expect(name).toMatch(/\S/);
        expect(name).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{Emoji_Presentation}]|\u034f|\ufe0f/u);
        expect(parsePayeeName(name)).toBe(name);
      }),
      { numRuns: 5000 },
    );
    expect(parsePayeeName('x'.repeat(70))).toBeDefined();
    expect(parsePayeeName('x'.repeat(71))).toBeUndefined();
    expect(parsePayeeName('   ')).toBeUndefined();
  });

  it('of half a million spaces takes no time, nor does a reference', () => {
    const long = `a${' '.repeat(500_000)}b`;
    expect([parsePayeeName(long), parseReference(long)]).toEqual([undefined, undefined]);
  }, 1000);

  it.each(REFUSED)('with %s %s its text is refused', (_what, _where, text) => {
    expect(parsePayeeName(text)).toBeUndefined();
  });
});
