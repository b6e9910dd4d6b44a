import { recall, remember } from './window-memory.js';

/** The languages that we write; everybody else reads English. */
export type Language = 'en' | 'fr';

const REMEMBERED = 'qonto-pay-lang';

const known = (lang: string | null): Language | undefined => {
  const base = lang?.slice(0, 2).toLowerCase();
  return base === 'en' || base === 'fr' ? base : undefined;
};

/**
 * `?lang=` first, then what this window was opened with (the way back from the sign-in carries no
 * query), then the page's own `lang`, then the browser.
 */
export function pageLanguage(): Language {
  const asked = known(new URLSearchParams(location.search).get('lang'));
  if (asked) remember(REMEMBERED, asked);
  return (
    asked ??
    known(recall(REMEMBERED)) ??
    known(document.documentElement.lang) ??
    navigator.languages.map(known).find((language) => language !== undefined) ??
    'en'
  );
}
