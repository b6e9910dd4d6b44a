import type { Selectable } from 'kysely';
import type {
  BankLink,
  BankLinkPayment,
  BasketItem,
  Link,
  LinkIntent,
  LinkOrder,
} from '../links/records.js';
import type {
  BankLinkJson,
  BasketItemJson,
  LinkOrdersTable,
  LinkPaymentJson,
  LinksTable,
} from './link-schema.js';
import type { IntentsTable } from './schema.js';

export type OrderRow = Selectable<IntentsTable> & Selectable<LinkOrdersTable>;

/** Dates as ISO 8601, cents as digits. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? String(each) : each));

export function toOrder(row: OrderRow): LinkOrder {
  const { content, payee_name: name, payee_iban: iban } = row;
  return {
    externalRef: row.external_ref,
    content:
      content.kind === 'invoice' ? content : { kind: 'basket', items: content.items.map(toItem) },
    amountCents: row.amount_cents,
    reusable: row.reusable,
    methods: row.methods,
    payee: name !== null && iban !== null ? { name, iban } : undefined,
    remittance: row.remittance,
  };
}

const toItem = (item: BasketItemJson): BasketItem => ({
  ...item,
  unitPriceCents: BigInt(item.unitPriceCents),
  type: item.type,
  description: item.description,
  measureUnit: item.measureUnit,
});

export const toLinkIntent = (row: OrderRow): LinkIntent => ({
  id: row.id,
  partnerId: row.partner_id,
  returnUrl: row.return_url,
  seq: row.seq,
  pageSeenAt: row.page_seen_at ?? undefined,
  withdrawnAt: row.withdrawn_at ?? undefined,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  order: toOrder(row),
});

export const toLink = (row: Selectable<LinksTable>): Link => ({
  id: row.id,
  partnerId: row.partner_id,
  intentId: row.intent_id,
  connectionId: row.connection_id,
  organizationId: row.organization_id,
  externalRef: row.external_ref,
  status: row.status,
  reason: row.reason ?? undefined,
  version: row.version,
  amountCents: row.amount_cents,
  reusable: row.reusable,
  request: { path: row.path, body: row.body },
  sends: row.sends,
  inFlight: row.in_flight,
  firstSentAt: row.first_sent_at ?? undefined,
  listedBefore: row.listed_before,
  cleanListings: row.clean_listings,
  firstCleanListingAt: row.first_clean_listing_at ?? undefined,
  candidates: row.candidates.map(toBankLink),
  bankId: row.bank_id ?? undefined,
  namedByBank: row.named_by_bank,
  url: row.url ?? undefined,
  bankExpiresAt: row.bank_expires_at ?? undefined,
  payments: row.payments.map(toPayment),
  changedAt: row.changed_at,
  createdAt: row.created_at,
});

const toBankLink = (json: BankLinkJson): BankLink => ({
  ...json,
  amountCents: BigInt(json.amountCents),
  createdAt: new Date(json.createdAt),
  expiresAt: json.expiresAt === undefined ? undefined : new Date(json.expiresAt),
  invoice: json.invoice,
  items: json.items.map((item) => ({ ...item, unitPriceCents: BigInt(item.unitPriceCents) })),
});

const toPayment = (json: LinkPaymentJson): BankLinkPayment => ({
  ...json,
  amountCents: BigInt(json.amountCents),
  createdAt: new Date(json.createdAt),
  paidAt: json.paidAt === undefined ? undefined : new Date(json.paidAt),
});
