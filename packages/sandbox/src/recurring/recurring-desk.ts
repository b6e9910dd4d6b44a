import { randomUUID } from 'node:crypto';
import type { BeneficiaryBook } from '../beneficiary-book.js';
import type { BankClock } from '../clock.js';
import type { Ledger } from '../ledger.js';
import { startOfDay } from '../settlement.js';
import type { StateStore } from '../state-store.js';
import { executionDay } from './calendar.js';
import type { RecurringTransfer } from './recurring-transfer.js';

type RecurringOrder = Omit<
  RecurringTransfer,
  'id' | 'createdAt' | 'updatedAt' | 'executions' | 'nextExecutionDate' | 'isCanceled'
>;

interface Parts {
  readonly store: StateStore;
  readonly clock: BankClock;
  readonly ledger: Ledger;
  readonly beneficiaries: BeneficiaryBook;
}

/** Standing orders: each execution is a transfer of its own (facts 4.6). */
export class RecurringDesk {
  readonly #bank: Parts;
  #nextStepAt = Number.POSITIVE_INFINITY;

  constructor(bank: Parts) {
    this.#bank = bank;
    this.reload();
  }

  get nextStepAt(): number {
    return this.#nextStepAt;
  }

  reload(): void {
    this.#nextStepAt = Math.min(...this.#all().map(dueAt));
  }

  find(organizationId: string, id: string): RecurringTransfer | undefined {
    const found = this.#bank.store.current.recurringTransfers.get(id);
    return found?.organizationId === organizationId ? found : undefined;
  }

  accept(order: RecurringOrder): RecurringTransfer {
    const now = this.#bank.clock.now();
    const recurring: RecurringTransfer = {
      ...order,
      id: randomUUID(),
      createdAt: now,
      updatedAt: now,
      executions: 0,
      nextExecutionDate: order.firstExecutionDate,
      isCanceled: false,
    };
    this.#bank.store.current.recurringTransfers.set(recurring.id, recurring);
    this.reload();
    this.#bank.store.touch();
    return recurring;
  }

  /** False when there is nothing left to cancel. */
  cancel(recurring: RecurringTransfer): boolean {
    if (recurring.nextExecutionDate === null) return false;
    recurring.nextExecutionDate = null;
    recurring.isCanceled = true;
    recurring.updatedAt = this.#bank.clock.now();
    this.reload();
    this.#bank.store.touch();
    return true;
  }

  catchUp(): void {
    const now = this.#bank.clock.now();
    if (now < this.#nextStepAt) return;
    for (const recurring of this.#all()) {
      while (dueAt(recurring) <= now) this.#execute(recurring);
    }
    this.reload();
    this.#bank.store.touch();
  }

  #execute(recurring: RecurringTransfer): void {
    const at = dueAt(recurring);
    const { organizationId, initiatorId, amountCents, reference, note, attachmentIds } = recurring;
    const account = this.#bank.ledger.account(organizationId, recurring.accountId);
    const known = this.#bank.beneficiaries.find(organizationId, recurring.beneficiaryId);
    if (!account || !known) throw new Error(`recurring ${recurring.id} has lost its account`);
    this.#bank.ledger.accept({
      ...{ account, payee: { known }, initiatorId, amountCents, reference, note, attachmentIds },
      scheduledDate: recurring.nextExecutionDate ?? '',
      idempotencyKey: recurring.idempotencyKey,
      requestSha256: recurring.requestSha256,
      recurringTransferId: recurring.id,
      acceptedAt: at,
      // Nobody has promised the money: it is there on the day, or the transfer is declined.
      isUnfunded: true,
    });
    recurring.executions += 1;
    recurring.updatedAt = at;
    recurring.nextExecutionDate = nextDay(recurring);
  }

  #all(): RecurringTransfer[] {
    return [...this.#bank.store.current.recurringTransfers.values()];
  }
}

function dueAt({ nextExecutionDate, createdAt }: RecurringTransfer): number {
  if (nextExecutionDate === null) return Number.POSITIVE_INFINITY;
  return Math.max(createdAt, startOfDay(nextExecutionDate));
}

function nextDay(recurring: RecurringTransfer): string | null {
  const { firstExecutionDate: first, frequency, lastExecutionDate, executions } = recurring;
  const day = executionDay({ first, frequency }, executions);
  return lastExecutionDate !== null && day > lastExecutionDate ? null : day;
}
