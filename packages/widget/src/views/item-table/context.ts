import type { PayItem } from '@qonto-pay/shared';
import type { Language } from '../../language.js';
import type { TableMessages } from '../../messages/item-table.js';
import type { Choice } from './rows.js';

/** What every line is drawn from. */
export interface TableContext {
  words: TableMessages;
  language: Language;
  choice: Choice;
  selected: ReadonlySet<number>;
  /** Rows whose decision is made. */
  accepted: ReadonlySet<number>;
  /** The payer pressed "pay" before all was decided. */
  showMissing: boolean;
  /** Why a row was not paid, and what to do. */
  reasonOf: (item: PayItem) => string | undefined;
  proofUrl: (index: number) => string | undefined;
  /** Where to allow documents; `null`: allowed. */
  consentUrl: string | null;
  /** What is wrong with the file that the payer chose. */
  fileProblems: ReadonlyMap<number, string>;
  uploading: ReadonlySet<number>;
}

const LOCALES: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' };

/** Making one costs more than a hundred uses of it. */
function remembered<Made>(make: (locale: string) => Made): (language: Language) => Made {
  const made = new Map<Language, Made>();
  return (language) => {
    const one = made.get(language) ?? make(LOCALES[language]);
    made.set(language, one);
    return one;
  };
}

const moneyFormat = remembered(
  (locale) => new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }),
);
const dateFormat = remembered(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
);
const regionNames = remembered((locale) => new Intl.DisplayNames(locale, { type: 'region' }));

/** The amount stays text all the way: `Intl` reads decimal strings exactly. */
export const moneyText = (amount: string, language: Language): string =>
  moneyFormat(language).format(amount as `${number}`);

/** A calendar date, which has no time zone. */
export const dateText = (date: string, language: Language): string =>
  dateFormat(language).format(new Date(`${date.slice(0, 10)}T00:00:00Z`));

export function countryText(iban: string, language: Language): string {
  const code = iban.slice(0, 2);
  try {
    return regionNames(language).of(code) ?? code;
  } catch {
    return code;
  }
}
