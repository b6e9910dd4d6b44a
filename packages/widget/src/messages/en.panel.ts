import type { PanelMessages } from './panel-messages.js';

export const panelEn: PanelMessages = {
  title: 'Payment',
  titleMany: (count) => `Payment of ${count} invoices`,
  fold: 'Hide',
  unfold: 'Details',
  continueHere: 'Go on in this tab',
  openPayPage: 'Open the payment page',
  retry: 'Try again',
  states: {
    connecting: {
      heading: 'Go on in the payment window',
      sentence: 'Sign in to Qonto there, check the payment and confirm it.',
    },
    open: {
      heading: 'Ready to be paid',
      sentence: 'Press the button to pay.',
    },
    withdrawn: {
      heading: 'Withdrawn',
      sentence: 'The sender has withdrawn this request. There is nothing to pay here.',
    },
    lapsed: {
      heading: 'Request expired',
      sentence: 'Ask the sender for a new one.',
    },
  },
  problem: 'That did not work',
  problems: {
    'intent-missing': 'This button is not connected to an invoice. Please tell the site’s owner.',
    'intent-failed': 'This site could not prepare the payment. Nothing was paid, please try again.',
    'intent-not-found': 'This invoice is not known here. Reload the page, or ask the sender.',
    'mode-mismatch': 'This invoice cannot be used with this button. Please tell the site’s owner.',
    connection: 'The status cannot be shown right now. The payment page has it.',
    'window-blocked': 'Did the payment window not open? You can go on in this tab.',
  },
  payRest: (count) => (count > 1 ? `Pay the remaining ${count}` : 'Pay the last one'),
};
