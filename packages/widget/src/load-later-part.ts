import type { LaterPart } from './intent-controller.js';
import type { Language } from './language.js';

/**
 * The later part and its texts come together, the texts in the language asked for. What is shown of
 * a payment link comes with them where one is to be made.
 */
export async function loadLaterPart(language: Language, mode: string): Promise<LaterPart> {
  const [{ laterPart }, { messages }, collect] = await Promise.all([
    import('./later.js'),
    language === 'fr' ? import('./messages/later.fr.js') : import('./messages/later.en.js'),
    mode === 'collect' ? import('./collect/collect-part.js') : undefined,
  ]);
  laterPart.provideMessages(language, messages);
  return { ...laterPart, ...collect?.collectPart };
}
