/**
 * SEPA countries with the BBAN structure of the SWIFT IBAN registry (ISO 13616): `n` digits,
 * `a` capitals, `c` either. The structure catches the letter-for-digit slips that mod-97 lets by.
 */
const STRUCTURES: Record<string, string> = {
  AD: '8n12c',
  AL: '8n16c',
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
  MD: '20c',
  ME: '18n',
  MK: '3n10c2n',
  MT: '4a5n18c',
  NL: '4a10n',
  NO: '11n',
  PL: '24n',
  PT: '21n',
  RO: '4a16c',
  RS: '18n',
  SE: '20n',
  SI: '15n',
  SK: '20n',
  SM: '1a10n12c',
  VA: '18n',
};

const CLASSES: Record<string, string> = { n: '[0-9]', a: '[A-Z]', c: '[A-Z0-9]' };

/** 02 to 98: to mod-97 alone 00, 01 and 99 would be second names of 97, 98 and 02. */
const CHECK_DIGITS = '(?:0[2-9]|[1-8][0-9]|9[0-8])';

const PATTERNS = new Map(
  Object.entries(STRUCTURES).map(([country, structure]) => {
    const bban = structure.replace(
      /(\d+)([nac])/g,
      (_part, length: string, kind: string) => `${CLASSES[kind]}{${length}}`,
    );
    return [country, new RegExp(`^${country}${CHECK_DIGITS}${bban}$`)];
  }),
);

/**
 * Reads an IBAN of a SEPA country: length, structure and mod-97 (ISO 7064) must all agree.
 * @returns it without spaces, in capitals, or `undefined`.
 */
export function parseIban(text: string): string | undefined {
  if (!/^[A-Za-z0-9 ]{15,42}$/.test(text)) return undefined;
  const iban = text.replaceAll(' ', '').toUpperCase();
  return PATTERNS.get(iban.slice(0, 2))?.test(iban) && remainder(iban) === 1 ? iban : undefined;
}

function remainder(iban: string): number {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    for (const digit of Number.parseInt(character, 36).toString()) {
      rest = (rest * 10 + Number(digit)) % 97;
    }
  }
  return rest;
}
