import type { PaymentReason, PaymentStatus } from '@qonto-pay/shared';
import type {
  ApprovalPreference,
  AttemptKind,
  BankRequest,
  CheckResult,
  KnownPayee,
} from './ports.js';

/** What the store keeps, as the core reads it. */
export interface IntentItem {
  index: number;
  externalRef: string;
  amountCents: bigint;
  payeeName: string;
  payeeIban: string;
  /** As the partner wrote it. */
  reference: string;
  /** As it travels: the SEPA character set. */
  remittance: string;
  dueDate: string | undefined;
  /** What the partner has as a document of this invoice. */
  attachments: { url: string; sha256: string }[];
}

export interface Intent {
  id: string;
  partnerId: string;
  amountCents: bigint;
  returnUrl: string;
  seq: number;
  pageSeenAt: Date | undefined;
  withdrawnAt: Date | undefined;
  createdAt: Date;
  expiresAt: Date;
  items: IntentItem[];
}

/** What became of one row of a payment. Until the bank accepts the whole, all share its status. */
export interface PaymentItem {
  index: number;
  externalRef: string;
  amountCents: bigint;
  payeeName: string;
  payeeIban: string;
  /** The payee's id at the bank, when the organisation knew it at the confirmation. */
  beneficiaryId: string | undefined;
  remittance: string;
  /** YYYY-MM-DD; `undefined`: at once. */
  scheduledOn: string | undefined;
  /** Our name of this payment in a bulk. */
  clientTransferId: string;
  status: PaymentStatus;
  reason: PaymentReason | undefined;
  transferId: string | undefined;
  /** The payee of its transfer was read back and is the one that was confirmed (I-7). */
  payeeVerified: boolean;
}

export interface Payment {
  id: string;
  partnerId: string;
  intentId: string;
  connectionId: string;
  organizationId: string;
  kind: 'transfer' | 'bulk' | 'request';
  /** From the items, once the bank has accepted (design: statuses). */
  status: PaymentStatus;
  reason: PaymentReason | undefined;
  /** The number of its last transition; a change names the one it has seen. */
  version: number;
  accountId: string;
  accountName: string;
  accountIban: string;
  amountCents: bigint;
  /** The bank's id of the bulk or of the request. */
  bankId: string | undefined;
  items: PaymentItem[];
  createdAt: Date;
  updatedAt: Date;
}

/** One key and one byte string, for ever (I-4). Times are money time. */
export interface Attempt {
  id: string;
  paymentId: string;
  /** The member whose calls these are: who confirmed, or who approves a colleague's request. */
  connectionId: string;
  kind: AttemptKind;
  number: number;
  bankKey: string;
  request: BankRequest;
  approvalMethod: ApprovalPreference;
  /** False: every payee was trusted at the review, so the bank will ask for nothing. */
  expectsApproval: boolean;
  tag: string;
  trustReadAt: Date | undefined;
  sends: number;
  firstSentAt: Date | undefined;
  lastSentAt: Date | undefined;
  inFlight: boolean;
  /** A send ended without an answer: only money found or absence proved ends it now (I-5). */
  unanswered: boolean;
  approvalSession: string | undefined;
  challengedAt: Date | undefined;
  approvalExpiresAt: Date | undefined;
  cleanListings: number;
  firstCleanListingAt: Date | undefined;
  /** The bank's list of transfers has been followed up to here (the bank's clock). */
  followedUntil: Date | undefined;
  hinted: boolean;
}

/** What is so of one row: by the payment that holds its invoice, else by its latest here. */
export interface ItemState {
  index: number;
  status: 'open' | PaymentStatus;
  reason: PaymentReason | undefined;
  scheduledOn: string | undefined;
  transferId: string | undefined;
  /** `undefined` with `open`. */
  paymentId: string | undefined;
  connectionId: string | undefined;
}

/**
 * An intent with the payment it shows: its own live one; else, where no row is free, the latest
 * that holds one; else its own latest.
 */
export interface IntentView {
  intent: Intent;
  /** One for each item of the intent, in order. */
  items: ItemState[];
  payment: Payment | undefined;
  /** The live attempt of that payment. */
  attempt:
    | Pick<
        Attempt,
        'kind' | 'connectionId' | 'tag' | 'approvalMethod' | 'challengedAt' | 'approvalExpiresAt'
      >
    | undefined;
  /** The member who confirmed it has to sign in again before anybody can look at it. */
  isSignedOut: boolean;
  now: Date;
}

/** A live attempt that one worker may act upon until its lease ends. */
export interface LeasedAttempt {
  attempt: Attempt;
  payment: Payment;
  lease: string;
  now: Date;
  /** Since its first and last send, by the database's clock alone; 0 before. */
  keyAgeMs: number;
  sinceLastSendMs: number;
}

/** What one member has before their eyes before confirming. */
export interface ReviewRecord {
  version: number;
  accountId: string | undefined;
  /** The rows chosen; `undefined`: nothing chosen yet. */
  selection: number[] | undefined;
  /** `now`, `due` or YYYY-MM-DD. */
  payOn: string;
  /** By IBAN, of all rows that were checked: what the payer's organisation has. */
  known: ReadonlyMap<string, KnownPayee>;
  /** By row: what the bank said last. */
  results: ReadonlyMap<number, RowResult>;
  /** A payee became trusted after the review began: an earlier sign-in is too old. */
  freshAfter: Date | undefined;
  check: PayeeCheckRecord | undefined;
}

export interface RowResult {
  result: CheckResult;
  bankName: string | undefined;
  /** What an earlier check said, where it differs. */
  was: CheckResult | undefined;
}

/** One check of an exact set of rows. */
export interface PayeeCheckRecord {
  id: string;
  /** In ascending order. */
  rows: number[];
  status: 'running' | 'done' | 'failed';
  proof: string | undefined;
  startedAt: Date;
  /** Why it failed; a new one may start after a while, or after a new sign-in. */
  failure: CheckFailure | undefined;
}

export type CheckFailure = 'unavailable' | 'consent' | 'signed-out' | 'not-allowed' | 'too-many';

/** Who is signed in. */
export interface Member {
  connectionId: string;
  organizationId: string;
  organizationName: string;
  membershipId: string;
  memberName: string;
  /** The bank's word, open: `owner`, `admin`, `manager`, `employee`, … */
  role: string;
  /** What Qonto has been allowed, separated by spaces. */
  scopes: string;
  signedInAt: Date;
}
