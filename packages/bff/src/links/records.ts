import type { LinkMethod, LinkReason, LinkState, LinkStatus } from '@qonto-pay/shared';
import type { BankRequest } from '../payments/ports.js';

/** A row of a basket, as it was checked. */
export interface BasketItem {
  title: string;
  /** Decimal, at most three places. */
  quantity: string;
  unitPriceCents: bigint;
  /** Per cent, at most two places. */
  vatRate: string;
  type: 'good' | 'service' | undefined;
  description: string | undefined;
  measureUnit: string | undefined;
}

export type LinkContent =
  | { kind: 'basket'; items: BasketItem[] }
  | { kind: 'invoice'; invoiceId: string; number: string; debtor: string };

/** What a link is to collect; it never changes. */
export interface LinkOrder {
  externalRef: string;
  content: LinkContent;
  /** Gross. */
  amountCents: bigint;
  reusable: boolean;
  methods: LinkMethod[];
  /** Who is paid by bank transfer instead. */
  payee: { name: string; iban: string } | undefined;
  /** Of that transfer, in the SEPA character set. */
  remittance: string;
}

export interface LinkIntent {
  id: string;
  partnerId: string;
  returnUrl: string;
  seq: number;
  pageSeenAt: Date | undefined;
  withdrawnAt: Date | undefined;
  createdAt: Date;
  expiresAt: Date;
  order: LinkOrder;
}

/** A link as the bank reports it. `status` is ours, or `unrecognized`. */
export interface BankLink {
  id: string;
  status: LinkStatus | 'unrecognized';
  url: string;
  amountCents: bigint;
  currency: string;
  reusable: boolean;
  createdAt: Date;
  expiresAt: Date | undefined;
  invoice: { id: string; number: string } | undefined;
  /** The rows as the bank tells them, to compare with ours. */
  items: BankBasketItem[];
}

/** Every link of an organisation that could be read, with the bank's clock of the listing. */
export interface LinkListing {
  links: BankLink[];
  /** Those in a form that we do not know: each may be any link. */
  odd: OddLink[];
  at: Date;
  /** False: it moved while it was read, and some may be missing. */
  isWhole: boolean;
}

export interface OddLink {
  id: string;
  createdAt: Date | undefined;
}

export type BankBasketItem = Pick<BasketItem, 'title' | 'quantity' | 'unitPriceCents' | 'vatRate'>;

/** A client's payment of a link. */
export interface BankLinkPayment {
  id: string;
  amountCents: bigint;
  status: 'pending' | 'paid' | 'failed' | 'unrecognized';
  method: string;
  createdAt: Date;
  paidAt: Date | undefined;
}

/** A link of ours: from the request for it, written before it is sent, to its end. */
export interface Link {
  id: string;
  partnerId: string;
  intentId: string;
  connectionId: string;
  organizationId: string;
  externalRef: string;
  status: LinkState;
  reason: LinkReason | undefined;
  /** The number of its last transition; a change names the one it has seen. */
  version: number;
  amountCents: bigint;
  reusable: boolean;
  request: BankRequest;
  sends: number;
  inFlight: boolean;
  firstSentAt: Date | undefined;
  /** Recent links that the bank listed before the request was made: none is ours. */
  listedBefore: string[];
  cleanListings: number;
  firstCleanListingAt: Date | undefined;
  candidates: BankLink[];
  bankId: string | undefined;
  /** The answer to our own request named it: only then it is ours to deactivate. */
  namedByBank: boolean;
  url: string | undefined;
  bankExpiresAt: Date | undefined;
  payments: BankLinkPayment[];
  /** Since when it has its status. */
  changedAt: Date;
  createdAt: Date;
}

/** An intent to collect with the link it shows: the one that holds its invoice, else its own latest. */
export interface LinkView {
  intent: LinkIntent;
  link: Link | undefined;
  /** Who made it has to sign in again before anybody can look at it. */
  isSignedOut: boolean;
  now: Date;
}

/** A link that one worker may act upon until its lease ends. */
export interface LeasedLink {
  link: Link;
  /** What it was made of, to recognise it in the bank's list. */
  order: LinkOrder;
  /** The connection to look with: who made it, or a colleague when that one is over. */
  readerId: string;
  lease: string;
  now: Date;
  /** By the database's clock alone; 0 before. */
  sinceSentMs: number;
}
