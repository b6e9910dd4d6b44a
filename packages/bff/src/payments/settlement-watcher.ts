import { isFinal } from '@qonto-pay/shared';
import { acceptedItem, bulkItems } from './accepted-transfer.js';
import { bankDay } from './days.js';
import { BankUnavailableError, isBankSilence } from './errors.js';
import { LearnedRows } from './learned-rows.js';
import { LOOK_BACK_MS, plus, settlementPollMs } from './pace.js';
import type { Bank, BankTransfer } from './ports.js';
import type { LeasedAttempt, PaymentItem } from './records.js';
import { followedSince, matchTransfers } from './request-matching.js';
import { byEitherMember } from './request-members.js';
import type { AttemptNote, AttemptStore } from './store-port.js';

const BANK_DOWN_RETRY_MS = 10_000;
/** So few are read one by one; more of them cost less as a list. */
const FEW = 5;
/** Approved so long ago, and still no transfer like it: the colleague may have changed it. */
const MATCHED_WITHIN_MS = 60 * 60_000;
/** The bank carries a bulk out within minutes; figures are not published (facts § 4.5). */
const CARRIED_OUT_WITHIN_MS = 24 * 60 * 60_000;

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
    const learned = new LearnedRows(leased);
    await this.#findTransfers(leased, learned);
    const followed = learned.items.filter(({ transferId }) => transferId !== undefined);
    const { transfers, traceId, ...listed } = await this.#transfers(leased, learned, followed);
    let isReadable = true;
    for (const item of followed) {
      const transfer = transfers.get(item.transferId ?? '');
      if (!transfer) continue;
      isReadable &&= transfer.status !== 'unrecognized';
      follow(leased, learned, { item, transfer });
    }
    if (!isReadable) await this.#store.alarm(leased, 'transfer-status-unrecognized');
    await this.#verifyPayees(leased, learned, transfers);
    // What was listed and could not be taken in has to be listed again.
    const note = learned.isPartial ? {} : listed.note;
    const nextInMs = this.#pace(leased);
    const items = learned.changes;
    if (items.length === 0) return this.#store.release(leased, nextInMs, note);
    const change = { items, cause: learned.alarm ?? 'bank-reports', traceId, note, nextInMs };
    await this.#store.advance(leased, change);
  }

  /** Rows that have no transfer yet: the bulk tells of them, or the list where a request ended. */
  async #findTransfers(leased: LeasedAttempt, learned: LearnedRows): Promise<void> {
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
      this.#holdLost(leased, learned, bulk.at);
    } else if (payment.kind === 'request') {
      await this.#match(leased, learned, without);
    } else throw new Error('an accepted payment has a transfer');
  }

  /** Long after it was taken, a row that is neither a transfer nor refused is for a person. */
  #holdLost({ attempt }: LeasedAttempt, learned: LearnedRows, at: Date): void {
    if (at < plus(attempt.lastSentAt ?? at, CARRIED_OUT_WITHIN_MS)) return;
    for (const { index, transferId, status } of learned.items) {
      if (transferId === undefined && !isFinal(status)) learned.hold(index, 'bulk-row-lost');
    }
  }

  /** What a colleague's approval has made, which no answer of the bank names. */
  async #match(leased: LeasedAttempt, learned: LearnedRows, without: readonly PaymentItem[]) {
    const { connectionId } = leased.attempt;
    const listing = await this.#bank.transfersSince(connectionId, followedSince(leased));
    const rows = { without, listing };
    const { changes, ambiguous } = await matchTransfers(this.#bank, leased, rows);
    for (const change of changes) learned.add(change);
    for (const index of ambiguous) learned.hold(index, 'ambiguous-twin');
    const { followedUntil } = leased.attempt;
    if (!followedUntil || listing.at < plus(followedUntil, MATCHED_WITHIN_MS)) return;
    const today = bankDay(listing.at);
    const due = learned.items.filter(({ scheduledOn = today }) => scheduledOn <= today);
    for (const { index, transferId } of due) {
      if (transferId === undefined) learned.hold(index, 'request-transfer-not-found');
    }
  }

  async #transfers(leased: LeasedAttempt, learned: LearnedRows, followed: readonly PaymentItem[]) {
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
      if (isWhole && followed.length === learned.openCount) {
        note = { followedUntil: plus(at, -LOOK_BACK_MS) };
      }
    } else traceId = await this.#readEach(attempt.connectionId, followed, found);
    return { transfers: found, traceId, note };
  }

  /** One that cannot be read does not stop the others. */
  async #readEach(
    connectionId: string,
    followed: readonly PaymentItem[],
    found: Map<string, BankTransfer>,
  ): Promise<string | undefined> {
    let traceId: string | undefined;
    let silence: BankUnavailableError | undefined;
    for (const { transferId = '' } of followed) {
      try {
        const transfer = await this.#bank.transfer(connectionId, transferId);
        traceId = transfer.traceId;
        found.set(transfer.id, transfer);
      } catch (error) {
        if (!(error instanceof BankUnavailableError)) throw error;
        silence = error;
      }
    }
    if (silence !== undefined && found.size === 0) throw silence;
    return traceId;
  }

  /** I-7: a transfer does not repeat its IBAN, so each row's payee is read back once. */
  async #verifyPayees(
    leased: LeasedAttempt,
    learned: LearnedRows,
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
      const listed = known?.get(item.payeeIban);
      const isListed = listed !== undefined && listed.id === transfer.beneficiaryId;
      const iban = isListed ? listed.iban : await this.#payeeIban(leased, transfer);
      if (iban === 'unread') learned.withhold(item.index);
      else if (iban === item.payeeIban) learned.add({ index: item.index, payeeVerified: true });
      else learned.hold(item.index, 'payee-differs');
    }
  }

  async #payeeIban(
    leased: LeasedAttempt,
    { beneficiaryId }: BankTransfer,
  ): Promise<string | undefined> {
    if (!beneficiaryId) {
      await this.#store.alarm(leased, 'transfer-without-payee');
      return 'unread';
    }
    try {
      return (await this.#bank.payee(leased.attempt.connectionId, beneficiaryId))?.iban;
    } catch (error) {
      if (error instanceof BankUnavailableError) return 'unread';
      throw error;
    }
  }

  #pace({ attempt, now }: LeasedAttempt): number {
    return settlementPollMs(now.getTime() - (attempt.lastSentAt ?? now).getTime());
  }
}

/** What a transfer tells of its row, its payee apart. An unknown status tells nothing. */
function follow(
  { payment }: LeasedAttempt,
  learned: LearnedRows,
  { item, transfer }: { item: PaymentItem; transfer: BankTransfer },
): void {
  const { to, ...rest } = acceptedItem(payment, item, transfer);
  if (to === 'held') learned.hold(item.index, 'bank-reports-otherwise');
  else if (transfer.status !== 'unrecognized') learned.add({ ...rest, to: transfer.status });
}
