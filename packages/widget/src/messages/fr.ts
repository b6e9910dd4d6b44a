import { html } from 'lit';
import type { ButtonMessages } from './button-messages.js';

export const fr: ButtonMessages = {
  pay: (amount) => html`Payer ${amount} avec Qonto`,
  payMany: (amount, count) => html`Payer ${count} factures · ${amount}`,
  opening: 'Ouverture…',
  paid: 'Payé',
  partially_settled: 'Payé en partie',
  'in-progress': 'En cours',
  withdrawn: 'Retiré',
  lapsed: 'Expiré',
};
