import { languageOf, nearestLang } from '../language.js';
import { viewsEn } from './en.views.js';
import { viewsFr } from './fr.views.js';
import type { ViewMessages } from './view-messages.js';

/** The texts for the `lang` given, else for the language around the element. */
export const viewMessages = (element: HTMLElement): ViewMessages =>
  languageOf(element.lang || nearestLang(element)) === 'fr' ? viewsFr : viewsEn;
