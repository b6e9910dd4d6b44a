import { randomUUID } from 'node:crypto';
import type { BankClock } from '../clock.js';
import type { NewsDesk } from '../news.js';
import type { BankAccount } from '../state.js';
import type { StateStore } from '../state-store.js';
import type { InternalTransfer } from './internal-transfer.js';
import { movementsOf } from './movements.js';

const SETTLED_AFTER_MS = 1_000;

interface InternalOrder {
  readonly debit: BankAccount;
  readonly credit: BankAccount;
  readonly initiatorId: string;
  readonly amountCents: number;
  readonly reference: string;
  readonly idempotencyKey: string;
  readonly requestSha256: string;
}

interface Parts {
  readonly store: StateStore;
  readonly clock: BankClock;
  readonly news: NewsDesk;
}

/** Moves money between the accounts of one organisation (facts 4.7). */
export class InternalDesk {
  readonly #bank: Parts;
  readonly #open = new Set<InternalTransfer>();

  constructor(bank: Parts) {
    this.#bank = bank;
    this.reload();
  }

  get nextStepAt(): number {
    return Math.min(...[...this.#open].map(({ dueAt }) => dueAt));
  }

  reload(): void {
    this.#open.clear();
    for (const transfer of this.#bank.store.current.internalTransfers.values()) {
      if (transfer.status !== 'settled') this.#open.add(transfer);
    }
  }

  /** The money is promised at once, and moves a second later. */
  accept({ debit, credit, ...order }: InternalOrder): InternalTransfer {
    const now = this.#bank.clock.now();
    const { internalTransfers } = this.#bank.store.current;
    const transfer: InternalTransfer = {
      ...order,
      id: randomUUID(),
      slug: `${debit.slug}-internal-${internalTransfers.size + 1}`,
      organizationId: debit.organizationId,
      debitAccountId: debit.id,
      creditAccountId: credit.id,
      createdAt: now,
      dueAt: now + SETTLED_AFTER_MS,
      status: 'processing',
      settledAt: null,
    };
    debit.heldCents += transfer.amountCents;
    internalTransfers.set(transfer.id, transfer);
    this.#open.add(transfer);
    this.#bank.store.touch();
    return transfer;
  }

  catchUp(): void {
    const now = this.#bank.clock.now();
    const due = [...this.#open].filter(({ dueAt }) => dueAt <= now);
    for (const transfer of due) this.#settle(transfer);
    if (due.length > 0) this.#bank.store.touch();
  }

  #settle(transfer: InternalTransfer): void {
    const { accounts } = this.#bank.store.current;
    const debit = accounts.get(transfer.debitAccountId);
    const credit = accounts.get(transfer.creditAccountId);
    if (!debit || !credit) throw new Error(`internal transfer ${transfer.id} has no account`);
    debit.heldCents -= transfer.amountCents;
    debit.balanceCents -= transfer.amountCents;
    credit.balanceCents += transfer.amountCents;
    debit.updatedAt = transfer.dueAt;
    credit.updatedAt = transfer.dueAt;
    transfer.status = 'settled';
    transfer.settledAt = transfer.dueAt;
    this.#open.delete(transfer);
    for (const transaction of movementsOf(transfer, { debit, credit })) {
      this.#bank.store.current.transactions.set(transaction.id, transaction);
      this.#bank.news.tell({ kind: 'transaction', event: 'created', transaction });
    }
  }
}
