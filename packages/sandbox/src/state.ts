import type { Attachment } from './attachments/attachment.js';
import type { BulkTransfer } from './bulk/bulk-transfer.js';
import type { InternalTransfer } from './internal/internal-transfer.js';
import type { ClientInvoice, SupplierInvoice } from './invoices/invoice.js';
import type { LinkPayment, PaymentConnection, PaymentLink } from './payment-links/payment-link.js';
import type { RecurringTransfer } from './recurring/recurring-transfer.js';
import type { TransferRequest } from './requests/transfer-request.js';
import type { Transaction } from './transactions/transaction.js';
import type { WebhookDelivery, WebhookSubscription } from './webhooks/subscription.js';

export interface Organization {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly legalName: string;
  readonly plan: 'business' | 'solo_basic';
}

export interface BankAccount {
  readonly id: string;
  readonly slug: string;
  readonly organizationId: string;
  readonly name: string;
  readonly iban: string;
  readonly bic: string;
  readonly main: boolean;
  status: 'active' | 'closed';
  balanceCents: number;
  /** Promised to transfers that have not been debited yet. */
  heldCents: number;
  updatedAt: number;
}

export type Role = 'owner' | 'admin' | 'manager' | 'employee';

/** One person in one organisation: what a token acts as. */
export interface Membership {
  readonly id: string;
  readonly member: string;
  readonly organizationId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly role: Role;
  readonly hasPairedDevice: boolean;
}

export interface Beneficiary {
  readonly id: string;
  readonly organizationId: string;
  readonly iban: string;
  name: string;
  bic: string | null;
  email: string | null;
  activityTag: string;
  status: 'pending' | 'validated' | 'declined';
  trusted: boolean;
  readonly createdAt: number;
  updatedAt: number;
}

export type TransferStatus = 'pending' | 'processing' | 'settled' | 'declined' | 'canceled';

/** What will happen to a transfer, and when. */
export interface TransferStep {
  readonly at: number;
  readonly status: 'processing' | 'settled' | 'declined';
  readonly declinedReason?: string;
}

export interface Transfer {
  readonly id: string;
  readonly organizationId: string;
  readonly accountId: string;
  readonly beneficiaryId: string;
  readonly initiatorId: string;
  readonly amountCents: number;
  readonly creditIban: string;
  readonly creditName: string;
  readonly reference: string;
  readonly note: string | null;
  readonly scheduledDate: string;
  readonly attachmentIds: readonly string[];
  readonly recurringTransferId?: string;
  readonly idempotencyKey: string;
  readonly requestSha256: string;
  readonly createdAt: number;
  updatedAt: number;
  status: TransferStatus;
  declinedReason: string | null;
  processedAt: number | null;
  completedAt: number | null;
  transactionId: string | null;
  /** Whether its amount is part of the account's `heldCents`. */
  isHeld: boolean;
  steps: TransferStep[];
}

export type ScaMethod = 'paired-device' | 'passkey' | 'mock';

/** One of several things that are signed together. */
export interface ScaItem {
  readonly amountCents: number | null;
  readonly payee: string;
  readonly iban: string;
  readonly reference: string;
}

/** What the member signs, as the phone shows it. */
export interface ScaSummary {
  /** Where it is not "Pay" and the payee. */
  readonly title?: string;
  /** The whole sum; null where no money moves. */
  readonly amountCents: number | null;
  readonly payee: string;
  readonly iban: string;
  readonly debitAccount: string;
  readonly reference: string;
  /** What else the member agrees to: "Every month from 2026-11-20". */
  readonly terms?: string;
  readonly items?: readonly ScaItem[];
}

export interface ScaSession {
  readonly token: string;
  readonly membershipId: string;
  readonly method: ScaMethod;
  readonly actionType: string;
  readonly summary: ScaSummary;
  readonly bytesFingerprint: string;
  readonly paymentFingerprint: string;
  readonly createdAt: number;
  decision: 'waiting' | 'allow' | 'deny';
  decidedAt: number | null;
  usedAt: number | null;
}

export interface KeptAnswer {
  readonly status: number;
  readonly body: string;
  readonly keptAt: number;
}

export type OAuthRow = Record<string, unknown>;

/** Everything that the bank remembers. Plain values only: it is written to the state file as it is. */
export interface BankState {
  clockOffsetMs: number;
  proofSecret: string;
  cookieSecret: string;
  organizations: Organization[];
  memberships: Membership[];
  accounts: Map<string, BankAccount>;
  beneficiaries: Map<string, Beneficiary>;
  transfers: Map<string, Transfer>;
  bulkTransfers: Map<string, BulkTransfer>;
  recurringTransfers: Map<string, RecurringTransfer>;
  internalTransfers: Map<string, InternalTransfer>;
  requests: Map<string, TransferRequest>;
  attachments: Map<string, Attachment>;
  /** Those that are no transfer of ours: a transfer's own is read off the transfer. */
  transactions: Map<string, Transaction>;
  webhookSubscriptions: Map<string, WebhookSubscription>;
  webhookDeliveries: Map<string, WebhookDelivery>;
  /** By membership. */
  paymentConnections: Map<string, PaymentConnection>;
  paymentLinks: Map<string, PaymentLink>;
  linkPayments: Map<string, LinkPayment>;
  clientInvoices: Map<string, ClientInvoice>;
  supplierInvoices: Map<string, SupplierInvoice>;
  scaSessions: Map<string, ScaSession>;
  keptAnswers: Map<string, KeptAnswer>;
  oauthRows: Map<string, OAuthRow>;
  calls: Map<string, Map<string, number>>;
}
