import type { LinkState, LinkStatus } from '@qonto-pay/shared';
import { isBankSilence } from '../payments/errors.js';
import { BANK_DOWN_RETRY_MS, lookMs } from './link-pace.js';
import { canLinkBecome, isOurMoney, isUnborn, statusOfLink } from './link-state-machine.js';
import type { LinkBank } from './ports.js';
import type { BankLink, BankLinkPayment, LeasedLink } from './records.js';
import type { LinkStore } from './store-port.js';

const NEVER_MS = Number.POSITIVE_INFINITY;
const MISSING_RETRY_MS = 10 * 60_000;

/** Asks the bank what has become of a link: at its own pace, and at once when it is told of news. */
export class LinkWatcher {
  readonly #bank: LinkBank;
  readonly #store: LinkStore;

  constructor(bank: LinkBank, store: LinkStore) {
    this.#bank = bank;
    this.#store = store;
  }

  async look(leased: LeasedLink): Promise<void> {
    const { link, readerId } = leased;
    try {
      const bank = await this.#bank.link(readerId, link.bankId ?? '');
      if (!bank) {
        await this.#store.alarm(leased, 'link-not-found');
        return await this.#store.release(leased, MISSING_RETRY_MS);
      }
      await this.#write(leased, bank, await this.#payments(leased, bank));
    } catch (error) {
      if (!isBankSilence(error)) throw error;
      await this.#store.waitForBank(leased, error, BANK_DOWN_RETRY_MS);
    }
  }

  /** An open link that is paid once has none that matter yet: a call is spared. */
  async #payments({ link, readerId }: LeasedLink, bank: BankLink): Promise<BankLinkPayment[]> {
    const isQuiet = link.status === 'open' && bank.status === 'open' && !link.reusable;
    return isQuiet ? link.payments : this.#bank.payments(readerId, bank.id);
  }

  async #write(leased: LeasedLink, bank: BankLink, payments: BankLinkPayment[]): Promise<void> {
    const { link, now } = leased;
    const next = { ...link, payments };
    const note = { payments, ...(bank.expiresAt && { bankExpiresAt: bank.expiresAt }) };
    const to = await this.#statusOf(leased, bank, payments);
    if (to === undefined || to === link.status) {
      return this.#store.release(leased, lookMs(next, now) ?? NEVER_MS, note);
    }
    const nextInMs = lookMs({ ...next, status: to, changedAt: now }, now) ?? NEVER_MS;
    const outcome = await this.#store.advance(leased, { to, cause: 'bank-says', note, nextInMs });
    if (outcome !== 'taken') return;
    // Being paid after all, when another link of the invoice was made: told once it is paid.
    await this.#store.alarm(leased, 'paid-beside-another-link');
    await this.#store.release(leased, lookMs(next, now) ?? NEVER_MS, note);
  }

  /** Undefined: what the bank says is not to be shown, and a person is told. */
  async #statusOf(
    leased: LeasedLink,
    bank: BankLink,
    payments: BankLinkPayment[],
  ): Promise<LinkStatus | undefined> {
    const { link } = leased;
    if (!isOurMoney(link, bank, payments)) {
      await this.#store.alarm(leased, 'link-amount-differs');
      return undefined;
    }
    if (bank.status === 'unrecognized') await this.#store.alarm(leased, 'link-status-unrecognized');
    if (payments.some(({ status }) => status === 'unrecognized')) {
      await this.#store.alarm(leased, 'payment-status-unrecognized');
    }
    const told = bank.status === 'unrecognized' ? openStatus(link.status) : bank.status;
    const to = statusOfLink(told, { reusable: link.reusable, payments });
    if (to === link.status || canLinkBecome(link.status, to)) return to;
    // Such as open again after it was withdrawn: a copy of the bank's that lags behind.
    await this.#store.alarm(leased, 'link-went-back');
    return undefined;
  }
}

/** What we know of it, where the bank has a word that we do not know. */
const openStatus = (status: LinkState): LinkStatus => (isUnborn(status) ? 'open' : status);
