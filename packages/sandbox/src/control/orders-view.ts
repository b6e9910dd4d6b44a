import type { Bank } from '../bank.js';

/** What the bank holds beside single transfers. */
export function ordersView(bank: Bank) {
  const { bulkTransfers, recurringTransfers, internalTransfers, requests } = bank.store.current;
  const nameOf = (id: string | null) => (id === null ? null : bank.membership(id)?.member);
  return {
    bulk_transfers: [...bulkTransfers.values()].map((bulk) => ({
      id: bulk.id,
      debit_iban: ibanOf(bank, bulk.accountId),
      initiator: nameOf(bulk.initiatorId),
      idempotency_key: bulk.idempotencyKey,
      request_sha256: bulk.requestSha256,
      created_at: new Date(bulk.createdAt).toISOString(),
      results: bulk.results.map(
        ({ clientTransferId, transferId, amountCents, status, errors }) => ({
          client_transfer_id: clientTransferId,
          transfer_id: transferId,
          amount_cents: amountCents,
          ...{ status, errors },
        }),
      ),
    })),
    recurring_transfers: [...recurringTransfers.values()].map((recurring) => ({
      id: recurring.id,
      amount_cents: recurring.amountCents,
      debit_iban: ibanOf(bank, recurring.accountId),
      frequency: recurring.frequency,
      executions: recurring.executions,
      next_execution_date: recurring.nextExecutionDate,
      initiator: nameOf(recurring.initiatorId),
      idempotency_key: recurring.idempotencyKey,
    })),
    internal_transfers: [...internalTransfers.values()].map((transfer) => ({
      id: transfer.id,
      amount_cents: transfer.amountCents,
      debit_iban: ibanOf(bank, transfer.debitAccountId),
      credit_iban: ibanOf(bank, transfer.creditAccountId),
      status: transfer.status,
      reference: transfer.reference,
      initiator: nameOf(transfer.initiatorId),
      idempotency_key: transfer.idempotencyKey,
    })),
    requests: [...requests.values()].map((request) => ({
      id: request.id,
      request_type: request.type,
      status: request.status,
      initiator: nameOf(request.initiatorId),
      approver: nameOf(request.approverId),
      note: request.note,
      idempotency_key: request.idempotencyKey,
      transfers: request.transfers.map((one) => ({
        transfer_id: one.transferId,
        amount_cents: one.amountCents,
        credit_iban: one.creditIban,
        credit_name: one.creditName,
        reference: one.reference,
      })),
    })),
  };
}

function ibanOf(bank: Bank, accountId: string): string | undefined {
  return bank.store.current.accounts.get(accountId)?.iban;
}
