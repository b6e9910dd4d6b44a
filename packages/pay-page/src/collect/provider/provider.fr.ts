import { providerWords } from '@qonto-pay/shared/link-words/provider.fr';
import type { ProviderMessages } from './provider-messages.js';

/** Before `?`, `:` and inside « » stands a no-break space (U+00A0), as French typography asks. */
export const words: ProviderMessages = {
  ...providerWords,
  problems: {
    ...providerWords.problems,
    'account-not-usable':
      'L’argent ne peut pas arriver sur ce compte. Veuillez en choisir un autre.',
  },
  counter: (count) => `${count} caractère${count > 1 ? 's' : ''} sur 80 au minimum`,
  connecting: 'Connexion…',
};
