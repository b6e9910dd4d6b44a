import type { Review } from '@qonto-pay/shared';
import { bankDay, isDay } from './days.js';
import {
  BankUnavailableError,
  ConsentNeededError,
  NotAllowedError,
  PaymentError,
  SignedOutError,
} from './errors.js';
import { PROOF_LIFE_MS, plus } from './pace.js';
import type { Bank, BankAccount, Log } from './ports.js';
import type { CheckFailure, Intent, IntentView, Member, ReviewRecord } from './records.js';
import { type DocumentState, itemsOf, reviewOf } from './review-rules.js';
import {
  assertFree,
  defaultSelection,
  isSameRows,
  type Selectable,
  selectionOf,
} from './selection.js';
import { isFree } from './snapshot.js';
import type { ReviewStore } from './store-port.js';

/** Balances are shown, not relied upon: a short memory spares the bank a call per page event. */
const ACCOUNTS_LIFE_MS = 15_000;
const LATEST_DAY_MS = 365 * 24 * 60 * 60 * 1000;
/** Members of these roles ask a colleague (facts § 2.4); a manager's rights only the bank knows. */
const ASKING_ROLES: ReadonlySet<string> = new Set(['employee', 'accountant', 'reporting']);

export const mayOnlyAsk = ({ role }: Pick<Member, 'role'>): boolean => ASKING_ROLES.has(role);

export interface ReadReview {
  kind: 'review';
  review: Review;
  record: ReviewRecord;
  /** The rows that a confirmation would pay. */
  rows: number[];
  accounts: BankAccount[];
}

export type ReviewOutcome = ReadReview | { kind: CheckFailure };

/** What rows need as documents, and what of it the bank has. */
export interface RowDocuments {
  states(
    intent: Intent,
    rows: readonly number[],
    member: Member,
  ): Promise<ReadonlyMap<number, { state: DocumentState; attachmentIds: string[] }>>;
}

/** What the payer chooses before the confirmation. */
export interface Choice {
  accountId?: string;
  rows?: 'all' | number[];
  payOn?: string;
  /** Ask the bank about the chosen payees now. */
  check?: boolean;
}

export interface ReviewServiceDeps {
  bank: Bank;
  store: ReviewStore;
  documents: RowDocuments;
  log: Log;
  now: () => number;
}

/** What the payer sees before confirming: who is paid, what the bank says of them, from where. */
export class ReviewService {
  readonly #deps: ReviewServiceDeps;
  readonly #accounts = new Map<string, { at: number; accounts: Promise<BankAccount[]> }>();
  readonly #checks = new Set<Promise<void>>();

  constructor(deps: ReviewServiceDeps) {
    this.#deps = deps;
  }

  /** The review as it stands; begins the payee check where it is missing or too old. */
  async read(view: IntentView, member: Member): Promise<ReviewOutcome> {
    try {
      return await this.#read(view, member);
    } catch (error) {
      return { kind: failureOf(error) };
    }
  }

  /** @throws PaymentError `account-not-usable`, `invalid-date`, `invalid-selection`, or the row's. */
  async choose(view: IntentView, member: Member, choice: Choice): Promise<void> {
    const { intent, items } = view;
    if (choice.accountId !== undefined) {
      usableAccount(await this.accounts(member), choice.accountId);
    }
    if (choice.payOn !== undefined) assertDay(choice.payOn, view.now);
    const free = items.filter(isFree).map(({ index }) => index);
    const rows = choice.rows === 'all' ? free : choice.rows;
    if (rows) assertFree(items, rows);
    await this.#deps.store.choose(intent.id, member.connectionId, {
      ...(choice.accountId === undefined ? {} : { accountId: choice.accountId }),
      ...(rows === undefined ? {} : { selection: rows }),
      ...(choice.payOn === undefined ? {} : { payOn: choice.payOn }),
    });
    if (choice.check) await this.#checkChosen(view, member);
  }

  async accounts({ connectionId }: Member): Promise<BankAccount[]> {
    const known = this.#accounts.get(connectionId);
    const now = this.#deps.now();
    if (known && now - known.at < ACCOUNTS_LIFE_MS) return known.accounts;
    const accounts = this.#deps.bank.accounts(connectionId);
    this.#accounts.set(connectionId, { at: now, accounts });
    accounts.catch(() => this.#accounts.delete(connectionId));
    for (const [id, { at }] of this.#accounts) {
      if (now - at >= ACCOUNTS_LIFE_MS) this.#accounts.delete(id);
    }
    return accounts;
  }

  /** Payee checks under way end before the process does. */
  async stop(): Promise<void> {
    await Promise.all(this.#checks);
  }

  async #read(view: IntentView, member: Member): Promise<ReviewOutcome> {
    const { intent, items, now } = view;
    const { store } = this.#deps;
    const { connectionId } = member;
    const selectable = await this.#selectable(intent, member);
    let record = await store.find(intent.id, connectionId);
    const rows = selectionOf(record, items, selectable);
    const isAsking = mayOnlyAsk(member);
    if (!isAsking && beginsByItself(view, record, rows, selectable)) {
      await this.#startCheck(intent, member, rows);
      record = await store.find(intent.id, connectionId);
    }
    record ??= EMPTY;
    const { check } = record;
    if (!isAsking && check?.failure && isSameRows(check.rows, rows)) return { kind: check.failure };
    const free = items.filter(isFree).map(({ index }) => index);
    const accounts = await this.accounts(member).catch((error: unknown) => {
      if (isAsking && error instanceof NotAllowedError) return [];
      throw error;
    });
    const [documents, lastIbans] = await Promise.all([
      this.#deps.documents.states(intent, rows, member),
      store.lastPaidIbans(
        { partnerId: intent.partnerId, organizationId: member.organizationId },
        itemsOf(intent, free).map(({ payeeName }) => payeeName),
      ),
    ]);
    const states = new Map([...documents].map(([row, { state }]) => [row, state]));
    const parts = { intent, now, record, free, rows, selectable, accounts, lastIbans };
    const review = reviewOf({ ...parts, documents: states });
    return { kind: 'review', review, record, rows, accounts };
  }

  async #selectable({ items }: Intent, { connectionId }: Member): Promise<Selectable> {
    if (items.length === 1) return 'many';
    return (await this.#deps.store.paysOneByOne(connectionId)) ? 'one' : 'many';
  }

  async #checkChosen(view: IntentView, member: Member): Promise<void> {
    const { intent, items } = view;
    const selectable = await this.#selectable(intent, member);
    const record = await this.#deps.store.find(intent.id, member.connectionId);
    const rows = selectionOf(record, items, selectable);
    if (rows.length === 0) {
      throw new PaymentError('invalid-selection', 'Choose at least one row.', { field: 'select' });
    }
    await this.#startCheck(intent, member, rows);
  }

  async #startCheck(intent: Intent, member: Member, rows: readonly number[]): Promise<void> {
    const check = await this.#deps.store.startCheck(intent, member, rows);
    if (check) this.#track(this.#check(intent, member, { id: check.id, rows }));
  }

  async #check(
    intent: Intent,
    { connectionId }: Member,
    { id, rows }: { id: string; rows: readonly number[] },
  ): Promise<void> {
    const { bank, store, log } = this.#deps;
    const payees = itemsOf(intent, rows).map(({ payeeName: name, payeeIban: iban }) => ({
      name,
      iban,
    }));
    const learned = await Promise.all([
      bank.checkPayees(connectionId, payees),
      bank.findPayees(connectionId, distinctIbans(payees)),
    ]).then(
      ([answer, { known }]) => ({ answer, known }),
      (error: unknown) => {
        log.warn({ event: 'payee-check-failed', intentId: intent.id, error });
        return failureOf(error);
      },
    );
    await store.finishCheck({ intentId: intent.id, connectionId, checkId: id }, learned);
  }

  #track(check: Promise<void>): void {
    const tracked = check
      .catch((error: unknown) => this.#deps.log.error({ event: 'payee-check-lost', error }))
      .finally(() => this.#checks.delete(tracked));
    this.#checks.add(tracked);
  }
}

const EMPTY: ReviewRecord = {
  version: 0,
  accountId: undefined,
  selection: undefined,
  payOn: 'now',
  known: new Map(),
  results: new Map(),
  freshAfter: undefined,
  check: undefined,
};

/**
 * The rows that nobody had to choose are checked unasked, and a check is repeated when it has aged.
 * Another selection waits for the payer's word: unused checks are rationed (facts § 4.3).
 */
function beginsByItself(
  { items, now }: IntentView,
  record: ReviewRecord | undefined,
  rows: readonly number[],
  selectable: Selectable,
): boolean {
  if (rows.length === 0) return false;
  const check = record?.check;
  const isCovered = check !== undefined && isSameRows(check.rows, rows);
  if (isCovered && check.status === 'done') return now > plus(check.startedAt, PROOF_LIFE_MS);
  return isCovered || isSameRows(rows, defaultSelection(items, selectable));
}

function assertDay(payOn: string, now: Date): void {
  if (payOn === 'now' || payOn === 'due') return;
  const isInReach =
    isDay(payOn) && payOn >= bankDay(now) && payOn <= bankDay(plus(now, LATEST_DAY_MS));
  if (isInReach) return;
  throw new PaymentError(
    'invalid-date',
    'Choose a day from today on, at most one year ahead, as YYYY-MM-DD.',
    { field: 'payOn' },
  );
}

/** @throws PaymentError `account-not-usable`. */
export function usableAccount(accounts: BankAccount[], accountId: string): BankAccount {
  const account = accounts.find(({ id }) => id === accountId);
  if (account) return account;
  throw new PaymentError('account-not-usable', 'Choose one of your open accounts.');
}

export const distinctIbans = (payees: readonly { iban: string }[]): string[] => [
  ...new Set(payees.map(({ iban }) => iban)),
];

/** Why the bank could not be read; anything else is thrown on. */
export function failureOf(error: unknown): CheckFailure {
  if (error instanceof SignedOutError) return 'signed-out';
  if (error instanceof ConsentNeededError) return 'consent';
  if (error instanceof NotAllowedError) return 'not-allowed';
  if (error instanceof PaymentError && error.code === 'too-many-payee-checks') return 'too-many';
  if (error instanceof BankUnavailableError) return 'unavailable';
  throw error;
}
