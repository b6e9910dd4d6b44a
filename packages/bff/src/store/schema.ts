// One interface per table of migrations/, so longer than a source file should be.
import type { PaymentStatus, Snapshot } from '@qonto-pay/shared';
import type { ColumnType, Generated } from 'kysely';
import type { ApprovalPreference, AttemptKind } from '../payments/ports.js';
import type { Payment } from '../payments/records.js';
import type { Fixed, FixedDefault, FixedJson, Later } from './columns.js';
import type { LinkOrdersTable, LinksTable } from './link-schema.js';
import type {
  BankDocumentsTable,
  PayeeChecksTable,
  ReviewsTable,
  RowDocumentsTable,
} from './review-schema.js';

export interface BankClockTable {
  only_row: FixedDefault<boolean>;
  /** An interval: written as text such as `12.5 seconds`, read in SQL only. */
  ahead: ColumnType<unknown, string | undefined, string>;
}

export interface IntentsTable {
  id: Fixed<string>;
  partner_id: Fixed<string>;
  kind: Fixed<'transfer' | 'link'>;
  item_count: Fixed<number>;
  amount_cents: Fixed<bigint>;
  return_url: Fixed<string>;
  seq: Generated<number>;
  page_seen_at: Later<Date>;
  withdrawn_at: Later<Date>;
  created_at: FixedDefault<Date>;
  expires_at: Fixed<Date>;
}

export interface IntentItemsTable {
  intent_id: Fixed<string>;
  index: Fixed<number>;
  partner_id: Fixed<string>;
  external_ref: Fixed<string>;
  amount_cents: Fixed<bigint>;
  payee_name: Fixed<string>;
  payee_iban: Fixed<string>;
  reference: Fixed<string>;
  remittance: Fixed<string>;
  due_date: ColumnType<string | null, string | null | undefined, never>;
  attachments: FixedJson<{ url: string; sha256: string }[]>;
}

export interface IntentEventsTable {
  intent_id: Fixed<string>;
  seq: Fixed<number>;
  snapshot: FixedJson<Snapshot>;
  at: FixedDefault<Date>;
}

export interface ConnectionsTable {
  id: Fixed<string>;
  partner_id: Fixed<string>;
  organization_id: Fixed<string>;
  organization_name: string;
  membership_id: Fixed<string>;
  member_name: string;
  role: string;
  scopes: string;
  access_token: Later<Buffer>;
  access_expires_at: Later<Date>;
  refresh_token: Later<Buffer>;
  refresh_expires_at: Later<Date>;
  refresh_generation: Generated<bigint>;
  refresh_owner: Later<string>;
  refresh_lease_until: Later<Date>;
  consent_seen_at: Later<Date>;
  status: Generated<'active' | 'consent_needed' | 'signed_out'>;
  created_at: FixedDefault<Date>;
  updated_at: Generated<Date>;
}

export interface SignInsTable {
  state_hash: Fixed<string>;
  cookie_hash: Fixed<string>;
  partner_id: Fixed<string>;
  intent_id: Fixed<string>;
  verifier: Fixed<Buffer>;
  scopes: Fixed<string>;
  created_at: FixedDefault<Date>;
  used_at: Later<Date>;
}

export interface SessionsTable {
  id_hash: Fixed<string>;
  partner_id: Fixed<string>;
  connection_id: Fixed<string>;
  signed_in_at: FixedDefault<Date>;
  last_seen_at: Generated<Date>;
  ended_at: Later<Date>;
}

export interface PaymentsTable {
  id: Fixed<string>;
  /** In the order in which they were made, whatever the clocks said. */
  ordinal: ColumnType<bigint, never, never>;
  partner_id: Fixed<string>;
  intent_id: Fixed<string>;
  connection_id: Fixed<string>;
  organization_id: Fixed<string>;
  kind: Fixed<Payment['kind']>;
  status: PaymentStatus;
  reason: Later<string>;
  version: Generated<number>;
  account_id: Fixed<string>;
  account_name: Fixed<string>;
  account_iban: Fixed<string>;
  amount_cents: Fixed<bigint>;
  bank_id: Later<string>;
  created_at: FixedDefault<Date>;
  updated_at: Generated<Date>;
}

export interface PaymentItemsTable {
  payment_id: Fixed<string>;
  index: Fixed<number>;
  ordinal: ColumnType<bigint, never, never>;
  partner_id: Fixed<string>;
  organization_id: Fixed<string>;
  external_ref: Fixed<string>;
  amount_cents: Fixed<bigint>;
  payee_name: Fixed<string>;
  payee_iban: Fixed<string>;
  beneficiary_id: ColumnType<string | null, string | null | undefined, never>;
  remittance: Fixed<string>;
  scheduled_on: ColumnType<string | null, string | null | undefined, never>;
  client_transfer_id: Fixed<string>;
  status: PaymentStatus;
  reason: Later<string>;
  transfer_id: Later<string>;
  payee_verified: Generated<boolean>;
}

export interface AttemptsTable {
  id: Fixed<string>;
  payment_id: Fixed<string>;
  connection_id: Fixed<string>;
  kind: Fixed<AttemptKind>;
  number: Fixed<number>;
  live: Generated<boolean>;
  bank_key: Fixed<string>;
  path: Fixed<string>;
  body: Fixed<Buffer>;
  approval_method: Fixed<ApprovalPreference>;
  expects_approval: Fixed<boolean>;
  tag: Fixed<string>;
  trust_read_at: Later<Date>;
  sends: Generated<number>;
  first_sent_at: Later<Date>;
  last_sent_at: Later<Date>;
  first_sent_clock: Later<Date>;
  last_sent_clock: Later<Date>;
  in_flight: Generated<boolean>;
  unanswered: Generated<boolean>;
  approval_session: Later<Buffer>;
  challenged_at: Later<Date>;
  approval_expires_at: Later<Date>;
  clean_listings: Generated<number>;
  first_clean_listing_at: Later<Date>;
  followed_until: Later<Date>;
  last_polled_at: Later<Date>;
  next_at: Generated<Date>;
  hinted: Generated<boolean>;
  lease_owner: Later<string>;
  lease_until: Later<Date>;
  created_at: FixedDefault<Date>;
}

export interface TransitionsTable {
  payment_id: Fixed<string>;
  seq: Fixed<number>;
  from_status: ColumnType<PaymentStatus | null, PaymentStatus | null | undefined, never>;
  to_status: Fixed<PaymentStatus>;
  attempt: Fixed<number>;
  cause: Fixed<string>;
  bank_trace_id: ColumnType<string | null, string | null | undefined, never>;
  at: FixedDefault<Date>;
}

export interface ItemTransitionsTable {
  payment_id: Fixed<string>;
  seq: Fixed<number>;
  index: Fixed<number>;
  from_status: ColumnType<PaymentStatus | null, PaymentStatus | null | undefined, never>;
  to_status: Fixed<PaymentStatus>;
  reason: ColumnType<string | null, string | null | undefined, never>;
  at: FixedDefault<Date>;
}

export interface AuditLogTable {
  id: ColumnType<bigint, never, never>;
  partner_id: Fixed<string>;
  intent_id: ColumnType<string | null, string | null | undefined, never>;
  payment_id: ColumnType<string | null, string | null | undefined, never>;
  actor: Fixed<string>;
  action: Fixed<string>;
  detail: ColumnType<Record<string, unknown>, string | undefined, never>;
  at: FixedDefault<Date>;
}

export interface ChallengesTable {
  connection_id: Fixed<string>;
  at: Fixed<Date>;
}

export interface BankCallsTable {
  second: Fixed<Date>;
  calls: number;
}

export interface FlowsTable {
  id_hash: Fixed<string>;
  intent_id: Later<string>;
  created_at: FixedDefault<Date>;
}

export interface IdempotencyKeysTable {
  partner_id: Fixed<string>;
  principal: Fixed<string>;
  key: Fixed<string>;
  fingerprint: Fixed<string>;
  status: Fixed<number>;
  body: Fixed<string>;
  created_at: FixedDefault<Date>;
}

/** Every table, as Kysely sees it. Times are read with milliseconds: compare them in SQL. */
export interface Database {
  bank_clock: BankClockTable;
  intents: IntentsTable;
  intent_items: IntentItemsTable;
  intent_events: IntentEventsTable;
  connections: ConnectionsTable;
  sign_ins: SignInsTable;
  sessions: SessionsTable;
  payee_checks: PayeeChecksTable;
  reviews: ReviewsTable;
  payments: PaymentsTable;
  payment_items: PaymentItemsTable;
  attempts: AttemptsTable;
  transitions: TransitionsTable;
  item_transitions: ItemTransitionsTable;
  audit_log: AuditLogTable;
  challenges: ChallengesTable;
  bank_calls: BankCallsTable;
  bank_documents: BankDocumentsTable;
  row_documents: RowDocumentsTable;
  link_orders: LinkOrdersTable;
  links: LinksTable;
  flows: FlowsTable;
  idempotency_keys: IdempotencyKeysTable;
}
