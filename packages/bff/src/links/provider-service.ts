import type { LinkMethod, ProviderStatus } from '@qonto-pay/shared';
import { PaymentError } from '../payments/errors.js';
import type { Bank, BankAccount } from '../payments/ports.js';
import type { Member } from '../payments/records.js';
import type { LinkBank, ProviderWish } from './ports.js';
import type { BankLink } from './records.js';

/** A short memory spares the bank three calls per page event. */
const MEMORY_MS = 15_000;
/** A plan may change, or the no may have had another reason: then it may be tried again. */
const UNAVAILABLE_MS = 10 * 60_000;
const E164 = /^\+[1-9]\d{6,14}$/;
const MIN_DESCRIPTION = 80;

/** What a member's connection to the provider is like, and what the bank lists. */
export interface ProviderState {
  status: ProviderStatus;
  location: string | undefined;
  /** Where the money may arrive; empty once it is connected. */
  accounts: BankAccount[];
  enabled: LinkMethod[];
  /** The bank's links of invoices; empty where nobody asked for them. */
  listed: BankLink[];
}

/** The member's connection to the payment provider, as it is and as they make it. */
export class ProviderService {
  readonly #bank: LinkBank;
  readonly #accounts: Bank['accounts'];
  readonly #now: () => number;
  readonly #known = new Map<string, { at: number; state: Promise<ProviderState> }>();
  /** Members to whom Qonto offers no links, and when it said so: only a try tells (facts 4.10). */
  readonly #unavailable = new Map<string, number>();

  constructor(bank: LinkBank, options: { accounts: Bank['accounts']; now: () => number }) {
    this.#bank = bank;
    this.#accounts = options.accounts;
    this.#now = options.now;
  }

  /** Throws what a read of the bank throws. */
  read({ connectionId }: Member, wish: { listed: boolean }): Promise<ProviderState> {
    const now = this.#now();
    const key = `${connectionId} ${wish.listed}`;
    const known = this.#known.get(key);
    if (known && now - known.at < MEMORY_MS) return known.state;
    for (const [other, { at }] of this.#known) if (now - at >= MEMORY_MS) this.#known.delete(other);
    const state = this.#read(connectionId, wish.listed);
    this.#known.set(key, { at: now, state });
    state.catch(() => this.#known.delete(key));
    return state;
  }

  /** The next read asks the bank: there is news from the provider, or a link is about to be made. */
  forget({ connectionId }: Pick<Member, 'connectionId'>): void {
    for (const listed of [true, false]) this.#known.delete(`${connectionId} ${listed}`);
  }

  /** @throws PaymentError that names the field at fault, or `provider-unavailable`. */
  async connect(member: Member, wish: ProviderWish): Promise<void> {
    assertWish(wish);
    this.forget(member);
    const answer = await this.#bank.connect(member.connectionId, wish);
    this.forget(member);
    if (answer.kind === 'connected') {
      this.#unavailable.delete(member.connectionId);
      return;
    }
    if (answer.kind === 'refused') throw refused(answer.field);
    this.#unavailable.set(member.connectionId, this.#now());
    throw new PaymentError('provider-unavailable', UNAVAILABLE);
  }

  #isUnavailable(connectionId: string): boolean {
    const saidAt = this.#unavailable.get(connectionId);
    return saidAt !== undefined && this.#now() - saidAt < UNAVAILABLE_MS;
  }

  async #read(connectionId: string, listed: boolean): Promise<ProviderState> {
    const { status, location } = await this.#bank.provider(connectionId);
    if (status !== 'enabled') {
      const accounts = await this.#accounts(connectionId);
      const isUnavailable = status === 'not_connected' && this.#isUnavailable(connectionId);
      return {
        status: isUnavailable ? 'unavailable' : status,
        ...{ location, accounts, enabled: [], listed: [] },
      };
    }
    const [enabled, list] = await Promise.all([
      this.#bank.enabledMethods(connectionId),
      listed ? this.#wholeList(connectionId) : [],
    ]);
    return { status, location, accounts: [], enabled: enabled ?? [], listed: list };
  }

  /** One that moved while it was read may hide a link of the invoice: it is read once more. */
  async #wholeList(connectionId: string): Promise<BankLink[]> {
    const first = await this.#bank.links(connectionId);
    if (first.isWhole) return first.links;
    const again = await this.#bank.links(connectionId);
    const byId = new Map([...first.links, ...again.links].map((link) => [link.id, link]));
    return [...byId.values()];
  }
}

function assertWish({ phone, description, website }: ProviderWish): void {
  if (!E164.test(phone)) throw refused('phone');
  if (description !== undefined && description.length < MIN_DESCRIPTION) {
    throw refused('description');
  }
  // The bank takes an address with or without path, but none that names a user (facts 4.10).
  const isAddress = website === undefined || /^https?:\/\/[^@\s]+$/.test(website);
  if (!isAddress || (website !== undefined && !URL.canParse(website))) throw refused('website');
}

const UNAVAILABLE =
  'Qonto offers payment links only in some countries, to some legal forms and plans.';

const REFUSALS = {
  account: ['account-not-usable', 'Choose one of your active accounts.'],
  phone: ['invalid-phone-number', 'Send it with the country code, such as +33612345678.'],
  description: ['invalid-description', 'Leave it empty, or write at least 80 characters.'],
  website: ['invalid-website', 'Send an address such as https://www.example.com, or none.'],
} as const;

function refused(field: keyof typeof REFUSALS | undefined): PaymentError {
  if (!field) return new PaymentError('bank-refused', 'Qonto refused the connection.');
  const [code, detail] = REFUSALS[field];
  return new PaymentError(code, detail, { field });
}
