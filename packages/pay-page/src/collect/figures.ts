import type { Language } from '../language.js';

const localeOf = (language: Language): string => (language === 'fr' ? 'fr-FR' : 'en-GB');

/** Figures stay text, so no float touches them. */
function figure(value: string, language: Language, options: Intl.NumberFormatOptions = {}): string {
  const format = new Intl.NumberFormat(localeOf(language), {
    maximumFractionDigits: 3,
    ...options,
  });
  return format.format(value as `${number}`);
}

export const formatRate = (rate: string, language: Language): string =>
  figure(rate, language, { style: 'unit', unit: 'percent' });

/** A quantity in its unit; `unit` itself and none go without a word. */
export function formatQuantity(quantity: string, unit: string | null, language: Language): string {
  try {
    if (unit) return figure(quantity, language, { style: 'unit', unit, unitDisplay: 'long' });
  } catch {
    // `Intl` has no words for some units: those stand as the bank names them.
  }
  const plain = figure(quantity, language);
  return unit && unit !== 'unit' ? `${plain} ${unit.replaceAll('_', ' ')}` : plain;
}

/** A moment, on the reader's own clock. */
export function formatMoment(iso: string, language: Language): string {
  const format = new Intl.DateTimeFormat(localeOf(language), {
    dateStyle: 'long',
    timeStyle: 'short',
  });
  return format.format(new Date(iso));
}

/** The day of a moment, on the reader's own calendar. */
export function formatDay(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long' }).format(new Date(iso));
}
