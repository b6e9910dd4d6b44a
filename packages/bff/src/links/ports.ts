import type { LinkMethod, LinkReason, ProviderStatus } from '@qonto-pay/shared';
import type { BankRequest } from '../payments/ports.js';
import type { BankLink, BankLinkPayment, LinkListing, LinkOrder } from './records.js';

/** The payment provider behind the links, as one member is connected to it. */
export interface Provider {
  /** `not_connected`, too, where the bank has nothing to tell (404). */
  status: Exclude<ProviderStatus, 'unavailable'>;
  /** Where the member goes on with the onboarding. */
  location: string | undefined;
}

export interface ProviderWish {
  /** Where the provider sends the member back to. */
  callbackUrl: string;
  accountId: string;
  /** E.164. */
  phone: string;
  description: string | undefined;
  website: string | undefined;
}

export type ConnectAnswer =
  | { kind: 'connected'; provider: Provider }
  /** Qonto offers no links to this organisation (404). */
  | { kind: 'unavailable' }
  /** What was sent is not good enough; `field`: which of ours. */
  | { kind: 'refused'; field: 'account' | 'phone' | 'description' | 'website' | undefined };

/** All that a create may answer. `at` is the bank's clock. */
export type LinkAnswer = { at: Date; traceId: string | undefined } & (
  | { kind: 'created'; link: BankLink }
  /** This send made nothing. `failed`: it may be tried again as it is. */
  | { kind: 'refused'; reason: LinkReason; outcome: 'refused' | 'failed' }
  /** Timeout, reset, 5xx, 429, not JSON: there may be a link or not. */
  | { kind: 'no_answer'; cause: string }
);

/** Makes one send. Ready means: a valid token and a share of the bank's budget are in hand. */
export interface ReadyLinkBank {
  create(request: BankRequest): Promise<LinkAnswer>;
}

/**
 * The bank's payment links as the core needs them. Reads throw `BankUnavailableError`,
 * `SignedOutError`, `ConsentNeededError`, `NotAllowedError` or `NotConnectedError`.
 */
export interface LinkBank {
  provider(connectionId: string): Promise<Provider>;
  connect(connectionId: string, wish: ProviderWish): Promise<ConnectAnswer>;
  /** Those that the provider has enabled; `undefined`: there is no connection (404). */
  enabledMethods(connectionId: string): Promise<LinkMethod[] | undefined>;
  /** The bytes of the request for a link. */
  linkRequest(order: LinkOrder, methods: readonly LinkMethod[]): BankRequest;
  ready(connectionId: string): Promise<ReadyLinkBank>;
  /** `undefined`: the bank knows none by this id (404), and this member would see it. */
  link(connectionId: string, bankId: string): Promise<BankLink | undefined>;
  /** All pages read. */
  links(connectionId: string): Promise<LinkListing>;
  payments(connectionId: string, bankId: string): Promise<BankLinkPayment[]>;
  /** `refused`: it is not open any more. */
  deactivate(connectionId: string, bankId: string): Promise<BankLink | 'refused'>;
}
