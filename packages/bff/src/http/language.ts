import type { Request } from 'express';

export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Figures and days stand as in Europe, which English without a country does not say. */
export const localeOf = (language: Language): string => (language === 'fr' ? 'fr-FR' : 'en-GB');

/** The page's language: asked for, else the browser's, else English. */
export function languageOf(req: Request): Language {
  const asked = LANGUAGES.find((language) => language === req.query.lang);
  return asked ?? ((req.acceptsLanguages([...LANGUAGES]) || 'en') as Language);
}
