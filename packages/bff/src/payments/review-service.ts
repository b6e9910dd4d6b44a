import { formatAmount, type Review } from '@qonto-pay/shared';
import {
  BankUnavailableError,
  ConsentNeededError,
  NotAllowedError,
  PaymentError,
  SignedOutError,
} from './errors.js';
import type { Bank, BankAccount, Log } from './ports.js';
import type { CheckFailure, Intent, IntentItem, Member, ReviewRecord } from './records.js';
import type { ReviewStore } from './store-port.js';

/** Balances are shown, not relied upon: a short memory spares the bank a call per page event. */
const ACCOUNTS_LIFE_MS = 15_000;

export type ReviewOutcome =
  | { kind: 'review'; review: Review; record: ReviewRecord; accounts: BankAccount[] }
  | { kind: CheckFailure };

/** What the payer sees before confirming: who is paid, what the bank says of them, from where. */
export class ReviewService {
  readonly #bank: Bank;
  readonly #store: ReviewStore;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #accounts = new Map<string, { at: number; accounts: Promise<BankAccount[]> }>();
  readonly #checks = new Set<Promise<void>>();

  constructor(options: { bank: Bank; store: ReviewStore; log: Log; now: () => number }) {
    this.#bank = options.bank;
    this.#store = options.store;
    this.#log = options.log;
    this.#now = options.now;
  }

  /** The review as it stands; begins the payee check where it is missing or too old. */
  async read(intent: Intent, member: Member): Promise<ReviewOutcome> {
    try {
      const check = await this.#store.startCheck(intent, member);
      if (check) this.#track(this.#check(intent, member, check.id));
      const accounts = await this.accounts(member);
      const record = await this.#store.find(intent.id, member.connectionId);
      if (!record) return { kind: 'unavailable' };
      if (record.check?.failure) return { kind: record.check.failure };
      return { kind: 'review', review: reviewOf(intent, record, accounts), record, accounts };
    } catch (error) {
      return { kind: failureOf(error) };
    }
  }

  async chooseAccount(intent: Intent, member: Member, accountId: string): Promise<void> {
    usableAccount(await this.accounts(member), accountId);
    await this.#store.chooseAccount(intent.id, member.connectionId, accountId);
  }

  async accounts({ connectionId }: Member): Promise<BankAccount[]> {
    const known = this.#accounts.get(connectionId);
    if (known && this.#now() - known.at < ACCOUNTS_LIFE_MS) return known.accounts;
    const accounts = this.#bank.accounts(connectionId);
    this.#accounts.set(connectionId, { at: this.#now(), accounts });
    accounts.catch(() => this.#accounts.delete(connectionId));
    for (const [id, { at }] of this.#accounts) {
      if (this.#now() - at >= ACCOUNTS_LIFE_MS) this.#accounts.delete(id);
    }
    return accounts;
  }

  /** Payee checks under way end before the process does. */
  async stop(): Promise<void> {
    await Promise.all(this.#checks);
  }

  async #check(intent: Intent, { connectionId }: Member, checkId: string): Promise<void> {
    const { payeeName: name, payeeIban: iban } = onlyItem(intent);
    const learned = await Promise.all([
      this.#bank.checkPayee(connectionId, { name, iban }),
      this.#bank.findPayee(connectionId, iban),
    ]).then(
      ([answer, { known }]) => ({ answer, known }),
      (error: unknown) => {
        this.#log.warn({ event: 'payee-check-failed', intentId: intent.id, error });
        return failureOf(error);
      },
    );
    await this.#store.finishCheck(intent.id, connectionId, checkId, learned);
  }

  #track(check: Promise<void>): void {
    const tracked = check
      .catch((error: unknown) => this.#log.error({ event: 'payee-check-lost', error }))
      .finally(() => this.#checks.delete(tracked));
    this.#checks.add(tracked);
  }
}

/** @throws PaymentError `account-not-usable`. */
export function usableAccount(accounts: BankAccount[], accountId: string): BankAccount {
  const account = accounts.find(({ id }) => id === accountId);
  if (account) return account;
  throw new PaymentError('account-not-usable', 'Choose one of your open accounts.');
}

export function onlyItem(intent: Intent): IntentItem {
  const [item] = intent.items;
  if (!item) throw new Error('an intent has an item');
  return item;
}

function failureOf(error: unknown): CheckFailure {
  if (error instanceof SignedOutError) return 'signed-out';
  if (error instanceof ConsentNeededError) return 'consent';
  if (error instanceof NotAllowedError) return 'not-allowed';
  if (error instanceof PaymentError && error.code === 'too-many-payee-checks') return 'too-many';
  if (error instanceof BankUnavailableError) return 'unavailable';
  throw error;
}

function reviewOf(intent: Intent, record: ReviewRecord, accounts: BankAccount[]): Review {
  const item = onlyItem(intent);
  const chosen = accounts.find(({ id }) => id === record.accountId) ?? accounts[0];
  const { check, trusted, savedName } = record;
  return {
    version: record.version,
    accountId: chosen?.id ?? '',
    accounts: accounts.map(({ id, name, iban, balanceCents }) => ({
      id,
      name,
      iban,
      balance: balanceCents === undefined ? null : formatAmount(balanceCents),
    })),
    balanceTooLow: (chosen?.balanceCents ?? intent.amountCents) < intent.amountCents,
    approval: trusted ? 'none' : 'phone',
    decisionNeeded: check?.result !== undefined && check.result !== 'match',
    items: [
      {
        index: item.index,
        payee: { name: item.payeeName, iban: item.payeeIban },
        amount: formatAmount(item.amountCents),
        reference: item.remittance,
        referenceSimplified: item.remittance !== item.reference.trim(),
        dueDate: item.dueDate ?? null,
        payeeCheck: { result: check?.result ?? 'pending', bankName: check?.bankName ?? null },
        savedName: savedName === item.payeeName ? null : (savedName ?? null),
        trusted,
      },
    ],
  };
}
