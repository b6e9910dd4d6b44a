import type { LaterPart } from './intent-controller.js';
import type { Language } from './language.js';

/** The later part and its texts come together, the texts in the language asked for. */
export async function loadLaterPart(language: Language): Promise<LaterPart> {
  const [{ laterPart }, { messages }] = await Promise.all([
    import('./later.js'),
    language === 'fr' ? import('./messages/later.fr.js') : import('./messages/later.en.js'),
  ]);
  laterPart.provideMessages(language, messages);
  return laterPart;
}
