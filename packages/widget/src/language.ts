export type Language = 'en' | 'fr';

/** The `lang` that is in force at the element, through shadow roots; else the browser's. */
export function nearestLang(element: HTMLElement): string {
  let node: Node | null = element;
  while (node) {
    if (node instanceof HTMLElement && node.lang) return node.lang;
    node = node instanceof ShadowRoot ? node.host : node.parentNode;
  }
  return navigator.language;
}

/** We write English and French; everybody else reads English. */
export const languageOf = (lang: string): Language => (/^fr\b/i.test(lang) ? 'fr' : 'en');
