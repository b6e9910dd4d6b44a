import type { PaymentReason, PaymentStatus } from '@qonto-pay/shared';
import type { Selectable } from 'kysely';
import type {
  Attempt,
  Intent,
  IntentItem,
  ItemState,
  Payment,
  PaymentItem,
} from '../payments/records.js';
import { type PackedRows, unpackRows } from './packed-rows.js';
import type { AttemptsTable, IntentsTable, PaymentsTable } from './schema.js';
import type { SecretContext, Secrets } from './secrets.js';

export type PaymentRow = Selectable<PaymentsTable> & { items: PackedRows<PaymentItemJson> };
export type AttemptRow = Selectable<AttemptsTable>;

/** JSON has neither BigInt nor `undefined`. */
type InJson<T> = {
  [Key in keyof T]: T[Key] extends bigint
    ? string
    : undefined extends T[Key]
      ? Exclude<T[Key], undefined> | null
      : T[Key];
};

/** As JSON has them. */
export type ItemJson = InJson<IntentItem>;
export type PaymentItemJson = InJson<PaymentItem>;
export type ItemStateJson = InJson<Omit<ItemState, 'status'>> & { status: PaymentStatus | null };

const orUndefined = <T>(value: T | null): T | undefined => value ?? undefined;

export function toIntent(row: Selectable<IntentsTable>, items: PackedRows<ItemJson>): Intent {
  return {
    id: row.id,
    partnerId: row.partner_id,
    amountCents: row.amount_cents,
    returnUrl: row.return_url,
    seq: row.seq,
    pageSeenAt: orUndefined(row.page_seen_at),
    withdrawnAt: orUndefined(row.withdrawn_at),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    items: unpackRows(items).map((item) => ({
      ...item,
      amountCents: BigInt(item.amountCents),
      dueDate: orUndefined(item.dueDate),
    })),
  };
}

export function toItemState({ status, ...row }: ItemStateJson): ItemState {
  return {
    index: row.index,
    status: status ?? 'open',
    reason: orUndefined(row.reason),
    scheduledOn: orUndefined(row.scheduledOn),
    transferId: orUndefined(row.transferId),
    paymentId: orUndefined(row.paymentId),
    connectionId: orUndefined(row.connectionId),
  };
}

function toPaymentItem(item: PaymentItemJson): PaymentItem {
  return {
    ...item,
    amountCents: BigInt(item.amountCents),
    beneficiaryId: orUndefined(item.beneficiaryId),
    scheduledOn: orUndefined(item.scheduledOn),
    reason: orUndefined(item.reason),
    transferId: orUndefined(item.transferId),
  };
}

export function toPayment(row: PaymentRow): Payment {
  return {
    id: row.id,
    partnerId: row.partner_id,
    intentId: row.intent_id,
    connectionId: row.connection_id,
    organizationId: row.organization_id,
    kind: row.kind,
    status: row.status,
    reason: orUndefined(row.reason) as PaymentReason | undefined,
    version: row.version,
    accountId: row.account_id,
    accountName: row.account_name,
    accountIban: row.account_iban,
    amountCents: row.amount_cents,
    bankId: orUndefined(row.bank_id),
    items: unpackRows(row.items).map(toPaymentItem),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function toAttempt(row: AttemptRow, partnerId: string, secrets: Secrets): Attempt {
  return {
    id: row.id,
    paymentId: row.payment_id,
    connectionId: row.connection_id,
    kind: row.kind,
    number: row.number,
    bankKey: row.bank_key,
    request: { path: row.path, body: row.body },
    approvalMethod: row.approval_method,
    expectsApproval: row.expects_approval,
    tag: row.tag,
    trustReadAt: orUndefined(row.trust_read_at),
    sends: row.sends,
    firstSentAt: orUndefined(row.first_sent_at),
    lastSentAt: orUndefined(row.last_sent_at),
    inFlight: row.in_flight,
    unanswered: row.unanswered,
    approvalSession: row.approval_session
      ? readable(secrets, sessionContext(partnerId, row.id), row.approval_session)
      : undefined,
    challengedAt: orUndefined(row.challenged_at),
    approvalExpiresAt: orUndefined(row.approval_expires_at),
    cleanListings: row.clean_listings,
    firstCleanListingAt: orUndefined(row.first_clean_listing_at),
    followedUntil: orUndefined(row.followed_until),
    hinted: row.hinted,
  };
}

/**
 * A secret whose key is gone is as good as none: one such row must not stop the others.
 */
export function readable(
  secrets: Secrets,
  context: SecretContext,
  sealed: Buffer,
): string | undefined {
  try {
    return secrets.decrypt(context, sealed);
  } catch {
    return undefined;
  }
}

export const sessionContext = (partnerId: string, attemptId: string) => ({
  partnerId,
  ownerId: attemptId,
  purpose: 'approval-session',
});

export const proofContext = (partnerId: string, checkId: string) => ({
  partnerId,
  ownerId: checkId,
  purpose: 'payee-proof',
});
