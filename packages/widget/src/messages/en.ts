import { html } from 'lit';
import type { ButtonMessages } from './button-messages.js';

export const en: ButtonMessages = {
  pay: (amount) => html`Pay ${amount} with Qonto`,
  payMany: (amount, count) => html`Pay ${count} invoices · ${amount}`,
  opening: 'Opening…',
  paid: 'Paid',
  partially_settled: 'Partly paid',
  'in-progress': 'In progress',
  withdrawn: 'Withdrawn',
  lapsed: 'Expired',
};
