import { type Language, localeOf } from '../language.js';

/** Figures stay text, so no float touches them. */
function figure(value: string, language: Language, options: Intl.NumberFormatOptions = {}): string {
  const format = new Intl.NumberFormat(localeOf(language), {
    maximumFractionDigits: 3,
    ...options,
  });
  return format.format(value as Intl.StringNumericLiteral);
}

export const rate = (perCent: string, language: Language): string =>
  figure(perCent, language, { style: 'unit', unit: 'percent' });

/** A quantity in its unit; `unit` itself and none go without a word. */
export function quantity(value: string, unit: string | null, language: Language): string {
  try {
    if (unit) return figure(value, language, { style: 'unit', unit, unitDisplay: 'long' });
  } catch {
    // `Intl` has no words for some units: those stand as the bank names them.
  }
  const plain = figure(value, language);
  return unit && unit !== 'unit' ? `${plain} ${unit.replaceAll('_', ' ')}` : plain;
}

/** Without script nobody knows the reader's clock: the time is told with its zone. */
export function moment(iso: string, language: Language): string {
  const format = new Intl.DateTimeFormat(localeOf(language), {
    ...({ day: 'numeric', month: 'short', year: 'numeric' } as const),
    ...({ hour: 'numeric', minute: '2-digit', timeZone: 'UTC', timeZoneName: 'short' } as const),
  });
  return format.format(new Date(iso));
}
