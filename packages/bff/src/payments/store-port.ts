import type { PaymentReason, PaymentStatus } from '@qonto-pay/shared';
import type {
  ApprovalPreference,
  AttemptKind,
  BankRequest,
  KnownPayee,
  PayeeCheckAnswer,
} from './ports.js';
import type {
  CheckFailure,
  Intent,
  IntentItem,
  IntentView,
  LeasedAttempt,
  Member,
  PayeeCheckRecord,
  Payment,
  PaymentItem,
  ReviewRecord,
} from './records.js';

export interface NewIntent {
  id: string;
  partnerId: string;
  returnUrl: string;
  amountCents: bigint;
  items: IntentItem[];
  lifeMs: number;
}

/** A partner's or a member's request that must have its effect once. */
export interface OnceKey {
  partnerId: string;
  principal: string;
  key: string;
  fingerprint: string;
}

export interface StoredAnswer {
  status: number;
  body: string;
}

/** Intents and what the world may see of them. */
export interface IntentStore {
  /**
   * Stores the intent and the answer to its request in one transaction; a second request with the
   * key gets the first answer. @throws PaymentError `idempotency-key-reused`, `-in-progress`.
   */
  create(
    intent: NewIntent,
    once: OnceKey,
    answer: (view: IntentView) => StoredAnswer,
  ): Promise<StoredAnswer & { replayed: boolean }>;
  /** The intent as it is now; publishes what has changed unseen (another intent, time). */
  view(intentId: string): Promise<IntentView | undefined>;
  /** The same for many, without order; unknown ones are left out. */
  views(intentIds: string[]): Promise<IntentView[]>;
  /** Whose intent it is; `undefined`: nobody's. */
  partnerOf(intentId: string): Promise<string | undefined>;
  /** Withdraws unless a payment of it is live; takes the lock that a confirmation takes. */
  withdraw(intentId: string): Promise<IntentView>;
  markPageSeen(intentId: string): Promise<void>;
  paymentsByRef(partnerId: string, externalRef: string): Promise<Payment[]>;
  /** `undefined`: this partner has no such payment (I-9). */
  payment(partnerId: string, paymentId: string): Promise<Payment | undefined>;
}

export interface NewAttempt {
  id: string;
  connectionId: string;
  kind: AttemptKind;
  bankKey: string;
  request: BankRequest;
  approvalMethod: ApprovalPreference;
  expectsApproval: boolean;
  tag: string;
  /** `undefined`: to be read before the send. */
  trustReadAt: Date | undefined;
}

export interface NewPayment {
  id: string;
  intent: Intent;
  member: Member;
  kind: Payment['kind'];
  account: { id: string; name: string; iban: string };
  amountCents: bigint;
  /** The selected rows, in order; each begins as `confirmed`. */
  items: Omit<PaymentItem, 'status' | 'reason' | 'transferId' | 'payeeVerified'>[];
  /** `undefined`: a request to colleagues needs none. */
  payeeCheckId: string | undefined;
  attempt: NewAttempt;
  /** What the payer saw and decided, for the audit log. */
  decision: Record<string, unknown>;
}

export type OpenOutcome =
  | { kind: 'opened' | 'repeated' }
  /** These rows have a payment already (none: the intent is closed); the caller finds out whose. */
  | { kind: 'taken'; rows: number[] };

/** What a step learned, written with the change of status or alone. */
export type AttemptNote = Partial<{
  /** `null`: an earlier one no longer holds. */
  reason: PaymentReason | null;
  /** The bank's id of the bulk or of the request. */
  bankId: string;
  inFlight: boolean;
  unanswered: boolean;
  approvalSession: string;
  challengedAt: Date;
  approvalExpiresAt: Date;
  cleanListings: number;
  firstCleanListingAt: Date | null;
  followedUntil: Date;
}>;

/** What was learned of one row. Without `to` its status stays. */
export interface ItemChange {
  index: number;
  to?: PaymentStatus;
  reason?: PaymentReason | undefined;
  transferId?: string;
  payeeVerified?: boolean;
}

/**
 * A change of the whole payment (`to`: every item that is not final follows), or of single items
 * (`items`: the payment's own status follows from all of them).
 */
export type Change = ChangeCause &
  ({ to: PaymentStatus; items?: never } | { to?: never; items: ItemChange[] });

interface ChangeCause {
  /** Why, in one machine-readable word: goes into the transition row and the audit log. */
  cause: string;
  traceId?: string | undefined;
  note?: AttemptNote;
  nextInMs?: number;
}

/** Payments as the payer's wishes change them. */
export interface PaymentStore {
  /** Payment, items, first attempt, transition, audit and event in one transaction (I-2, I-3). */
  open(payment: NewPayment, once: OnceKey, maxChallenges: number): Promise<OpenOutcome>;
  /**
   * The request was answered before. @throws PaymentError `idempotency-key-reused` when the key
   * belongs to another request.
   */
  isRepeated(once: OnceKey): Promise<boolean>;
  /** The payer's wish to stop; false when something may be at the bank or somebody was first. */
  cancel(payment: Payment): Promise<boolean>;
  /** Audits what the member asks of the bank for these rows, and makes the payment due at once. */
  noteWish(
    paymentId: string,
    member: Member,
    wish: { action: string; rows: number[] },
  ): Promise<void>;
  /** A colleague stops their approval; the request goes on waiting. False as with `cancel`. */
  stopApproval(payment: Payment, member: Member): Promise<boolean>;
  /**
   * Ends the live attempt and opens another one, by compare-and-set from the status seen. `once`:
   * the key of the form that wishes it, kept with it.
   */
  replaceAttempt(
    payment: Payment,
    attempt: NewAttempt,
    maxChallenges: number,
    once?: OnceKey,
  ): Promise<boolean>;
  /** The payer is back on the page: look soon, never more than once a second. */
  hint(intentId: string): Promise<void>;
  /** After a new sign-in: payments that could not be looked at are due at once. */
  wakeConnection(connectionId: string): Promise<void>;
}

/** Attempts as the workers take and change them, each under its lease. */
export interface AttemptStore {
  /** Rows whose time has come, for this worker alone until the lease ends; and when the next is. */
  lease(limit: number): Promise<{ leased: LeasedAttempt[]; nextDueInMs: number | undefined }>;
  /**
   * Changes the status if lease and version still hold: check, append, publish in one transaction.
   * Gives the lease back. @returns false when somebody else was first.
   */
  advance(leased: LeasedAttempt, change: Change): Promise<boolean>;
  /** Writes a send ahead of it (I-3): counted, timed, in flight; prolongs the lease. */
  markSending(
    leased: LeasedAttempt,
    change: Pick<Change, 'to' | 'cause'> | undefined,
  ): Promise<LeasedAttempt | undefined>;
  /** The bank could not be asked: logged, and tried again; rarely for a member who is signed out. */
  waitForBank(leased: LeasedAttempt, error: unknown, nextInMs: number): Promise<void>;
  /** Gives the lease back, notes what was learned, and says when to look again. */
  release(leased: LeasedAttempt, nextInMs: number, note?: AttemptNote): Promise<void>;
  /** After a defect of ours: back in the queue, unless a send may be under way. */
  releaseIfIdle(leased: LeasedAttempt, nextInMs: number): Promise<void>;
  /** Raises an alarm that an operator sees, in log and audit log. */
  alarm(leased: LeasedAttempt, what: string): Promise<void>;
}

export interface ReviewStore {
  find(intentId: string, connectionId: string): Promise<ReviewRecord | undefined>;
  /**
   * Claims the next check of exactly these rows; `undefined` when one is running, a good one exists,
   * or the last failure is too fresh. @throws PaymentError `too-many-payee-checks`.
   */
  startCheck(
    intent: Intent,
    member: Member,
    rows: readonly number[],
  ): Promise<PayeeCheckRecord | undefined>;
  finishCheck(
    review: { intentId: string; connectionId: string; checkId: string },
    learned: { answer: PayeeCheckAnswer; known: ReadonlyMap<string, KnownPayee> } | CheckFailure,
  ): Promise<void>;
  /** Counts the version up where it changes something. */
  choose(
    intentId: string,
    connectionId: string,
    choice: { accountId?: string; selection?: number[]; payOn?: string },
  ): Promise<void>;
  /** The bank knows these IBANs otherwise than the review: counts up, may ask for a new sign-in. */
  noteKnown(
    intentId: string,
    connectionId: string,
    known: { ibans: readonly string[]; known: ReadonlyMap<string, KnownPayee> },
  ): Promise<void>;
  /** By payee name: the IBAN of the last payment of this organisation to that name, of settled ones. */
  lastPaidIbans(
    payer: { partnerId: string; organizationId: string },
    names: readonly string[],
  ): Promise<ReadonlyMap<string, string>>;
  /** Qonto has refused many at once to this member within the last day. */
  paysOneByOne(connectionId: string): Promise<boolean>;
}
