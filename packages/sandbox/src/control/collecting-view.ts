import type { Bank } from '../bank.js';

/** The payment links with what clients have paid. */
export function collectingView(bank: Bank) {
  const links = [...bank.store.current.paymentLinks.values()];
  return {
    payment_links: links.map((link) => ({
      ...{ id: link.id, status: link.status, amount_cents: link.amountCents },
      ...{ currency: link.currency, reusable: link.reusable },
      invoice_number: link.invoice?.number ?? null,
      payments: bank.payments
        .paymentsOf(link)
        .map(({ id, status, method }) => ({ id, status, payment_method: method })),
    })),
  };
}
