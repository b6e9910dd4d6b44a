import { isBankSilence } from '../payments/errors.js';
import { BANK_DOWN_RETRY_MS, lookMs } from './link-pace.js';
import { canLinkBecome, statusOfLink } from './link-state-machine.js';
import type { LinkBank } from './ports.js';
import type { BankLink, BankLinkPayment, LeasedLink, Link } from './records.js';
import type { LinkNote, LinkStore } from './store-port.js';

const NEVER_MS = Number.POSITIVE_INFINITY;
const MISSING_RETRY_MS = 10 * 60_000;
/** The other link may end, and then this one holds the invoice. */
const BESIDE_RETRY_MS = 10 * 60_000;

/** Asks the bank what has become of a link: at its own pace, and at once when it is told of news. */
export class LinkWatcher {
  readonly #bank: LinkBank;
  readonly #store: LinkStore;

  constructor(bank: LinkBank, store: LinkStore) {
    this.#bank = bank;
    this.#store = store;
  }

  async look(leased: LeasedLink): Promise<void> {
    const { link } = leased;
    try {
      const bank = await this.#bank.link(link.connectionId, link.bankId ?? '');
      if (!bank) {
        await this.#store.alarm(leased, 'link-not-found');
        return await this.#store.release(leased, MISSING_RETRY_MS);
      }
      await this.#write(leased, bank, await this.#payments(link, bank));
    } catch (error) {
      if (!isBankSilence(error)) throw error;
      await this.#store.waitForBank(leased, error, BANK_DOWN_RETRY_MS);
    }
  }

  /** An open link that is paid once has none that matter yet: a call is spared. */
  async #payments(link: Link, bank: BankLink): Promise<BankLinkPayment[]> {
    const isQuiet = link.status === 'open' && bank.status === 'open' && !link.reusable;
    if (isQuiet) return link.payments;
    return this.#bank.payments(link.connectionId, bank.id);
  }

  async #write(leased: LeasedLink, bank: BankLink, payments: BankLinkPayment[]): Promise<void> {
    const { link, now } = leased;
    if (bank.amountCents !== link.amountCents) {
      await this.#store.alarm(leased, 'link-amount-differs');
    }
    const note: LinkNote = {
      payments,
      ...(bank.expiresAt && { bankExpiresAt: bank.expiresAt }),
    };
    const next = { ...link, payments };
    if (bank.status === 'unrecognized') {
      await this.#store.alarm(leased, 'link-status-unrecognized');
      return this.#store.release(leased, lookMs(next, now) ?? NEVER_MS, note);
    }
    const to = statusOfLink(bank.status, next);
    if (to === link.status) return this.#store.release(leased, lookMs(next, now) ?? NEVER_MS, note);
    if (!canLinkBecome(link.status, to)) {
      // Such as open again after it was withdrawn: a copy of the bank's that lags behind.
      await this.#store.alarm(leased, 'link-went-back');
      return this.#store.release(leased, lookMs(next, now) ?? NEVER_MS, note);
    }
    const nextInMs = lookMs({ ...next, status: to, changedAt: now }, now) ?? NEVER_MS;
    const outcome = await this.#store.advance(leased, { to, cause: 'bank-says', note, nextInMs });
    if (outcome !== 'taken') return;
    // Paid after all, when another link of the invoice was made already: a person must look.
    await this.#store.alarm(leased, 'paid-beside-another-link');
    await this.#store.release(leased, BESIDE_RETRY_MS, note);
  }
}
