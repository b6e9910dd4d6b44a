import { type Language, languageAt } from '../language.js';
import type { ViewMessages } from './view-messages.js';

const provided: Partial<Record<Language, ViewMessages>> = {};

/** The pay page provides both languages from the start, the widget's panel the one that it needs. */
export function provideMessages(language: Language, messages: ViewMessages): void {
  provided[language] = messages;
}

/** The texts in the language at the element. */
export function viewMessages(element: HTMLElement): ViewMessages {
  // Another language may be on its way: until then the one that is there stands.
  return (provided[languageAt(element)] ?? Object.values(provided)[0]) as ViewMessages;
}
