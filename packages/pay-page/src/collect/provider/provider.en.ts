import { providerWords } from '@qonto-pay/shared/link-words/provider.en';
import type { ProviderMessages } from './provider-messages.js';

export const words: ProviderMessages = {
  ...providerWords,
  problems: {
    ...providerWords.problems,
    'account-not-usable': 'The money cannot arrive on this account. Please choose another one.',
  },
  counter: (count) => `${count} of at least 80 characters`,
  connecting: 'Connecting…',
};
