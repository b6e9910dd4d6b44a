export type Language = 'en' | 'fr';

/** The `lang` that is in force at the element, through shadow roots; else the browser's. */
export function nearestLang(element: Element | undefined): string {
  if (!element) return navigator.language;
  const named = element.closest<HTMLElement>('[lang]');
  return named?.lang || nearestLang((element.getRootNode() as Partial<ShadowRoot>).host);
}

/** We write English and French; everybody else reads English. */
export const languageOf = (lang: string): Language => (/^fr\b/i.test(lang) ? 'fr' : 'en');
