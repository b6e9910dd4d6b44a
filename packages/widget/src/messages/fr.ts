import { html } from 'lit';
import type { ButtonMessages } from './button-messages.js';

export const fr: ButtonMessages = {
  pay: (amount) => html`Payer ${amount} avec Qonto`,
  payMany: (count) => `Payer ${count} factures`,
  collect: 'Créer un lien de paiement',
  opening: 'Ouverture…',
  paid: 'Payé',
  'in-progress': 'En cours',
  withdrawn: 'Retiré',
  lapsed: 'Expiré',
};
