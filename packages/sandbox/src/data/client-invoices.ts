import type { ClientInvoice } from '../invoices/invoice.js';
import { dayOf } from '../settlement.js';
import { fixedId } from './fixed-id.js';
import { ACME } from './organizations.js';

const STATUSES = ['unpaid', 'paid', 'draft', 'unpaid', 'canceled'] as const;
const CLIENTS = [
  'Groupe Horizon',
  'Mairie de Nantes',
  'Boutique Ponant',
  'Atelier des Quais',
  'Clinique du Parc',
];
const COUNT = 15;
const DAY_MS = 86_400_000;

/** What ACME's clients owe, or owed. */
export function clientInvoices(at: number): ClientInvoice[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const createdAt = at - index * 5 * DAY_MS;
    const clientName = CLIENTS[index % CLIENTS.length] ?? '';
    return {
      id: fixedId('client-invoice', index + 1),
      organizationId: ACME.id,
      number: `INV-2025-${String(index + 1).padStart(3, '0')}`,
      // Shifted against the clients, so that each has several.
      status: STATUSES[(index + Math.floor(index / 5)) % STATUSES.length] ?? 'unpaid',
      clientName,
      clientEmail: `compta${(index % CLIENTS.length) + 1}@client.example`,
      totalCents: 45_000 + index * 27_350,
      issuedOn: dayOf(createdAt),
      dueOn: dayOf(createdAt + 30 * DAY_MS),
      createdAt,
      updatedAt: createdAt + DAY_MS / 2,
    };
  });
}
