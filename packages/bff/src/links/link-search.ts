import { isBankSilence } from '../payments/errors.js';
import { isSameDecimal } from './basket.js';
import {
  BANK_DOWN_RETRY_MS,
  CLEAN_LISTINGS,
  CLEAN_LISTINGS_OVER_MS,
  LOOK_BACK_MS,
  searchMs,
} from './link-pace.js';
import { noteOf } from './link-sender.js';
import type { LinkBank } from './ports.js';
import type { BankBasketItem, BankLink, LeasedLink, LinkListing, LinkOrder } from './records.js';
import type { LinkChange, LinkStore } from './store-port.js';

/** Looks into the bank's list for a link whose answer was lost. Nothing is ever sent again. */
export class LinkSearch {
  readonly #bank: LinkBank;
  readonly #store: LinkStore;

  constructor(bank: LinkBank, store: LinkStore) {
    this.#bank = bank;
    this.#store = store;
  }

  async look(leased: LeasedLink): Promise<void> {
    const waitMs = searchMs(leased.sinceSentMs);
    try {
      const listing = await this.#bank.links(leased.readerId);
      const candidates = await this.#candidates(leased, listing);
      const same = candidates?.filter((bank) => isSameContent(bank, leased.order)) ?? [];
      const [only] = same;
      if (!candidates) await this.#store.release(leased, waitMs);
      else if (only && same.length === 1) await this.#adopt(leased, only);
      else if (candidates.length > 0) await this.#store.release(leased, waitMs, { candidates });
      else if (await this.#hasOtherTotal(leased, listing))
        await this.#store.release(leased, waitMs);
      else await this.#absent(leased, listing);
    } catch (error) {
      if (!isBankSilence(error)) throw error;
      await this.#store.waitForBank(leased, error, Math.max(waitMs, BANK_DOWN_RETRY_MS));
    }
  }

  /**
   * Made since our request, of the same amount, and nobody else's; `undefined`: not told yet. The
   * bank may tell rows otherwise than we sent them: then the member says whether it is theirs.
   */
  async #candidates(leased: LeasedLink, listing: LinkListing): Promise<BankLink[] | undefined> {
    const { link, order } = leased;
    const alike = recent(leased, listing).filter((bank) => bank.amountCents === order.amountCents);
    if (alike.length === 0) return [];
    const ids = alike.map(({ id }) => id);
    const { taken, isTwinInFlight } = await this.#store.claims(link, ids);
    // Its answer names which one is its own.
    return isTwinInFlight ? undefined : alike.filter(({ id }) => !taken.has(id));
  }

  /** Our rows under another total: ours perhaps, so its absence is not proved; never one to share (I-7). */
  async #hasOtherTotal(leased: LeasedLink, listing: LinkListing): Promise<boolean> {
    const odd = recent(leased, listing).filter(
      (bank) =>
        bank.amountCents !== leased.order.amountCents &&
        isSameContent(bank, { ...leased.order, amountCents: bank.amountCents }),
    );
    if (odd.length === 0) return false;
    const { taken } = await this.#store.claims(
      leased.link,
      odd.map(({ id }) => id),
    );
    if (odd.every(({ id }) => taken.has(id))) return false;
    await this.#store.alarm(leased, 'link-amount-differs');
    return true;
  }

  /** No answer of ours named it, so it is never deactivated by us. */
  async #adopt(leased: LeasedLink, bank: BankLink): Promise<void> {
    await this.#store.advance(leased, { ...found(bank), cause: 'found-in-list' });
  }

  async #absent(leased: LeasedLink, listing: LinkListing) {
    const { link, sinceSentMs } = leased;
    const { at, isWhole, odd } = listing;
    const since = earliest(leased, listing);
    const isRead = odd.every(({ createdAt }) => createdAt !== undefined && createdAt < since);
    // A list that moved while it was read, or has what nobody can read, proves nothing.
    if (!isWhole || !isRead) {
      return this.#store.release(leased, searchMs(sinceSentMs));
    }
    const firstCleanListingAt = link.firstCleanListingAt ?? at;
    const cleanListings = link.cleanListings + 1;
    const spanMs = at.getTime() - firstCleanListingAt.getTime();
    const note = { cleanListings, firstCleanListingAt, candidates: [] };
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

/** It counts as open until the next look, at once, has read its payments, too. */
export const found = (bank: BankLink): Pick<LinkChange, 'to' | 'note'> => ({
  to: 'open',
  note: { ...noteOf(bank), candidates: [] },
});

/** What is new in the list since our request. */
function recent(leased: LeasedLink, listing: LinkListing): BankLink[] {
  const since = earliest(leased, listing);
  const { listedBefore } = leased.link;
  return listing.links.filter((bank) => bank.createdAt >= since && !listedBefore.includes(bank.id));
}

/** No link of ours is older, by the clock that is behind: the bank's, or ours. */
function earliest({ link, sinceSentMs }: LeasedLink, { at }: LinkListing): Date {
  const sentAt = Math.min(link.firstSentAt?.getTime() ?? 0, at.getTime() - sinceSentMs);
  return new Date(sentAt - LOOK_BACK_MS);
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
      isSameDecimal(ours.quantity, row.quantity) &&
      isSameDecimal(ours.vatRate, row.vatRate)
    );
  };
  return !bank.invoice && bank.items.length === content.items.length && bank.items.every(isSameRow);
}
