import { type Language, languageAt } from '../language.js';
import type { CollectMessages } from './collect-messages.js';
import { collectEn } from './en.js';
import { collectFr } from './fr.js';

/** Both come with the part: it is small. */
const messages: Record<Language, CollectMessages> = { en: collectEn, fr: collectFr };

/** The texts in the language at the element. */
export const messagesAt = (element: Node): CollectMessages => messages[languageAt(element)];
