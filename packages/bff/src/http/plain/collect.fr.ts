import { linkWords } from '@qonto-pay/shared/link-words/link.fr';
import { providerWords } from '@qonto-pay/shared/link-words/provider.fr';
import type { CollectWords } from './collect.en.js';

/** Before `?`, `:` and inside « » stands a no-break space (U+00A0), as French typography asks. */
export const collectFr: CollectWords = {
  ...linkWords,
  provider: {
    ...providerWords,
    descriptionHint: 'Au moins 80 caractères, ou rien.',
  },
  columns: { quantity: 'Quantité', unitPrice: 'Prix unitaire HT', vat: 'TVA' },
  paper: {
    from: 'À payer à',
    byLink: 'Payer en ligne',
    byLinkText: 'Scannez le code avec votre téléphone, ou saisissez l’adresse.',
    byTransfer: 'Payer par virement',
    onceOnly: 'Veuillez payer une seule fois\u00a0: en ligne, ou par virement.',
  },
};
