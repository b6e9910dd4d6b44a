import { randomUUID } from 'node:crypto';
import type { BankAccount, Transfer } from '../state.js';
import type { Transaction } from './transaction.js';

/** A transfer's own movement, there from the moment that its money has left (facts 4.13). */
export function transactionOf(transfer: Transfer): Transaction | undefined {
  const { transactionId, processedAt } = transfer;
  if (transactionId === null || processedAt === null) return undefined;
  return {
    id: transactionId,
    slug: `transfer-${transfer.id}`,
    organizationId: transfer.organizationId,
    accountId: transfer.accountId,
    side: 'debit',
    operationType: 'transfer',
    amountCents: transfer.amountCents,
    label: transfer.creditName,
    counterpartyIban: transfer.creditIban,
    reference: transfer.reference,
    note: transfer.note,
    category: 'other_expense',
    initiatorId: transfer.initiatorId,
    attachmentIds: transfer.attachmentIds,
    cardLastDigits: null,
    status: 'completed',
    emittedAt: transfer.createdAt,
    settledAt: processedAt,
    updatedAt: transfer.updatedAt,
  };
}

/** What arrives on an account of this bank. */
export function incomeOf(transfer: Transfer, account: BankAccount, at: number): Transaction {
  const id = randomUUID();
  return {
    id,
    slug: `income-${id}`,
    organizationId: account.organizationId,
    accountId: account.id,
    side: 'credit',
    operationType: 'income',
    amountCents: transfer.amountCents,
    label: transfer.creditName,
    counterpartyIban: null,
    reference: transfer.reference,
    note: null,
    category: 'other_income',
    initiatorId: null,
    attachmentIds: [],
    cardLastDigits: null,
    status: 'completed',
    emittedAt: at,
    settledAt: at,
    updatedAt: at,
  };
}
