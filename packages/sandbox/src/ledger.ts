import { randomUUID } from 'node:crypto';
import type { BeneficiaryBook, Payee } from './beneficiary-book.js';
import type { BankClock } from './clock.js';
import type { NewsDesk } from './news.js';
import { RecentPayments } from './recent-payments.js';
import { dayOf, isInstant, stepsOf } from './settlement.js';
import type { BankAccount, Beneficiary, Transfer, TransferStep } from './state.js';
import type { StateStore } from './state-store.js';
import type { Switches } from './switches.js';
import { incomeOf, transactionOf } from './transactions/of-transfer.js';

export interface TransferOrder {
  readonly account: BankAccount;
  readonly payee: Payee;
  readonly initiatorId: string;
  readonly amountCents: number;
  readonly reference: string;
  readonly note: string | null;
  readonly scheduledDate: string;
  readonly attachmentIds: readonly string[];
  readonly idempotencyKey: string;
  readonly requestSha256: string;
  readonly recurringTransferId?: string;
  /** In bank time; now where it is left out. */
  readonly acceptedAt?: number;
  /** Nothing is held for it: the money is looked for when it is sent. */
  readonly isUnfunded?: boolean;
}

/** Holds the money, accounts and transfers, and moves it on as the bank's clock does. */
export class Ledger {
  readonly #store: StateStore;
  readonly #clock: BankClock;
  readonly #book: BeneficiaryBook;
  readonly #news: NewsDesk;
  readonly #switches: Switches;
  readonly #recent = new RecentPayments();
  readonly #open = new Set<Transfer>();
  #nextStepAt = Number.POSITIVE_INFINITY;

  constructor(parts: {
    readonly store: StateStore;
    readonly clock: BankClock;
    readonly beneficiaries: BeneficiaryBook;
    readonly news: NewsDesk;
    readonly switches: Switches;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#book = parts.beneficiaries;
    this.#news = parts.news;
    this.#switches = parts.switches;
    this.reload();
  }

  /** When the next thing happens by itself, in bank time. */
  get nextStepAt(): number {
    return this.#nextStepAt;
  }

  /** To be called when the state behind it has been replaced. */
  reload(): void {
    this.#open.clear();
    this.#recent.clear();
    for (const transfer of this.#store.current.transfers.values()) {
      this.#noteRecent(transfer);
      if (transfer.steps.length > 0) this.#open.add(transfer);
    }
    this.#findNextStep();
  }

  account(organizationId: string, id: string): BankAccount | undefined {
    const account = this.#store.current.accounts.get(id);
    return account?.organizationId === organizationId ? account : undefined;
  }

  transfer(organizationId: string, id: string): Transfer | undefined {
    const transfer = this.#store.current.transfers.get(id);
    return transfer?.organizationId === organizationId ? transfer : undefined;
  }

  /** What may still be ordered from an account. */
  availableCents(account: BankAccount): number {
    return account.balanceCents - account.heldCents;
  }

  /** Accepts an order whose checks have all passed. */
  accept(order: TransferOrder): Transfer {
    const now = order.acceptedAt ?? this.#clock.now();
    const { organizationId } = order.account;
    const beneficiary = order.payee.known ?? this.#book.learn(organizationId, order.payee);
    const isHeld = order.scheduledDate <= dayOf(now) && !order.isUnfunded;
    this.#validate(beneficiary, now);
    const transfer: Transfer = {
      id: randomUUID(),
      organizationId,
      accountId: order.account.id,
      beneficiaryId: beneficiary.id,
      initiatorId: order.initiatorId,
      amountCents: order.amountCents,
      creditIban: beneficiary.iban,
      creditName: beneficiary.name,
      reference: order.reference,
      note: order.note,
      scheduledDate: order.scheduledDate,
      attachmentIds: order.attachmentIds,
      ...(order.recurringTransferId ? { recurringTransferId: order.recurringTransferId } : {}),
      idempotencyKey: order.idempotencyKey,
      requestSha256: order.requestSha256,
      createdAt: now,
      updatedAt: now,
      status: 'pending',
      declinedReason: null,
      processedAt: null,
      completedAt: null,
      transactionId: null,
      isHeld,
      steps: [],
    };
    transfer.steps = this.#stepsOf(transfer, beneficiary);
    if (isHeld) order.account.heldCents += order.amountCents;
    this.#store.current.transfers.set(transfer.id, transfer);
    this.#open.add(transfer);
    this.#nextStepAt = Math.min(this.#nextStepAt, transfer.steps[0]?.at ?? this.#nextStepAt);
    this.#news.tell({ kind: 'transfer', event: 'created', transfer });
    this.#store.touch();
    return transfer;
  }

  #stepsOf(transfer: Transfer, { trusted }: Beneficiary): TransferStep[] {
    const { amountCents, scheduledDate, createdAt: acceptedAt } = transfer;
    const dailyCents = this.#noteRecent(transfer);
    const order = { amountCents, scheduledDate, acceptedAt };
    if (isInstant({ amountCents, dailyCents, isTrusted: trusted })) return stepsOf(order);
    const seconds = this.#switches.get('standard_settlement_seconds');
    return stepsOf({ ...order, standardSettlementMs: seconds * 1000 });
  }

  #noteRecent({ beneficiaryId, createdAt, amountCents }: Transfer): number {
    return this.#recent.add(beneficiaryId, { at: createdAt, cents: amountCents });
  }

  // Its first use validates a new beneficiary (facts 4.2).
  #validate(beneficiary: Beneficiary, at: number): void {
    if (beneficiary.status !== 'pending') return;
    beneficiary.status = 'validated';
    beneficiary.updatedAt = at;
    this.#news.tell({ kind: 'beneficiary', event: 'updated', beneficiary });
  }

  /** Withdraws a transfer that has not been sent; false when it is too late. */
  cancel(transfer: Transfer): boolean {
    if (transfer.status !== 'pending') return false;
    this.#release(transfer);
    transfer.status = 'canceled';
    transfer.updatedAt = this.#clock.now();
    transfer.steps = [];
    this.#open.delete(transfer);
    this.#news.tell({ kind: 'transfer', event: 'canceled', transfer });
    this.#store.touch();
    return true;
  }

  /** Does everything that is due by now, in the order of its time. */
  catchUp(): void {
    const now = this.#clock.now();
    if (now < this.#nextStepAt) return;
    const due = [...this.#open]
      .flatMap((transfer) => transfer.steps.map((step) => ({ transfer, step })))
      .filter(({ step }) => step.at <= now)
      .sort((one, other) => one.step.at - other.step.at);
    for (const { transfer, step } of due) {
      if (transfer.steps[0] === step) this.#take(transfer, step);
    }
    this.#findNextStep();
    this.#store.touch();
  }

  #take(transfer: Transfer, step: TransferStep): void {
    transfer.steps.shift();
    const account = this.#store.current.accounts.get(transfer.accountId);
    if (!account) throw new Error(`transfer ${transfer.id} has no account`);
    // A scheduled transfer holds nothing before its day: the money may be gone by then.
    const isShort =
      step.status === 'processing' &&
      !transfer.isHeld &&
      this.availableCents(account) < transfer.amountCents;
    if (isShort) {
      transfer.steps = [];
      this.#decline(transfer, 'debit_account_insufficient_funds');
    } else if (step.status === 'declined') {
      this.#decline(transfer, step.declinedReason ?? 'qonto_processing_failed');
    } else if (step.status === 'processing') {
      this.#debit(transfer, account, step.at);
    } else {
      this.#settle(transfer, step.at);
    }
    transfer.updatedAt = step.at;
    if (transfer.steps.length === 0) this.#open.delete(transfer);
    this.#tellOf(transfer);
  }

  #debit(transfer: Transfer, account: BankAccount, at: number): void {
    this.#release(transfer);
    account.balanceCents -= transfer.amountCents;
    account.updatedAt = at;
    transfer.status = 'processing';
    transfer.processedAt = at;
    transfer.transactionId = randomUUID();
  }

  #settle(transfer: Transfer, at: number): void {
    transfer.status = 'settled';
    transfer.completedAt = at;
    for (const account of this.#store.current.accounts.values()) {
      if (account.iban !== transfer.creditIban) continue;
      account.balanceCents += transfer.amountCents;
      const income = incomeOf(transfer, account, at);
      this.#store.current.transactions.set(income.id, income);
      this.#news.tell({ kind: 'transaction', event: 'created', transaction: income });
    }
  }

  #tellOf(transfer: Transfer): void {
    const { status } = transfer;
    if (status === 'pending') return;
    this.#news.tell({ kind: 'transfer', event: status, transfer });
    const transaction = transactionOf(transfer);
    if (!transaction) return;
    const event = status === 'processing' ? 'created' : 'updated';
    this.#news.tell({ kind: 'transaction', event, transaction });
  }

  #decline(transfer: Transfer, reason: string): void {
    this.#release(transfer);
    transfer.status = 'declined';
    transfer.declinedReason = reason;
  }

  #release(transfer: Transfer): void {
    if (!transfer.isHeld) return;
    transfer.isHeld = false;
    const account = this.#store.current.accounts.get(transfer.accountId);
    if (account) account.heldCents -= transfer.amountCents;
  }

  #findNextStep(): void {
    this.#nextStepAt = Number.POSITIVE_INFINITY;
    for (const { steps } of this.#open) {
      this.#nextStepAt = Math.min(this.#nextStepAt, steps[0]?.at ?? Number.POSITIVE_INFINITY);
    }
  }
}
