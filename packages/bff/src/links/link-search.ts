import { isBankSilence } from '../payments/errors.js';
import { scaled } from './basket.js';
import {
  BANK_DOWN_RETRY_MS,
  CLEAN_LISTINGS,
  CLEAN_LISTINGS_OVER_MS,
  LOOK_BACK_MS,
  searchMs,
} from './link-pace.js';
import { noteOf } from './link-sender.js';
import { statusOfLink } from './link-state-machine.js';
import type { LinkBank } from './ports.js';
import type { BankBasketItem, BankLink, LeasedLink, LinkOrder } from './records.js';
import type { LinkStore } from './store-port.js';

/** Looks into the bank's list for a link whose answer was lost. Nothing is ever sent again. */
export class LinkSearch {
  readonly #bank: LinkBank;
  readonly #store: LinkStore;

  constructor(bank: LinkBank, store: LinkStore) {
    this.#bank = bank;
    this.#store = store;
  }

  async look(leased: LeasedLink): Promise<void> {
    try {
      const listing = await this.#bank.links(leased.link.connectionId);
      const candidates = await this.#candidates(leased, listing.links);
      const [only] = candidates;
      if (only && candidates.length === 1) await this.#adopt(leased, only);
      else if (only)
        await this.#store.release(leased, searchMs(leased.sinceSentMs), { candidates });
      else await this.#absent(leased, listing);
    } catch (error) {
      if (!isBankSilence(error)) throw error;
      await this.#store.waitForBank(leased, error, BANK_DOWN_RETRY_MS);
    }
  }

  /** Made since our request, of the same content, and nobody else's. */
  async #candidates({ link, order }: LeasedLink, listed: readonly BankLink[]): Promise<BankLink[]> {
    const since = (link.firstSentAt?.getTime() ?? 0) - LOOK_BACK_MS;
    const alike = listed.filter(
      (bank) => bank.createdAt.getTime() >= since && isSameContent(bank, order),
    );
    const known = await this.#store.known(
      link.partnerId,
      alike.map(({ id }) => id),
    );
    return alike.filter(({ id }) => !known.has(id));
  }

  /** No answer of ours named it, so it is never deactivated by us. */
  async #adopt(leased: LeasedLink, bank: BankLink): Promise<void> {
    const status = bank.status === 'unrecognized' ? 'open' : bank.status;
    await this.#store.advance(leased, {
      to: statusOfLink(status, leased.link),
      cause: 'found-in-list',
      note: { ...noteOf(bank), candidates: [] },
    });
  }

  async #absent(leased: LeasedLink, { at, isWhole }: { at: Date; isWhole: boolean }) {
    const { link, sinceSentMs } = leased;
    // A list that moved while it was read proves nothing; what was found before stays to be chosen.
    if (!isWhole || link.candidates.length > 0) {
      return this.#store.release(leased, searchMs(sinceSentMs));
    }
    const firstCleanListingAt = link.firstCleanListingAt ?? at;
    const cleanListings = link.cleanListings + 1;
    const spanMs = at.getTime() - firstCleanListingAt.getTime();
    const note = { cleanListings, firstCleanListingAt };
    const isProved =
      cleanListings >= CLEAN_LISTINGS &&
      spanMs >= CLEAN_LISTINGS_OVER_MS &&
      // By the database's clock, too: the bank's may have jumped.
      sinceSentMs >= QUIET_BEFORE_PROOF_MS;
    if (!isProved) return this.#store.release(leased, searchMs(sinceSentMs), note);
    await this.#store.advance(leased, {
      to: 'failed',
      cause: 'absence-proved',
      note: { ...note, reason: 'not-at-the-bank' },
    });
  }
}

/** Longer than any call of ours waits for its answer. */
const QUIET_BEFORE_PROOF_MS = 35_000;

/** What was asked for: the invoice by its id and number, or the basket row by row. */
export function isSameContent(bank: BankLink, { content, amountCents, reusable }: LinkOrder) {
  if (bank.amountCents !== amountCents || bank.reusable !== reusable) return false;
  if (content.kind === 'invoice') {
    return bank.invoice?.id === content.invoiceId && bank.invoice.number === content.number;
  }
  const isSameRow = (row: BankBasketItem, index: number) => {
    const ours = content.items[index];
    return (
      ours?.title === row.title &&
      ours.unitPriceCents === row.unitPriceCents &&
      scaled(ours.quantity, 3) === scaled(row.quantity, 3) &&
      scaled(ours.vatRate, 2) === scaled(row.vatRate, 2)
    );
  };
  return !bank.invoice && bank.items.length === content.items.length && bank.items.every(isSameRow);
}
