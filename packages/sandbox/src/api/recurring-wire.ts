import { wireNumberOf } from '../money.js';
import type { RecurringTransfer } from '../recurring/recurring-transfer.js';
import type { ApiCall } from './endpoint.js';
import { isoOf } from './wire.js';

/** Facts 4.6: as a transfer, but without status and note on the wire. */
export function recurringOnWire({ bank }: Pick<ApiCall, 'bank'>, recurring: RecurringTransfer) {
  const { isCanceled, nextExecutionDate, note } = recurring;
  const isOver = isCanceled || nextExecutionDate === null;
  const documented = { status: isOver ? 'canceled' : 'pending', note };
  return {
    id: recurring.id,
    initiator_id: recurring.initiatorId,
    bank_account_id: recurring.accountId,
    beneficiary_id: recurring.beneficiaryId,
    amount: wireNumberOf(recurring.amountCents),
    amount_cents: recurring.amountCents,
    amount_currency: 'EUR',
    reference: recurring.reference,
    frequency: recurring.frequency,
    first_execution_date: recurring.firstExecutionDate,
    last_execution_date: recurring.lastExecutionDate,
    next_execution_date: nextExecutionDate,
    created_at: isoOf(recurring.createdAt),
    updated_at: isoOf(recurring.updatedAt),
    ...(bank.switches.get('recurring_status_and_note') === 'shown' ? documented : {}),
  };
}
