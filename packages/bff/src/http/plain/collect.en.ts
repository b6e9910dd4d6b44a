import { linkWords } from '@qonto-pay/shared/link-words/link.en';
import { providerWords } from '@qonto-pay/shared/link-words/provider.en';

/** Words of who collects, on the pages without script: the pay page's, with those of table and paper. */
export const collectEn = {
  ...linkWords,
  provider: {
    ...providerWords,
    descriptionHint: 'At least 80 characters, or nothing.',
  },
  columns: { quantity: 'Quantity', unitPrice: 'Unit price', vat: 'VAT' },
  paper: {
    from: 'To be paid to',
    byLink: 'Pay online',
    byLinkText: 'Scan the code with your phone, or type the address.',
    byTransfer: 'Pay by bank transfer',
    onceOnly: 'Please pay once only: online, or by bank transfer.',
  },
};

export type CollectWords = typeof collectEn;
