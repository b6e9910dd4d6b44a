/**
 * Text that travels with a SEPA transfer. The remittance set is EPC217-08 (SEPA Requirements for an
 * Extended Character Set); names keep their diacritics because the payee check compares them.
 */
// U+034F is left out of the combining marks: it is invisible.
const NAME = /^(?:[\p{Script=Latin}0-9 /?:().,'’&+\-_@#*!"–]|[\u0300-\u034e]|[\u0350-\u036f])+$/u;
const REMITTANCE = /^[a-zA-Z0-9/\-?:().,'+ ]*$/;
const SPECIAL: Record<string, string> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ı: 'i',
  '€': 'EUR',
  '&': '+',
  '@': '(at)',
  _: '-',
  '–': '-',
  '—': '-',
  '’': "'",
  '‘': "'",
  '“': "'",
  '”': "'",
  '"': "'",
  '«': "'",
  '»': "'",
  '°': '.',
  '#': '.',
  '\u00a0': ' ',
  '\u202f': ' ',
};

/** The diacritics of Latin letters. Marks of other scripts and invisible ones are not taken off. */
const DIACRITICS = /[\u0300-\u034e\u0350-\u036f]/g;
/** Of ASCII spaces only: `trim` would also hide a control or zero-width character at an end. */
const OUTER_SPACES = /^ +| +$/g;
/** Far more than may travel: what is longer is not worth the work of the expressions here. */
const MAX_GIVEN = 1000;

/** A payee's name as the bank may get it: 1–70 characters, Latin letters, NFC, nothing invisible. */
export function parsePayeeName(text: string): string | undefined {
  if (text.length > MAX_GIVEN) return undefined;
  const name = text.normalize('NFC').replace(OUTER_SPACES, '');
  const length = [...name].length;
  return length >= 1 && length <= 70 && NAME.test(name) ? name : undefined;
}

/**
 * A reference in the SEPA set: at most 140 characters after transliteration (`é` -> `e`), shown to
 * the payer as it will be sent. Other scripts, emoji and invisible characters are refused.
 */
export function parseReference(text: string): string | undefined {
  if (text.length > MAX_GIVEN) return undefined;
  const given = [...text.normalize('NFC')].map((letter) => SPECIAL[letter] ?? letter).join('');
  const plain = given.normalize('NFD').replace(DIACRITICS, '');
  if (!REMITTANCE.test(plain)) return undefined;
  // EPC: no slash at either end, none doubled, or banks read it as a structured code.
  const clean = plain
    .replace(/ {2,}/g, ' ')
    .replace(/\/{2,}/g, '/')
    .replace(/^[/ ]+|[/ ]+$/g, '');
  return clean === '' || clean.length > 140 ? undefined : clean;
}
