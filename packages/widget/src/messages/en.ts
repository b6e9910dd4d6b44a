import { html } from 'lit';
import type { ButtonMessages } from './button-messages.js';

export const en: ButtonMessages = {
  pay: (amount) => html`Pay ${amount} with Qonto`,
  payMany: (count) => `Pay ${count} invoices`,
  collect: 'Create payment link',
  opening: 'Opening…',
  paid: 'Paid',
  'in-progress': 'In progress',
  withdrawn: 'Withdrawn',
  lapsed: 'Expired',
};
