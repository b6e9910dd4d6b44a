import { acceptedBulk, acceptedTransfer, onlyRow } from './accepted-transfer.js';
import { plus } from './pace.js';
import type { Bank, BankTransfer } from './ports.js';
import type { LeasedAttempt, PaymentItem } from './records.js';
import { requestChange } from './request-change.js';
import type { Change } from './store-port.js';

/**
 * Our clock may be ahead of the bank's, by which its lists are filtered: what is ours is known by
 * its mark, so looking far back costs pages and nothing else.
 */
const LISTED_SINCE_MS = 24 * 60 * 60 * 1000;
/** Without our mark, one that is older is another payment of the same payee. */
const ALIKE_SINCE_MS = 30 * 60 * 1000;

/** What the bank's lists say of an attempt whose send was not answered. */
export type Found =
  | { kind: 'found'; change: Change }
  /** Two of them carry our mark, or a part of it: a person must look. */
  | { kind: 'ambiguous'; cause: string }
  | { kind: 'absent'; at: Date; lookAlike: () => Promise<boolean> };

/** Looks for what an attempt has made at the bank: all pages, since its first send. */
export class BankSearch {
  readonly #bank: Bank;

  constructor(bank: Bank) {
    this.#bank = bank;
  }

  async find(leased: LeasedAttempt): Promise<Found> {
    switch (leased.attempt.kind) {
      case 'bulk':
        return this.#bulk(leased);
      case 'request':
        return this.#request(leased);
      default:
        return this.#transfer(leased);
    }
  }

  async #transfer(leased: LeasedAttempt): Promise<Found> {
    const { attempt, payment } = leased;
    const { transfers, at } = await this.#transfers(leased);
    const tagged = transfers.filter(({ note }) => note.includes(attempt.tag));
    const [found] = tagged;
    if (tagged.length > 1) return { kind: 'ambiguous', cause: 'ambiguous-twin' };
    if (found) return { kind: 'found', change: acceptedTransfer(payment, found) };
    const lookAlike = () => this.#hasLookAlike(leased, [onlyRow(payment)], transfers);
    return { kind: 'absent', at, lookAlike };
  }

  /** A bulk is known by the names that we gave its rows. */
  async #bulk(leased: LeasedAttempt): Promise<Found> {
    const { attempt, payment } = leased;
    const ours = new Set(payment.items.map(({ clientTransferId }) => clientTransferId));
    const { bulks, at } = await this.#bank.bulksSince(attempt.connectionId, since(leased));
    const named = bulks.filter(({ items }) =>
      items.some(({ clientTransferId }) => ours.has(clientTransferId)),
    );
    const [found] = named;
    if (named.length > 1) return { kind: 'ambiguous', cause: 'ambiguous-twin' };
    if (found) return { kind: 'found', change: acceptedBulk(payment, found) };
    const lookAlike = async () => {
      const { transfers } = await this.#transfers(leased);
      const isTagged = transfers.some(({ note }) => note.includes(attempt.tag));
      return isTagged || this.#hasLookAlike(leased, payment.items, transfers);
    };
    return { kind: 'absent', at, lookAlike };
  }

  /** A request moves nothing by itself, so nothing could be mistaken for it. */
  async #request(leased: LeasedAttempt): Promise<Found> {
    const { attempt } = leased;
    const listing = await this.#bank.colleagueRequestsSince(attempt.connectionId, since(leased));
    const tagged = listing.requests.filter(({ note }) => note.includes(attempt.tag));
    const [found] = tagged;
    if (tagged.length > 1) return { kind: 'ambiguous', cause: 'ambiguous-twin' };
    if (found) return { kind: 'found', change: requestChange(found) };
    return { kind: 'absent', at: listing.at, lookAlike: async () => false };
  }

  #transfers(leased: LeasedAttempt) {
    return this.#bank.transfersSince(leased.attempt.connectionId, since(leased));
  }

  /** Untagged, but of the same account, amount and payee as one of our rows. */
  async #hasLookAlike(
    { attempt, payment }: LeasedAttempt,
    items: readonly PaymentItem[],
    transfers: readonly BankTransfer[],
  ): Promise<boolean> {
    const earliest = plus(attempt.firstSentAt ?? payment.createdAt, -ALIKE_SINCE_MS);
    for (const transfer of transfers) {
      const alike = items.filter(({ amountCents }) => amountCents === transfer.amountCents);
      const isNear = transfer.accountId === payment.accountId && transfer.createdAt >= earliest;
      if (alike.length === 0 || !isNear) continue;
      const payee = transfer.beneficiaryId
        ? await this.#bank.payee(attempt.connectionId, transfer.beneficiaryId)
        : undefined;
      if (!payee || alike.some(({ payeeIban }) => payeeIban === payee.iban)) return true;
    }
    return false;
  }
}

const since = ({ attempt, now }: LeasedAttempt): Date =>
  plus(attempt.firstSentAt ?? now, -LISTED_SINCE_MS);
