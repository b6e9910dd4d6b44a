import { formatAmount, type LinkMethod } from '@qonto-pay/shared';
import type { BasketItem, LinkOrder } from '../links/records.js';
import type { BankRequest } from '../payments/ports.js';

/** The bytes of the request for a payment link: of a basket or of an invoice (facts 4.10). */
export function linkRequest(order: LinkOrder, methods: readonly LinkMethod[]): BankRequest {
  const payment_link = { potential_payment_methods: methods, ...contentOf(order) };
  return { path: '/v2/payment_links', body: Buffer.from(JSON.stringify({ payment_link })) };
}

function contentOf({ content, amountCents, reusable }: LinkOrder) {
  if (content.kind === 'basket') return { reusable, items: content.items.map(itemOf) };
  return {
    invoice_id: content.invoiceId,
    invoice_number: content.number,
    debitor_name: content.debtor,
    amount: euros(amountCents),
  };
}

const itemOf = (item: BasketItem) => ({
  title: item.title,
  // A JSON number at this bank; at most twelve digits, so that none is lost.
  quantity: Number(item.quantity),
  unit_price: euros(item.unitPriceCents),
  vat_rate: item.vatRate,
  ...(item.type && { type: item.type }),
  ...(item.description && { description: item.description }),
  ...(item.measureUnit && { measure_unit: item.measureUnit }),
});

const euros = (cents: bigint) => ({ value: formatAmount(cents), currency: 'EUR' });
