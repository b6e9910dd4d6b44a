import type { ButtonMessages } from './button-messages.js';

export const fr: ButtonMessages = {
  pay: ['Payer ', ' avec Qonto'],
  payMany: (count) => [`Payer ${count} factures · `, ''],
  payPlain: 'Payer avec Qonto',
  opening: 'Ouverture…',
  paid: 'Payé',
  partially_settled: 'Payé en partie',
  'in-progress': 'En cours',
  withdrawn: 'Retiré',
  lapsed: 'Expiré',
};
