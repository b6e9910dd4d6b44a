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

export type CheckResult = Exclude<PayeeCheckResult, 'pending'>;

/** What the bank says of a list of payees, in their order, with the one proof of exactly that set. */
export interface PayeeCheckAnswer {
  results: {
    result: CheckResult;
    /** The holder's name by the bank, at a close match. */
    bankName: string | undefined;
  }[];
  /** Bound to this payee or this exact set, valid 23 hours; goes into the transfer. */
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
  reference: string;
  note: string;
  createdAt: Date;
}

/** A bulk as the bank reports it: each payment of it becomes a transfer, or fails. */
export interface BankBulk {
  id: string;
  items: BankBulkItem[];
}

export interface BankBulkItem {
  clientTransferId: string;
  /** `created`: there is a transfer now, which is followed by itself. */
  status: 'pending' | 'created' | 'failed' | 'unrecognized';
  transferId: string | undefined;
  failedReason: PaymentReason | undefined;
}

/** A request to colleagues as the bank reports it. */
export interface BankTransferRequest {
  id: string;
  status: 'pending' | 'approved' | 'declined' | 'canceled' | 'unrecognized';
  note: string;
  createdAt: Date;
  processedAt: Date | undefined;
}

/** What one payment of an order is made of, before it becomes bytes. */
export interface OrderItem {
  clientTransferId: string;
  /** A known payee goes by id; a new one inline. */
  payee: { id: string } | { name: string; iban: string };
  amountCents: bigint;
  remittance: string;
  note: string;
  /** YYYY-MM-DD; `undefined`: at once. */
  scheduledOn: string | undefined;
  attachmentIds: string[];
}

/** One item becomes a transfer, several a bulk. */
export interface TransferOrder {
  accountId: string;
  items: OrderItem[];
  proof: string;
}

/** What a colleague is asked to pay: payees by name and IBAN, no proof. */
export interface RequestOrder {
  /** `undefined`: the bank's choice, for a member who may not see the accounts. */
  accountIban: string | undefined;
  note: string;
  /** One day for all: the bank's requests know no other. */
  scheduledOn: string | undefined;
  items: {
    name: string;
    iban: string;
    amountCents: bigint;
    remittance: string;
    attachmentIds: string[];
  }[];
}

export type RequestType = 'transfers' | 'multi_transfers';

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
    /** A bulk: the payments follow one by one. */
    | { kind: 'bulk_accepted'; bulk: BankBulk }
    /** A request was taken, or approved: `status` tells which. */
    | { kind: 'request_accepted'; request: BankTransferRequest }
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

/** What an attempt asks of the bank; its answer is read accordingly. */
export type AttemptKind = 'transfer' | 'bulk' | 'request' | 'request-approval';

/** Makes one send. Ready means: a valid token and a share of the bank's budget are in hand. */
export interface ReadyBank {
  send(
    attempt: {
      kind: AttemptKind;
      bankKey: string;
      request: BankRequest;
      approvalMethod: ApprovalPreference;
    },
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
  /** The same for many, by IBAN. */
  findPayees(
    connectionId: string,
    ibans: readonly string[],
  ): Promise<{ known: ReadonlyMap<string, KnownPayee>; at: Date }>;
  payee(connectionId: string, id: string): Promise<KnownPayee | undefined>;
  /** One payee, or the exact set of a bulk: the proofs are of two kinds. */
  checkPayees(
    connectionId: string,
    payees: readonly { name: string; iban: string }[],
  ): Promise<PayeeCheckAnswer>;
  /** The bytes of a transfer (one item) or a bulk. */
  transferRequest(order: TransferOrder): BankRequest;
  /** The bytes of a request to colleagues. */
  colleagueRequest(order: RequestOrder): BankRequest;
  /** The bytes that approve such a request. */
  requestApproval(request: {
    id: string;
    type: RequestType;
    accountIban: string | undefined;
  }): BankRequest;
  ready(connectionId: string): Promise<ReadyBank>;
  /** `urgent`: the payer says that they have just approved. */
  approval(
    connectionId: string,
    session: string,
    options: { method: ApprovalPreference; urgent: boolean },
  ): Promise<ApprovalAnswer>;
  transfer(connectionId: string, id: string): Promise<BankTransfer & Answered>;
  /**
   * Every transfer updated since then, all pages read, with the bank's clock of the listing. A list
   * that changes while it is read is an error, or with `mayMiss` told by `isWhole`.
   */
  transfersSince(
    connectionId: string,
    since: Date,
    options?: { mayMiss: boolean },
  ): Promise<{ transfers: BankTransfer[]; at: Date; isWhole: boolean }>;
  bulk(connectionId: string, id: string): Promise<BankBulk & Answered>;
  /** Every bulk created since then, all pages read. */
  bulksSince(connectionId: string, since: Date): Promise<{ bulks: BankBulk[]; at: Date }>;
  /** `undefined`: the bank lists none with this id. It was made after `since`, or so. */
  colleagueRequestById(
    connectionId: string,
    request: { id: string; type: RequestType; since: Date },
  ): Promise<(BankTransferRequest & Answered) | undefined>;
  /** Every request created since then, all pages read. */
  colleagueRequestsSince(
    connectionId: string,
    since: Date,
  ): Promise<{ requests: BankTransferRequest[]; at: Date }>;
  declineRequest(
    connectionId: string,
    request: { id: string; type: RequestType; note: string },
  ): Promise<void>;
  /** Withdraws a scheduled transfer. `refused`: it is on its way already. */
  cancelTransfer(connectionId: string, id: string): Promise<'canceled' | 'refused'>;
  /** The PDF that proves a settled transfer; `undefined`: there is none (yet). */
  transferProof(connectionId: string, id: string): Promise<Buffer | undefined>;
  /** Uploads a document; its id goes into transfers of the organisation. */
  uploadDocument(connectionId: string, document: BankDocument): Promise<string>;
}

export interface BankDocument {
  fileName: string;
  contentType: 'application/pdf' | 'image/jpeg' | 'image/png';
  content: Buffer;
  /** Our idempotency key of this upload. */
  key: string;
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
  /** 128 random bits in Crockford-like base32, after a prefix: `in_…`, `pay_…`, `lnk_…`. */
  make(prefix: 'in' | 'pay' | 'lnk'): string;
  /** UUID v4, random. */
  uuid(): string;
  /** `QP-` and eight base32 characters: our mark in a transfer's private note. */
  tag(): string;
}
