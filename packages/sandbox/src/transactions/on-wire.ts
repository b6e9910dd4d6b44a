import { wireNumberOf } from '../money.js';
import type { Transaction } from './transaction.js';

const iso = (at: number) => new Date(at).toISOString();

// Which sub-object describes the counterparty (facts 4.11).
const COUNTERPARTIES: Readonly<Record<string, string>> = {
  transfer: 'transfer',
  income: 'income',
  direct_debit: 'direct_debit',
  swift_income: 'swift_income',
};
const SUBJECTS: Readonly<Record<string, string>> = {
  transfer: 'Transfer',
  income: 'Income',
  direct_debit: 'DirectDebit',
  swift_income: 'SwiftIncome',
  card: 'Card',
  qonto_fee: 'BillingTransfer',
};

/** A movement in Qonto's spelling, without the parts that must be asked for. */
export function transactionOnWire(transaction: Transaction) {
  const { amountCents, operationType, settledAt } = transaction;
  const amount = wireNumberOf(amountCents);
  const counterparty = COUNTERPARTIES[operationType];
  return {
    id: transaction.id,
    transaction_id: transaction.slug,
    amount,
    amount_cents: amountCents,
    local_amount: amount,
    local_amount_cents: amountCents,
    local_currency: 'EUR',
    side: transaction.side,
    operation_type: operationType,
    currency: 'EUR',
    label: transaction.label,
    clean_counterparty_name: transaction.label,
    settled_at: settledAt === null ? null : iso(settledAt),
    emitted_at: iso(transaction.emittedAt),
    created_at: iso(transaction.emittedAt),
    updated_at: iso(transaction.updatedAt),
    status: transaction.status,
    note: transaction.note,
    reference: transaction.reference,
    vat_amount: null,
    vat_amount_cents: null,
    vat_rate: null,
    initiator_id: transaction.initiatorId,
    label_ids: [],
    attachment_ids: transaction.attachmentIds,
    attachment_lost: false,
    attachment_required: operationType !== 'income',
    card_last_digits: transaction.cardLastDigits,
    category: transaction.category,
    subject_type: SUBJECTS[operationType] ?? 'Other',
    bank_account_id: transaction.accountId,
    is_external_transaction: false,
    ...(counterparty === undefined ? {} : { [counterparty]: counterpartyOf(transaction) }),
  };
}

function counterpartyOf({ counterpartyIban }: Transaction) {
  return {
    counterparty_account_number: counterpartyIban,
    counterparty_account_number_format: 'IBAN',
    counterparty_bank_identifier: null,
    counterparty_bank_identifier_format: 'BIC',
  };
}
