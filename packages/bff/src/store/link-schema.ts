import type { LinkMethod, LinkReason, LinkState } from '@qonto-pay/shared';
import type { Generated } from 'kysely';
import type {
  BankBasketItem,
  BankLink,
  BankLinkPayment,
  BasketItem,
  LinkContent,
} from '../links/records.js';
import type { Fixed, FixedDefault, FixedJson, Json, Later } from './columns.js';

/** JSON has neither BigInt nor dates; `undefined` is left out. */
type InJson<T> = {
  [Key in keyof T]: T[Key] extends bigint ? string : T[Key] extends Date ? string : T[Key];
};

export type BasketItemJson = InJson<BasketItem>;
export type LinkContentJson =
  | { kind: 'basket'; items: BasketItemJson[] }
  | Extract<LinkContent, { kind: 'invoice' }>;
export type BankLinkJson = Omit<InJson<BankLink>, 'items' | 'expiresAt'> & {
  items: InJson<BankBasketItem>[];
  expiresAt?: string | undefined;
};
export type LinkPaymentJson = Omit<InJson<BankLinkPayment>, 'paidAt'> & {
  paidAt?: string | undefined;
};

export interface LinkOrdersTable {
  intent_id: Fixed<string>;
  partner_id: Fixed<string>;
  external_ref: Fixed<string>;
  content: FixedJson<LinkContentJson>;
  reusable: Fixed<boolean>;
  methods: Fixed<LinkMethod[]>;
  payee_name: Fixed<string | null>;
  payee_iban: Fixed<string | null>;
  remittance: Fixed<string>;
}

export interface LinksTable {
  id: Fixed<string>;
  partner_id: Fixed<string>;
  intent_id: Fixed<string>;
  connection_id: Fixed<string>;
  organization_id: Fixed<string>;
  external_ref: Fixed<string>;
  status: LinkState;
  reason: Later<LinkReason>;
  version: Generated<number>;
  amount_cents: Fixed<bigint>;
  reusable: Fixed<boolean>;
  path: Fixed<string>;
  body: Fixed<Buffer>;
  sends: Generated<number>;
  first_sent_at: Later<Date>;
  first_sent_clock: Later<Date>;
  in_flight: Generated<boolean>;
  listed_before: FixedDefault<string[]>;
  clean_listings: Generated<number>;
  first_clean_listing_at: Later<Date>;
  candidates: Json<BankLinkJson[]>;
  bank_id: Later<string>;
  named_by_bank: Generated<boolean>;
  url: Later<string>;
  bank_expires_at: Later<Date>;
  payments: Json<LinkPaymentJson[]>;
  next_at: Generated<Date>;
  hinted_at: Later<Date>;
  lease_owner: Later<string>;
  lease_until: Later<Date>;
  changed_at: Generated<Date>;
  created_at: FixedDefault<Date>;
}
