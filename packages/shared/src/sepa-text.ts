/**
 * Text that travels with a SEPA transfer. The remittance set is EPC217-08 (SEPA Requirements for an
 * Extended Character Set); names keep their diacritics because the payee check compares them.
 */
const NAME = /^[\p{Script=Latin}\p{M}0-9 /?:().,'’&+\-_@#*!"–]+$/u;
const REMITTANCE = /^[a-zA-Z0-9/\-?:().,'+ ]*$/;
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\p{Extended_Pictographic}--[\d#*©®™]]/v;
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

/** A payee's name as the bank may get it: 1–70 characters, Latin letters, NFC, nothing invisible. */
export function parsePayeeName(text: string): string | undefined {
  const name = text.normalize('NFC').trim();
  const length = [...name].length;
  return length >= 1 && length <= 70 && NAME.test(name) && !UNSAFE.test(name) ? name : undefined;
}

/**
 * A reference in the SEPA set: at most 140 characters after transliteration (`é` -> `e`), shown to
 * the payer as it will be sent. Other scripts, emoji and invisible characters are refused.
 */
export function parseReference(text: string): string | undefined {
  const given = text.normalize('NFC').trim();
  if (given === '' || UNSAFE.test(given.replace(/[\u00a0\u202f]/g, ' '))) return undefined;
  const plain = [...given].map((letter) => SPECIAL[letter] ?? letter).join('');
  const sepa = plain.normalize('NFD').replace(/\p{M}/gu, '').replace(/ {2,}/g, ' ');
  if (!REMITTANCE.test(sepa) || sepa.length > 140) return undefined;
  // EPC: no slash at either end, none doubled, or banks read it as a structured code.
  const clean = sepa.replace(/\/{2,}/g, '/').replace(/^\/+|\/+$/g, '');
  return clean === '' ? undefined : clean;
}
