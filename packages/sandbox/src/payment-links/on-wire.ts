import { decimalOf } from '../money.js';
import type { LinkPayment, PaymentLink } from './payment-link.js';

const iso = (at: number) => new Date(at).toISOString();

/** The bank's own address, as its caller knows it. */
export function originOf(host: string | undefined): string {
  return `http://${/^[\w.:[\]-]+$/.test(host ?? '') ? host : 'localhost'}`;
}

export function linkOnWire(link: PaymentLink, origin: string) {
  return {
    id: link.id,
    status: link.status,
    expiration_date: iso(link.expiresAt),
    potential_payment_methods: link.methods,
    amount: amountOf(link),
    resource_type: link.invoice ? 'Invoice' : 'Basket',
    reusable: link.reusable,
    created_at: iso(link.createdAt),
    url: `${origin}/pay/${link.id}?resource_id=${link.resourceId}`,
    items: link.items,
    invoice_id: link.invoice?.id ?? null,
    invoice_number: link.invoice?.number ?? null,
    debitor_name: link.invoice?.debitorName ?? null,
  };
}

export function paymentOnWire(payment: LinkPayment, link: PaymentLink) {
  const { id, status, method, paidAt } = payment;
  return {
    id,
    amount: amountOf(link),
    status,
    created_at: iso(payment.createdAt),
    payment_method: method,
    paid_at: paidAt === null ? null : iso(paidAt),
    debitor_email: payment.debitorEmail,
  };
}

function amountOf({ amountCents, currency }: PaymentLink) {
  return { value: decimalOf(amountCents), currency };
}
