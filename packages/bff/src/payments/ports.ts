import type { PayeeCheckResult, PaymentReason, PaymentStatus } from '@qonto-pay/shared';

/** How the member approves: the words are the bank's own preference values. */
export type ApprovalPreference = 'paired-device' | 'passkey' | 'mock';

export interface BankAccount {
  id: string;
  name: string;
  iban: string;
  /** `undefined`: the member's role may not see it. */
  balanceCents: bigint | undefined;
  main: boolean;
}

/** A payee that the payer's organisation already has at the bank. */
export interface KnownPayee {
  id: string;
  name: string;
  iban: string;
  trusted: boolean;
}

export interface PayeeCheckAnswer {
  result: Exclude<PayeeCheckResult, 'pending'>;
  /** The holder's name by the bank, at a close match. */
  bankName: string | undefined;
  /** Bound to this payee, valid 23 hours; goes into the transfer. */
  proof: string;
}

/** A transfer as the bank reports it. `status` is ours, or `unrecognized`. */
export interface BankTransfer {
  id: string;
  status:
    | Extract<PaymentStatus, 'scheduled' | 'processing' | 'settled' | 'declined' | 'canceled'>
    | 'unrecognized';
  declinedReason: PaymentReason | undefined;
  amountCents: bigint;
  currency: string;
  accountId: string;
  beneficiaryId: string | undefined;
  note: string;
  createdAt: Date;
}

/** What a transfer is made of, before it becomes bytes. */
export interface TransferOrder {
  accountId: string;
  /** A known payee goes by id; a new one inline. */
  payee: { id: string } | { name: string; iban: string };
  amountCents: bigint;
  remittance: string;
  note: string;
  proof: string;
}

/** The exact bytes of one create request; sent as they are, for ever. */
export interface BankRequest {
  path: string;
  body: Buffer;
}

/** `at` is the bank's clock (its `Date` header). */
interface Answered {
  at: Date;
  traceId: string | undefined;
}

/** All that a create or its replay may answer. */
export type SendAnswer = Answered &
  (
    | { kind: 'accepted'; transfer: BankTransfer }
    | { kind: 'approval_needed'; session: string }
    | { kind: 'not_enrolled' }
    /** A business refusal: this send executed nothing. */
    | { kind: 'refused'; reason: PaymentReason; outcome: 'declined' | 'failed' }
    /** 412: the approval is over and can no longer be used. */
    | { kind: 'approval_over' }
    /** Timeout, reset, 5xx, 429, 422 on a replay, not JSON: money may or may not have moved. */
    | { kind: 'no_answer'; cause: string }
  );

/** `not_found` is an alarm, never an outcome: the session is kept. */
export type ApprovalAnswer = Answered & {
  kind: 'waiting' | 'allowed' | 'denied' | 'not_found' | 'unrecognized';
};

/** Makes one send. Ready means: a valid token and a share of the bank's budget are in hand. */
export interface ReadyBank {
  send(
    attempt: { bankKey: string; request: BankRequest; approvalMethod: ApprovalPreference },
    approvalSession?: string,
  ): Promise<SendAnswer>;
}

/**
 * The bank as the core needs it. Reads throw `BankUnavailableError`, `SignedOutError`,
 * `ConsentNeededError` or `NotAllowedError`; `send` always answers. A connection is one member at one partner.
 */
export interface Bank {
  accounts(connectionId: string): Promise<BankAccount[]>;
  /** `at`: the bank's clock, for what depends on how old the payer's sign-in is. */
  findPayee(
    connectionId: string,
    iban: string,
  ): Promise<{ known: KnownPayee | undefined; at: Date }>;
  payee(connectionId: string, id: string): Promise<KnownPayee | undefined>;
  checkPayee(
    connectionId: string,
    payee: { name: string; iban: string },
  ): Promise<PayeeCheckAnswer>;
  transferRequest(order: TransferOrder): BankRequest;
  ready(connectionId: string): Promise<ReadyBank>;
  /** `urgent`: the payer says that they have just approved. */
  approval(
    connectionId: string,
    session: string,
    options: { method: ApprovalPreference; urgent: boolean },
  ): Promise<ApprovalAnswer>;
  transfer(connectionId: string, id: string): Promise<BankTransfer & Answered>;
  /** Every transfer updated since then, all pages read, with the bank's clock of the listing. */
  transfersSince(
    connectionId: string,
    since: Date,
  ): Promise<{ transfers: BankTransfer[]; at: Date }>;
}

/** Structured log: an event's name, ids of ours and figures; never a name, IBAN or token. */
export interface Log {
  info(fields: LogFields): void;
  warn(fields: LogFields): void;
  error(fields: LogFields): void;
}

export interface LogFields {
  event: string;
  paymentId?: string;
  intentId?: string;
  partnerId?: string;
  status?: string | number;
  cause?: string;
  ms?: number;
  requestId?: string;
  method?: string;
  route?: string;
  traceId?: string | undefined;
  code?: string;
  error?: unknown;
}

/** Unguessable names for what we create. */
export interface Ids {
  /** 128 random bits in Crockford-like base32, after a prefix: `in_…`, `pay_…`. */
  make(prefix: 'in' | 'pay'): string;
  /** UUID v4, random. */
  uuid(): string;
  /** `QP-` and eight base32 characters: our mark in a transfer's private note. */
  tag(): string;
}
