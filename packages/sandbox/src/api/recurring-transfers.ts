import { z } from 'zod';
import { sha256Hex } from '../fingerprint.js';
import { FREQUENCIES, type RecurringTransfer } from '../recurring/recurring-transfer.js';
import { isDay } from '../settlement.js';
import { requireAttachments } from './attachment-gate.js';
import { parseBody } from './body.js';
import { approveCancel } from './cancel-gate.js';
import type { ApiCall, Handler } from './endpoint.js';
import { text } from './fields.js';
import { pageOf } from './pagination.js';
import {
  addIssue,
  amountField,
  attachmentIdsField,
  type BodyRules,
  bodyRules,
  dayField,
  payeeFields,
  refineAttachment,
  refineOnePayee,
} from './payment-fields.js';
import { accountOf, namedPayee, payeeOf, requirePayingRole } from './payment-rules.js';
import { requireProof } from './proof-gate.js';
import { recurringOnWire } from './recurring-wire.js';
import { notFound, refusal } from './refusal.js';
import { requireApproval } from './sca-gate.js';

const EVERY: Record<RecurringTransfer['frequency'], string> = {
  weekly: 'Every week',
  monthly: 'Every month',
  quarterly: 'Every quarter',
  half_yearly: 'Every half year',
  yearly: 'Every year',
};

const recurringSchema = (rules: BodyRules) =>
  z.object({
    vop_proof_token: z.string().optional(),
    recurring_transfer: z
      .object({
        ...payeeFields,
        bank_account_id: z.string(),
        reference: text(rules.mostReference),
        amount: amountField,
        frequency: z.enum(FREQUENCIES, {
          error: (issue) => (issue.input === undefined ? undefined : 'is not a frequency'),
        }),
        first_execution_date: dayField(rules),
        last_execution_date: z.string().nullish(),
        note: z.string().nullish(),
        attachment_ids: attachmentIdsField,
      })
      .superRefine((order, context) => {
        refineOnePayee(order, context);
        refineAttachment(order, context);
        const last = order.last_execution_date;
        if (!last || (isDay(last) && last >= order.first_execution_date)) return;
        const message = 'must be a day, the first execution or later';
        addIssue(context, 'last_execution_date', { code: 'invalid_date', message });
      }),
  });

/** Facts 3.1, 4.6: always asks for approval, of a trusted payee too. */
export const createRecurringTransfer: Handler = (call) => {
  requirePayingRole(call);
  const { bank, caller } = call;
  const { vop_proof_token, recurring_transfer: order } = parseBody(
    call,
    recurringSchema(bodyRules(call)),
  );
  const pointer = '/recurring_transfer';
  const id = order.bank_account_id;
  const account = accountOf(call, { id, pointer: `${pointer}/bank_account_id` });
  const payee = payeeOf(call, { order, pointer });
  requireAttachments(call, order.attachment_ids, `${pointer}/attachment_ids`);
  const { name, iban } = namedPayee(payee);
  const proof = requireProof(call, vop_proof_token, { kind: 'single', payees: [{ name, iban }] });
  const last = order.last_execution_date ?? null;
  requireApproval(call, {
    actionType: 'transfer.recurring.create',
    signed: [
      account.id,
      order.amount,
      iban,
      order.frequency,
      order.first_execution_date,
      last ?? '',
    ],
    summary: {
      ...{ amountCents: order.amount, payee: name, iban },
      ...{ debitAccount: account.name, reference: order.reference },
      terms: `${EVERY[order.frequency]} from ${order.first_execution_date}${last ? ` to ${last}` : ''}`,
    },
  });
  const beneficiary = payee.known ?? bank.beneficiaries.learn(caller.organizationId, payee);
  const recurring = bank.recurring.accept({
    organizationId: caller.organizationId,
    accountId: account.id,
    initiatorId: caller.id,
    beneficiaryId: beneficiary.id,
    amountCents: order.amount,
    reference: order.reference,
    note: order.note ?? null,
    attachmentIds: order.attachment_ids ?? [],
    frequency: order.frequency,
    firstExecutionDate: order.first_execution_date,
    lastExecutionDate: last,
    idempotencyKey: call.idempotencyKey,
    requestSha256: sha256Hex(call.bytes),
  });
  bank.checkQuota.used(caller.id, proof);
  const status = bank.switches.get('transfer_create_status');
  return { status, body: { recurring_transfer: recurringOnWire(call, recurring) } };
};

export const listRecurringTransfers: Handler = (call) => {
  const { bank, caller, query } = call;
  const found = [...bank.store.current.recurringTransfers.values()]
    .filter(({ organizationId }) => organizationId === caller.organizationId)
    .reverse();
  const { items, meta } = pageOf(found, query, { perPage: 100 });
  const recurring_transfers = items.map((recurring) => recurringOnWire(call, recurring));
  return { status: 200, body: { recurring_transfers, meta } };
};

export const showRecurringTransfer: Handler = (call) => ({
  status: 200,
  body: { recurring_transfer: recurringOnWire(call, recurringOf(call)) },
});

/** Facts 4.6: 204, though the docs show 200 with a body. What has been executed stays. */
export const cancelRecurringTransfer: Handler = (call) => {
  const { bank } = call;
  const recurring = recurringOf(call);
  const payee = bank.beneficiaries.find(call.caller.organizationId, recurring.beneficiaryId);
  approveCancel(call, { kind: 'recurring', order: recurring, payee });
  if (!bank.recurring.cancel(recurring)) {
    const status = bank.switches.get('cancel_refused_status');
    throw refusal(status, 'transfer_not_cancelable', 'This transfer can no longer be canceled');
  }
  if (bank.switches.get('recurring_cancel_status') === 204) return { status: 204 };
  return { status: 200, body: { recurring_transfer: recurringOnWire(call, recurring) } };
};

function recurringOf({ bank, caller, params }: ApiCall): RecurringTransfer {
  const found = bank.recurring.find(caller.organizationId, params.id ?? '');
  if (!found) throw notFound('Recurring transfer');
  return found;
}
