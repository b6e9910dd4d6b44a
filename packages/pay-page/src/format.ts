import type { Language } from './language.js';

/** Money as the payer's language writes it. The amount stays text, so no float touches it. */
export function formatMoney(amount: string, language: Language): string {
  const format = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'currency',
    currency: 'EUR',
  });
  return format.format(amount as `${number}`);
}

/** The country of the payee's bank, from the IBAN's first two letters. */
export function bankCountry(iban: string, language: Language): string {
  const code = iban.slice(0, 2);
  try {
    return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** A calendar date (`2026-12-01`), which has no time zone. */
export function formatDate(date: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  });
  return format.format(new Date(`${date.slice(0, 10)}T00:00:00Z`));
}
