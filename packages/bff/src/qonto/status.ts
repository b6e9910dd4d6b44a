import type { PaymentReason } from '@qonto-pay/shared';
import type { BankTransfer } from '../payments/ports.js';
import type { WireTransfer } from './wire.js';

const DECLINED_REASONS = new Map<string, PaymentReason>([
  ['debit_account_insufficient_funds', 'insufficient-funds'],
  ['beneficiary_bic_invalid', 'payee-account-invalid'],
  ['beneficiary_iban_invalid', 'payee-account-invalid'],
  ['beneficiary_status', 'payee-not-usable'],
  ['beneficiary_network_rules_error', 'payee-not-reachable'],
  ['organisation_compliance_reasons', 'compliance'],
  ['qonto_processing_failed', 'bank-processing-failed'],
]);

// Qonto is a French bank: its days, and so its scheduled dates, begin at midnight in Paris.
const bankDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' });

/** Qonto's status as ours. An unknown one is never read as paid or failed. */
export function statusFromTransfer(
  raw: Pick<WireTransfer, 'status' | 'scheduled_date'>,
  at: Date,
): BankTransfer['status'] {
  switch (raw.status) {
    case 'pending':
      return (raw.scheduled_date ?? '') > bankDay.format(at) ? 'scheduled' : 'processing';
    case 'processing':
      return 'processing';
    case 'settled':
    case 'declined':
    case 'canceled':
      return raw.status;
    default:
      return 'unrecognized';
  }
}

/** A reason that the page has a sentence for; one that Qonto added later reads `bank-refused`. */
export function declinedReason(raw: string | null | undefined): PaymentReason | undefined {
  return raw ? (DECLINED_REASONS.get(raw) ?? 'bank-refused') : undefined;
}

export function transferFromWire(raw: WireTransfer, at: Date): BankTransfer {
  return {
    id: raw.id,
    status: statusFromTransfer(raw, at),
    declinedReason: declinedReason(raw.declined_reason),
    amountCents: raw.amount_cents,
    currency: raw.amount_currency,
    accountId: raw.bank_account_id,
    beneficiaryId: raw.beneficiary_id ?? undefined,
    reference: raw.reference ?? '',
    note: raw.note ?? '',
    createdAt: raw.created_at,
  };
}
