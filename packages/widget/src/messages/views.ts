import { type Language, languageOf, nearestLang } from '../language.js';
import type { ViewMessages, WidgetViewMessages } from './view-messages.js';

const provided: Partial<Record<Language, WidgetViewMessages>> = {};

/** The pay page has both languages from the start, the widget's panel brings the one it needs. */
export const provideViewMessages = (language: Language, messages: WidgetViewMessages): void => {
  provided[language] = messages;
};

/** The texts for the `lang` given, else for the language around the element. */
export function viewMessages(element: HTMLElement): ViewMessages {
  const language = languageOf(element.lang || nearestLang(element));
  // Another language may be on its way: until then the one that is there stands.
  // `both-languages.ts` completes what the widget can do without.
  return (provided[language] ?? Object.values(provided)[0]) as ViewMessages;
}
