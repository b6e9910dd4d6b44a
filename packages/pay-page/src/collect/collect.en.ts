import { linkWords } from '@qonto-pay/shared/link-words/link.en';
import type { CollectMessages } from './collect-messages.js';

export const words: CollectMessages = {
  ...linkWords,
  leave: 'Leave without a link',
  problems: {
    ...linkWords.problems,
    'link-lost': 'No answer has come. You can press again: it stays one link.',
    'not-the-payee':
      'The invoice names another company as the one to be paid. Sign in for that company: press “Not you?”.',
    'not-allowed':
      'Qonto lets only an owner or admin of your company do this. Please ask one of them.',
    'bank-unavailable': 'Qonto does not answer at the moment. Please try again shortly.',
    'bank-refused': 'Qonto did not accept this, and gave no reason that we know.',
    'partner-paused': 'Payment links from this site are paused at the moment. No link was created.',
  },
  amount: 'To be collected',
  quantity: (quantity, price) => `${quantity} × ${price}`,
  vatRate: (rate) => `VAT\u00a0${rate}`,
  ofRow: (net, vat) => `Net\u00a0${net}, VAT\u00a0${vat}`,
  creating: 'Creating…',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'The browser did not let us copy. Select the link and copy it yourself.',
  closing: 'Your link is ready. This window closes now, and the invoice shows it.',
  again: 'Try again',
  keep: 'No, keep it',
};
