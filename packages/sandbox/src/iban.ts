/** BBAN structure of the SEPA countries: n digits, a letters, c both (SWIFT IBAN registry). */
const STRUCTURES: Record<string, string> = {
  AD: '8n12c',
  AT: '16n',
  BE: '12n',
  BG: '4a6n8c',
  CH: '5n12c',
  CY: '8n16c',
  CZ: '20n',
  DE: '18n',
  DK: '14n',
  EE: '16n',
  ES: '20n',
  FI: '14n',
  FR: '10n11c2n',
  GB: '4a14n',
  GI: '4a15c',
  GR: '7n16c',
  HR: '17n',
  HU: '24n',
  IE: '4a14n',
  IS: '22n',
  IT: '1a10n12c',
  LI: '5n12c',
  LT: '16n',
  LU: '3n13c',
  LV: '4a13c',
  MC: '10n11c2n',
  MT: '4a5n18c',
  NL: '4a10n',
  NO: '11n',
  PL: '24n',
  PT: '21n',
  RO: '4a16c',
  SE: '20n',
  SI: '15n',
  SK: '20n',
  SM: '1a10n12c',
  VA: '18n',
};
const CLASSES: Record<string, string> = { n: '[0-9]', a: '[A-Z]', c: '[A-Z0-9]' };

const patterns = new Map(
  Object.entries(STRUCTURES).map(([country, structure]) => [country, patternOf(structure)]),
);

function patternOf(structure: string): RegExp {
  const body = structure.replace(
    /(\d+)([nac])/g,
    (_match, length: string, kind: string) => `${CLASSES[kind]}{${length}}`,
  );
  return new RegExp(`^[A-Z]{2}[0-9]{2}${body}$`);
}

/** True for an IBAN without spaces, of a SEPA country, with its structure and check digits. */
export function isIban(text: string): boolean {
  return (patterns.get(text.slice(0, 2))?.test(text) ?? false) && remainderOf(text) === 1;
}

/** "FR76 1695 8000 …", in groups of four as a person reads it. */
export function groupedIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ');
}

function remainderOf(iban: string): number {
  const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  let remainder = 0;
  for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder;
}
