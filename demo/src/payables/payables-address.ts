import type { Language } from '../messages/languages.js';
import { SET_SIZES, type SetSize } from './make-payables.js';

/** The page with so many rows, in a language. */
export function payablesAddress(size: SetSize, language: Language): string {
  const query = payablesQuery(size, language).toString();
  return query ? `/payables?${query}` : '/payables';
}

/** What an address of the page keeps, empty where it is as for a newcomer. */
export function payablesQuery(size: SetSize, language: Language): URLSearchParams {
  const query = new URLSearchParams();
  if (size !== SET_SIZES[0]) query.set('rows', String(size));
  if (language !== 'en') query.set('lang', language);
  return query;
}
