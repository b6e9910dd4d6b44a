import type { PaymentReason, PaymentStatus } from '@qonto-pay/shared';
import type { ApprovalPreference, BankRequest } from './ports.js';

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

export interface Payment {
  id: string;
  partnerId: string;
  intentId: string;
  connectionId: string;
  organizationId: string;
  status: PaymentStatus;
  reason: PaymentReason | undefined;
  /** The number of its last transition; a change names the one it has seen. */
  version: number;
  accountId: string;
  accountName: string;
  /** The payee's id at the bank, when the organisation knows it. */
  beneficiaryId: string | undefined;
  payeeName: string;
  payeeIban: string;
  amountCents: bigint;
  transferId: string | undefined;
  payeeVerified: boolean;
  externalRefs: string[];
  createdAt: Date;
  updatedAt: Date;
}

/** One key and one byte string, for ever (I-4). Times are money time. */
export interface Attempt {
  id: string;
  paymentId: string;
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
  hinted: boolean;
}

/** An intent with the payment it shows: the one that holds its invoice, else its latest. */
export interface IntentView {
  intent: Intent;
  payment: Payment | undefined;
  /** The live attempt of that payment. */
  attempt: Pick<Attempt, 'approvalMethod' | 'challengedAt' | 'approvalExpiresAt'> | undefined;
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
  beneficiaryId: string | undefined;
  savedName: string | undefined;
  trusted: boolean;
  /** The payee became trusted after the review began: an earlier sign-in is too old. */
  freshAfter: Date | undefined;
  check: PayeeCheckRecord | undefined;
}

export interface PayeeCheckRecord {
  id: string;
  status: 'running' | 'done' | 'failed';
  result: 'match' | 'close_match' | 'no_match' | 'not_possible' | undefined;
  bankName: string | undefined;
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
  signedInAt: Date;
}
