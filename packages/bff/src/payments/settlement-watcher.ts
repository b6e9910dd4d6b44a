import { acceptedItem, bulkItems } from './accepted-transfer.js';
import { bankDay } from './days.js';
import { BankUnavailableError, isBankSilence } from './errors.js';
import { LOOK_BACK_MS, plus, settlementPollMs } from './pace.js';
import { openItems } from './payment-items.js';
import type { Bank, BankTransfer } from './ports.js';
import type { LeasedAttempt, PaymentItem } from './records.js';
import { followedSince, matchTransfers } from './request-matching.js';
import { byEitherMember } from './request-members.js';
import type { AttemptNote, AttemptStore, ItemChange } from './store-port.js';

const BANK_DOWN_RETRY_MS = 10_000;
/** So few are read one by one; more of them cost less as a list. */
const FEW = 5;
/** Approved so long ago, and still no transfer like it: the colleague may have changed it. */
const MATCHED_WITHIN_MS = 60 * 60_000;

/** Follows what the bank has accepted to its end: each row by itself, in few calls. */
export class SettlementWatcher {
  readonly #bank: Bank;
  readonly #store: AttemptStore;

  constructor(bank: Bank, store: AttemptStore) {
    this.#bank = bank;
    this.#store = store;
  }

  async look(leased: LeasedAttempt): Promise<void> {
    try {
      await byEitherMember(leased, (as) => this.#look(as));
    } catch (error) {
      if (!isBankSilence(error)) throw error;
      await this.#store.waitForBank(leased, error, BANK_DOWN_RETRY_MS);
    }
  }

  async #look(leased: LeasedAttempt): Promise<void> {
    const learned = new Learned(leased);
    await this.#findTransfers(leased, learned);
    const followed = learned.items.filter(({ transferId }) => transferId !== undefined);
    const { transfers, note, traceId } = await this.#transfers(leased, followed);
    for (const item of followed) {
      const transfer = transfers.get(item.transferId ?? '');
      if (transfer) await this.#follow(leased, learned, { item, transfer });
    }
    await this.#verifyPayees(leased, learned, transfers);
    const nextInMs = this.#pace(leased);
    const items = learned.changes;
    if (items.length === 0) return this.#store.release(leased, nextInMs, note);
    const change = { items, cause: learned.alarm ?? 'bank-reports', traceId, note, nextInMs };
    await this.#store.advance(leased, change);
  }

  /** Rows that have no transfer yet: the bulk tells of them, or the list where a request ended. */
  async #findTransfers(leased: LeasedAttempt, learned: Learned): Promise<void> {
    const { payment, attempt } = leased;
    const without = learned.items.filter(({ transferId }) => transferId === undefined);
    if (without.length === 0) return;
    if (payment.kind === 'bulk' && payment.bankId) {
      const bulk = await this.#bank.bulk(attempt.connectionId, payment.bankId);
      const wanted = new Set(without.map(({ index }) => index));
      const reported = bulkItems(payment, bulk).filter(({ change }) => wanted.has(change.index));
      for (const { change } of reported) learned.add(change);
      // It may come yet; but nobody would know of one that never does.
      if (reported.some(({ known }) => !known)) {
        await this.#store.alarm(leased, 'bulk-row-missing');
      }
      if (bulk.items.some(({ status }) => status === 'unrecognized')) {
        await this.#store.alarm(leased, 'bulk-status-unrecognized');
      }
    } else if (payment.kind === 'request') {
      await this.#match(leased, learned, without);
    } else throw new Error('an accepted payment has a transfer');
  }

  /** What a colleague's approval has made, which no answer of the bank names. */
  async #match(leased: LeasedAttempt, learned: Learned, without: readonly PaymentItem[]) {
    const { connectionId } = leased.attempt;
    const listing = await this.#bank.transfersSince(connectionId, followedSince(leased));
    const rows = { without, listing };
    const { changes, ambiguous } = await matchTransfers(this.#bank, leased, rows);
    for (const change of changes) learned.add(change);
    for (const index of ambiguous) learned.hold(index, 'ambiguous-twin');
    if (listing.at < plus(followedSince(leased), MATCHED_WITHIN_MS)) return;
    const today = bankDay(listing.at);
    const due = learned.items.filter(({ scheduledOn = today }) => scheduledOn <= today);
    for (const { index, transferId } of due) {
      if (transferId === undefined) learned.hold(index, 'request-transfer-not-found');
    }
  }

  async #transfers(leased: LeasedAttempt, followed: readonly PaymentItem[]) {
    const { attempt } = leased;
    const found = new Map<string, BankTransfer>();
    let traceId: string | undefined;
    let note: AttemptNote = {};
    if (followed.length > FEW) {
      // While a bulk is carried out the list moves all the time; what is missed is in the next one.
      const { transfers, at, isWhole } = await this.#bank.transfersSince(
        attempt.connectionId,
        followedSince(leased),
        { mayMiss: true },
      );
      for (const transfer of transfers) found.set(transfer.id, transfer);
      // As long as rows are without, the list is read from the approval on.
      if (isWhole && followed.length === openItems(leased.payment).length) {
        note = { followedUntil: plus(at, -LOOK_BACK_MS) };
      }
    } else {
      for (const { transferId = '' } of followed) {
        const transfer = await this.#bank.transfer(attempt.connectionId, transferId);
        traceId = transfer.traceId;
        found.set(transfer.id, transfer);
      }
    }
    return { transfers: found, traceId, note };
  }

  async #follow(
    leased: LeasedAttempt,
    learned: Learned,
    { item, transfer }: { item: PaymentItem; transfer: BankTransfer },
  ): Promise<void> {
    const { to, ...rest } = acceptedItem(leased.payment, item, transfer);
    if (to === 'held') return learned.hold(item.index, 'bank-reports-otherwise');
    if (transfer.status === 'unrecognized') {
      await this.#store.alarm(leased, 'transfer-status-unrecognized');
      return;
    }
    learned.add({ ...rest, to: transfer.status });
  }

  /** I-7: a transfer does not repeat its IBAN, so each row's payee is read back once. */
  async #verifyPayees(
    leased: LeasedAttempt,
    learned: Learned,
    transfers: ReadonlyMap<string, BankTransfer>,
  ): Promise<void> {
    const { connectionId } = leased.attempt;
    const unverified = learned.items.flatMap((item) => {
      const transfer = transfers.get(item.transferId ?? '');
      // Where no money moves, nobody gets any.
      const isMoving = transfer && !['declined', 'canceled'].includes(transfer.status);
      return isMoving && !item.payeeVerified ? [{ item, transfer }] : [];
    });
    const isMany = unverified.length > FEW;
    const ibans = [...new Set(unverified.map(({ item }) => item.payeeIban))];
    const { known } = isMany
      ? await this.#bank.findPayees(connectionId, ibans)
      : { known: undefined };
    for (const { item, transfer } of unverified) {
      if (!transfer.beneficiaryId) {
        await this.#store.alarm(leased, 'transfer-without-payee');
        throw new BankUnavailableError('a transfer without a payee');
      }
      const isListed = known?.get(item.payeeIban)?.id === transfer.beneficiaryId;
      const payee = isListed
        ? undefined
        : await this.#bank.payee(connectionId, transfer.beneficiaryId);
      if (isListed || payee?.iban === item.payeeIban) {
        learned.add({ index: item.index, payeeVerified: true });
      } else learned.hold(item.index, 'payee-differs');
    }
  }

  #pace({ attempt, now }: LeasedAttempt): number {
    return settlementPollMs(now.getTime() - (attempt.lastSentAt ?? now).getTime());
  }
}

/** What one look has learned of the rows that are still open. */
class Learned {
  /** Why a row is held, if one is. */
  alarm: string | undefined;
  readonly #open: readonly PaymentItem[];
  readonly #changes = new Map<number, ItemChange>();

  constructor({ payment }: LeasedAttempt) {
    this.#open = openItems(payment);
  }

  /** The rows as they are by now; those that have ended are left out. */
  get items(): PaymentItem[] {
    return this.#open
      .map((item) => {
        const { to = item.status, ...learned } = this.#changes.get(item.index) ?? {};
        return { ...item, ...learned, status: to };
      })
      .filter(({ index }) => this.#changes.get(index)?.to !== 'held');
  }

  add(change: ItemChange): void {
    const { index } = change;
    this.#changes.set(index, { ...this.#changes.get(index), ...change });
  }

  hold(index: number, cause: string): void {
    this.alarm ??= cause;
    this.add({ index, to: 'held' });
  }

  /** Only what is new. */
  get changes(): ItemChange[] {
    return this.#open.flatMap((item) => {
      const change = this.#changes.get(item.index);
      if (!change) return [];
      const { to, index: _index, ...learned } = change;
      const isNew = Object.entries(learned).some(
        ([name, value]) => item[name as keyof typeof learned] !== value,
      );
      const isMoved = to !== undefined && to !== item.status;
      if (!isNew && !isMoved) return [];
      return [{ index: item.index, ...learned, ...(isMoved && { to }) }];
    });
  }
}
