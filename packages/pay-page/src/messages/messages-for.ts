import type { Language } from '../language.js';
import { en } from './en.js';
import { fr } from './fr.js';
import type { Messages } from './messages.js';

export const messagesFor = (language: Language): Messages => (language === 'fr' ? fr : en);
