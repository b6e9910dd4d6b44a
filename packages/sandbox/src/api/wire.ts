import type { Bank } from '../bank.js';
import { wireNumberOf } from '../money.js';
import type { BankAccount, Beneficiary, Membership, Organization, Transfer } from '../state.js';

// Vendor spelling, all of it, stands in this file.

export function isoOf(at: number): string {
  return new Date(at).toISOString();
}

export function organizationOnWire(bank: Bank, organization: Organization) {
  const accounts = [...bank.store.current.accounts.values()];
  return {
    id: organization.id,
    slug: organization.slug,
    name: organization.name,
    legal_name: organization.legalName,
    legal_country: 'FR',
    locale: 'en',
    contract_signed_at: '2022-12-01 08:57:00.123047',
    bank_accounts: accounts
      .filter(({ organizationId }) => organizationId === organization.id)
      .map((account) => accountOnWire(bank, account)),
  };
}

export function accountOnWire(bank: Bank, account: BankAccount) {
  const availableCents = bank.ledger.availableCents(account);
  return {
    id: account.id,
    slug: account.slug,
    organization_id: account.organizationId,
    name: account.name,
    status: account.status,
    main: account.main,
    iban: account.iban,
    bic: account.bic,
    currency: 'EUR',
    balance: wireNumberOf(account.balanceCents),
    balance_cents: account.balanceCents,
    authorized_balance: wireNumberOf(availableCents),
    authorized_balance_cents: availableCents,
    is_external_account: false,
    updated_at: isoOf(account.updatedAt),
  };
}

export function membershipOnWire(membership: Membership) {
  return {
    id: membership.id,
    first_name: membership.firstName,
    last_name: membership.lastName,
    email: membership.email,
    role: membership.role,
    team_id: null,
    residence_country: 'FR',
    status: 'active',
  };
}

export function beneficiaryOnWire(bank: Bank, beneficiary: Beneficiary) {
  const { id, name, email, status, trusted } = beneficiary;
  const account = { iban: beneficiary.iban, bic: beneficiary.bic, currency: 'EUR' };
  const isNested = bank.switches.get('beneficiary_account') === 'nested';
  return {
    id,
    name,
    email,
    activity_tag: beneficiary.activityTag,
    ...(isNested ? { bank_account: account } : account),
    status,
    trusted,
    created_at: isoOf(beneficiary.createdAt),
    updated_at: isoOf(beneficiary.updatedAt),
  };
}

export function transferOnWire(transfer: Transfer) {
  const { note, declinedReason, processedAt, completedAt, transactionId } = transfer;
  return {
    id: transfer.id,
    initiator_id: transfer.initiatorId,
    bank_account_id: transfer.accountId,
    beneficiary_id: transfer.beneficiaryId,
    amount: wireNumberOf(transfer.amountCents),
    amount_cents: transfer.amountCents,
    amount_currency: 'EUR',
    status: transfer.status,
    reference: transfer.reference,
    note,
    declined_reason: declinedReason,
    scheduled_date: transfer.scheduledDate,
    created_at: isoOf(transfer.createdAt),
    updated_at: isoOf(transfer.updatedAt),
    processed_at: processedAt === null ? null : isoOf(processedAt),
    completed_at: completedAt === null ? null : isoOf(completedAt),
    transaction_id: transactionId,
    recurring_transfer_id: transfer.recurringTransferId ?? null,
  };
}
