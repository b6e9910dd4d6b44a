import { en } from './en.js';
import { fr } from './fr.js';
import type { Messages } from './messages.js';

const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

const all: Record<Language, Messages> = { en, fr };

/** The language that a page was asked for; English unless it is one of ours. */
export function languageOf(value: unknown): Language {
  return LANGUAGES.find((language) => language === value) ?? 'en';
}

/** Keeps the visitor's language along a link of ours. */
export function withLanguage(path: string, language: Language): string {
  return language === 'en' ? path : `${path}?lang=${language}`;
}

export function messagesIn(language: Language): Messages {
  return all[language];
}
