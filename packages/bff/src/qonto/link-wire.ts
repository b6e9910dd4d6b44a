import type { LinkStatus } from '@qonto-pay/shared';
import { z } from 'zod';
import type { BankBasketItem, BankLink, BankLinkPayment, OddLink } from '../links/records.js';
import { Meta, time } from './wire.js';

/** Money as payment links tell it: "13.30", or with more zeros. */
const Money = z.looseObject({ value: z.string(), currency: z.string() });

const WireItem = z.looseObject({
  title: z.string(),
  quantity: z.union([z.number(), z.string()]),
  unit_price: Money,
  vat_rate: z.union([z.number(), z.string()]),
});

const WireLink = z.looseObject({
  id: z.string().min(1),
  status: z.string(),
  // It is shown as an address to go to.
  url: z.url({ protocol: /^https?$/ }),
  amount: Money,
  reusable: z.boolean().nullish(),
  created_at: time,
  expiration_date: time.nullish().catch(undefined),
  invoice_id: z.string().nullish(),
  invoice_number: z.string().nullish(),
  // One odd basket in a list of others must not hide them.
  items: z.array(WireItem).nullish().catch(undefined),
});
type WireLink = z.infer<typeof WireLink>;

/** Bare in the docs, wrapped on the wire (facts 4.10). */
export const LinkAnswer = z
  .union([z.looseObject({ payment_link: WireLink }), WireLink])
  .transform((json) =>
    linkFromWire('payment_link' in json ? (json.payment_link as WireLink) : json),
  );

/** A link in a form of its own must not hide the others of the list. */
const OddWireLink = z
  .looseObject({ id: z.string().min(1), created_at: time.optional().catch(undefined) })
  .transform(({ id, created_at }): OddLink => ({ id, createdAt: created_at }));

export const LinksAnswer = z.looseObject({
  payment_links: z.array(z.union([WireLink.transform(linkFromWire), OddWireLink])),
  meta: Meta.nullish(),
});

export const LinkPaymentsAnswer = z.looseObject({
  payments: z.array(
    z
      .looseObject({
        id: z.string().min(1),
        amount: Money,
        status: z.string(),
        created_at: time,
        payment_method: z.string().nullish(),
        paid_at: time.nullish(),
      })
      .transform(
        (raw): BankLinkPayment => ({
          id: raw.id,
          amountCents: centsOf(raw.amount.value) ?? NO_AMOUNT,
          status: paymentStatus(raw.status),
          method: raw.payment_method ?? '',
          createdAt: raw.created_at,
          paidAt: raw.paid_at ?? undefined,
        }),
      ),
  ),
  meta: Meta.nullish(),
});

export const ConnectionAnswer = z.looseObject({
  status: z.string(),
  connection_location: z.string().nullish(),
});

export const MethodsAnswer = z.looseObject({
  payment_link_payment_methods: z.array(z.looseObject({ name: z.string(), enabled: z.boolean() })),
});

/** Equal to no amount of ours. */
const NO_AMOUNT = -1n;
const STATUSES: ReadonlySet<string> = new Set([
  'open',
  'processing',
  'paid',
  'expired',
  'canceled',
]);
/** Mollie's words (facts 4.10); what is none of them is not finished. */
const PAYMENT_STATUSES = new Map<string, BankLinkPayment['status']>([
  ...(['open', 'pending', 'authorized'] as const).map((one) => [one, 'pending'] as const),
  ['paid', 'paid'],
  ...(['failed', 'canceled', 'expired'] as const).map((one) => [one, 'failed'] as const),
]);

const paymentStatus = (raw: string) => PAYMENT_STATUSES.get(raw) ?? 'unrecognized';

function linkFromWire(raw: WireLink): BankLink {
  const { invoice_id: id, invoice_number: number } = raw;
  return {
    id: raw.id,
    status: STATUSES.has(raw.status) ? (raw.status as LinkStatus) : 'unrecognized',
    url: raw.url,
    amountCents: centsOf(raw.amount.value) ?? NO_AMOUNT,
    currency: raw.amount.currency,
    reusable: raw.reusable ?? false,
    createdAt: raw.created_at,
    expiresAt: raw.expiration_date ?? undefined,
    invoice: id ? { id: id.toLowerCase(), number: number ?? '' } : undefined,
    items: (raw.items ?? []).map(itemFromWire),
  };
}

const itemFromWire = (raw: z.infer<typeof WireItem>): BankBasketItem => ({
  title: raw.title,
  quantity: plain(raw.quantity),
  unitPriceCents: centsOf(raw.unit_price.value) ?? NO_AMOUNT,
  vatRate: plain(raw.vat_rate),
});

/** Without the zeros at its end: "21.0" is "21". */
const plain = (decimal: number | string): string =>
  String(decimal)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');

function centsOf(text: string): bigint | undefined {
  const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(plain(text));
  return match ? BigInt(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`) : undefined;
}
