import type { Language } from '../messages/languages.js';

/** How a language writes money, percentages, dates and account numbers. */
export function formatsIn(language: Language) {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  const euros = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' });
  const percents = new Intl.NumberFormat(locale, { style: 'percent' });
  const shortDates = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    // A decimal string goes in as it is, so no digit is lost on the way.
    money: (amount: string) => euros.format(amount as Intl.StringNumericLiteral),
    percent: (percent: number) => percents.format(percent / 100),
    date: (day: string) => dates.format(new Date(day)),
    shortDate: (day: string) => shortDates.format(new Date(day)),
    iban: (iban: string) => iban.replace(/(.{4})(?=.)/g, '$1 '),
  };
}

export type Formats = ReturnType<typeof formatsIn>;
