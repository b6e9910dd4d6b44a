import { randomUUID } from 'node:crypto';
import type { CreateLinkIntent, PartnerIntent } from '@qonto-pay/shared';
import { newAmount } from './new-amount.js';
import { SHOP, type World } from './world.js';

/** The main account of ACME SAS, for whom all but Nora collect. */
const ACME_IBAN = 'FR7616958000011111111110107';

/** A basket of two rows: 24.20 with VAT, and another amount each time without. */
export function basketOrder(changes: Partial<CreateLinkIntent> = {}): CreateLinkIntent {
  return {
    ...orderFrame(),
    basket: {
      items: [
        {
          ...{ title: 'Consulting', quantity: '2', unitPrice: '10.00' },
          ...{ vatRate: '21.0', type: 'service' },
        },
        { title: 'Printed report', quantity: '1', unitPrice: newAmount(), vatRate: '0' },
      ],
    },
    ...changes,
  };
}

/** An invoice of its own, of another amount each time. */
export function invoiceOrder(
  changes: Partial<CreateLinkIntent> = {},
  invoice: Partial<NonNullable<CreateLinkIntent['invoice']>> = {},
): CreateLinkIntent {
  const number = `F-${randomUUID().slice(0, 8)}`;
  const own = { id: randomUUID(), number, debtor: 'Client & Fils SARL', amount: newAmount() };
  return { ...orderFrame(), invoice: { ...own, ...invoice }, ...changes };
}

const orderFrame = () => ({
  kind: 'link' as const,
  externalRef: `INV-${randomUUID().slice(0, 8)}`,
  currency: 'EUR',
  methods: ['credit_card', 'ideal'],
  payee: { name: 'ACME SAS', iban: ACME_IBAN },
  returnUrl: `${SHOP}/invoices/1`,
});

/** What the partner's server gets for it. */
export async function createLinkIntent(
  world: World,
  order: CreateLinkIntent = invoiceOrder(),
): Promise<PartnerIntent> {
  const answer = await world.partner('POST', '/partner/v1/intents', { body: order });
  if (answer.status !== 201) throw new Error(await answer.text());
  return (await answer.json()) as PartnerIntent;
}
