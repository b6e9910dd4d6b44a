import type { CollectMessages } from './collect-messages.js';

export const collectEn: CollectMessages = {
  title: 'Payment link',
  fold: 'Hide',
  unfold: 'Details',
  labels: {
    making: 'Being made…',
    choosing: 'Your choice is needed',
    open: 'Share payment link',
    reusable: 'Share payment link',
    processing: 'Payment on its way',
    expired: 'Create a new payment link',
    canceled: 'Create a new payment link',
  },
  states: {
    connecting: {
      heading: 'Go on in the payment window',
      sentence: 'Sign in to Qonto there, check the invoice and make the link.',
    },
    none: {
      heading: 'No payment link yet',
      sentence: 'Press the button to make one for your client.',
    },
    making: {
      heading: 'The link is being made',
      sentence:
        'This takes a few seconds. If the bank does not answer, we look for the link there.',
      next: 'Nothing for you to do. No second link is made meanwhile.',
    },
    choosing: {
      heading: 'Which link is yours?',
      sentence: 'The bank’s answer was lost, and its list has links that may be yours.',
      next: 'Say which one on the payment page. No new link is made meanwhile.',
    },
    open: {
      heading: 'Waiting for your client',
      sentence: 'Send the link. It shows here when it has been paid.',
    },
    reusable: {
      heading: 'Open for payments',
      sentence: 'Send the link. It can be paid more than once.',
    },
    processing: {
      heading: 'Payment on its way',
      sentence: 'Your client has begun to pay. The payment is not confirmed yet.',
      next: 'Nothing for you to do. The result will show here.',
    },
    paid: {
      heading: 'Paid',
      sentence: 'Your client has paid this link.',
      next: 'Nothing more for you to do.',
    },
    expired: {
      heading: 'The link has expired',
      sentence: 'It can no longer be paid.',
      next: 'You can make a new one with the button.',
    },
    canceled: {
      heading: 'The link is deactivated',
      sentence: 'It can no longer be paid.',
      next: 'You can make a new one with the button.',
    },
    withdrawn: {
      heading: 'Withdrawn',
      sentence: 'This request was withdrawn. No link can be made for it.',
    },
    lapsed: {
      heading: 'Request expired',
      sentence: 'No link can be made for it any more. Reload the page.',
    },
    unknown: {
      heading: 'We are checking',
      sentence: 'The result will show here.',
    },
  },
  problem: 'That did not work',
  retry: 'Try again',
  continueHere: 'Go on in this tab',
  openPage: 'Open the payment page',
  manage: 'Manage on Qonto Pay',
  newTab: '(new tab)',
  paidTimes: (count) =>
    count ? `Paid ${count === 1 ? 'once' : `${count} times`} so far` : 'Not paid yet',
  validUntil: (day) => `Valid until ${day}`,
  copy: 'Copy link',
  copied: 'Link copied',
  selected: 'The browser did not allow it. The link is selected: copy it with your keyboard.',
  share: 'Share…',
  email: 'E-mail',
  qr: 'QR code',
  qrAlternative: (host) => `QR code of the payment link on ${host}`,
  qrSave: 'Save the code',
  qrFailed: 'The QR code could not be loaded. Please try again.',
  print: 'Print',
  mailSubject: (amount) => `Payment of ${amount}`,
  mailBefore: (amount) => ['Hello,', `You can pay ${amount} online with this link:`],
  mailAfter: (day) => [...(day && [`It is valid until ${day}.`]), 'Kind regards'],
};
