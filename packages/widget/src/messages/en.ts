import type { ButtonMessages } from './button-messages.js';

export const en: ButtonMessages = {
  pay: ['Pay ', ' with Qonto'],
  payMany: (count) => [`Pay ${count} invoices · `, ''],
  payPlain: 'Pay with Qonto',
  opening: 'Opening…',
  paid: 'Paid',
  partially_settled: 'Partly paid',
  'in-progress': 'In progress',
  withdrawn: 'Withdrawn',
  lapsed: 'Expired',
};
