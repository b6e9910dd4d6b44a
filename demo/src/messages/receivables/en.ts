import type { ReceivablesMessages } from './receivables-messages.js';

export const receivablesEn: ReceivablesMessages = {
  page: 'Get paid',
  list: 'Billed by you',
  collectThis: 'Have it paid by a link',
  makeLink: 'Create a payment link with Qonto',
  memberHint:
    'You are ACME SAS here. Alice Martin, the owner, makes the link; her first one connects the payment provider.',
  clientTitle: 'What your client sees',
  clientHint:
    'The link opens a payment page of the bank, here the sandbox’s. Open it as your client would, and pay with a card for tests:',
  cards: [
    { number: '4242 4242 4242 4242', what: 'paid at once' },
    { number: '4000 0000 0000 3220', what: 'on its way for a minute, then paid' },
    { number: '4000 0000 0000 0002', what: 'declined: the link stays open' },
  ],
  clientEnd: 'This page learns of it by itself.',
  anybody: 'Whoever books',
  make: 'Bill something else',
  makeIntro: 'Makes another invoice of yours, for which no link has been made.',
  kind: 'What is billed',
  kinds: {
    basket: 'Rows with VAT, paid once',
    invoice: 'An invoice as one amount',
    reusable: 'Something that many may pay for',
  },
  makeThis: 'Make this invoice',
  states: {
    unpaid: 'Not paid',
    shared: 'Link open',
    'in-progress': 'In progress',
    paid: 'Paid',
  },
  paidTimes: (count) => (count === 1 ? 'Paid once' : `Paid ${count} times`),
};
