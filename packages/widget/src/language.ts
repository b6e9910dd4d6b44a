export type Language = 'en' | 'fr';

/** The `lang` that is in force at the element, through shadow roots; else the browser's. */
export function nearestLang(element: Node | undefined): string {
  if (!element) return navigator.language;
  const { lang, parentNode, host } = element as Partial<HTMLElement & ShadowRoot>;
  return lang || nearestLang(parentNode ?? host);
}

/** The language that we speak there. We write English and French; everybody else reads English. */
export const languageAt = (element: Node): Language =>
  /^fr\b/i.test(nearestLang(element)) ? 'fr' : 'en';
