import { describe, expect, it } from 'vitest';
import { linkWords } from './link.fr.js';
import { providerWords } from './provider.fr.js';

/** Every sentence in there, those with names and numbers too. */
function sentencesOf(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  if (typeof words === 'function') return [words('1', '2')];
  return Object.values(words as object).flatMap(sentencesOf);
}

describe('the French words of payment links', () => {
  it('have a no-break space wherever French typography asks for one', () => {
    const sentences = sentencesOf([linkWords, providerWords]);
    const wrong = sentences.filter((sentence) =>
      /[^\u00a0][:;?!»]|«[^\u00a0]/.test(sentence.replaceAll('https:', '')),
    );
    expect(sentences).toContain('Créer le lien de paiement de 1');
    expect(wrong).toEqual([]);
  });
});
