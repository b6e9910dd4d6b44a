import { magicAmountOf } from '../data/magic.js';
import { sha256Hex } from '../fingerprint.js';
import { policyFaultOf } from '../payment-policy.js';
import { dayOf } from '../settlement.js';
import type { BankAccount } from '../state.js';
import { requireAttachments } from './attachment-gate.js';
import type { ApiCall, Handler } from './endpoint.js';
import {
  accountOf,
  insufficientFunds,
  namedPayee,
  payeeOf,
  requirePayingRole,
} from './payment-rules.js';
import { requireProof } from './proof-gate.js';
import { refusal } from './refusal.js';
import { requireApproval } from './sca-gate.js';
import { parseTransfer, type TransferBody } from './transfer-body.js';
import { transferOnWire } from './wire.js';

/** Facts 4.4, checked in the order of facts 7: body, proof, approval, business. */
export const createTransfer: Handler = (call) => {
  requirePayingRole(call);
  const { proof, transfer } = parseTransfer(call);
  const pointer = '/transfer';
  const account = accountOf(call, {
    id: transfer.bank_account_id,
    pointer: `${pointer}/bank_account_id`,
  });
  const payee = payeeOf(call, { order: transfer, pointer });
  requireAttachments(call, transfer.attachment_ids, `${pointer}/attachment_ids`);
  const { name, iban } = namedPayee(payee);
  const usedProof = requireProof(call, proof, { kind: 'single', payees: [{ name, iban }] });
  if (!payee.known?.trusted) {
    requireApproval(call, {
      actionType: 'transfer.single.create',
      signed: [account.id, transfer.amount, iban],
      summary: {
        ...{ amountCents: transfer.amount, payee: name, iban },
        ...{ debitAccount: account.name, reference: transfer.reference },
      },
    });
  }
  requireBusinessSense(call, account, transfer);
  const accepted = call.bank.ledger.accept({
    account,
    payee,
    initiatorId: call.caller.id,
    amountCents: transfer.amount,
    reference: transfer.reference,
    note: transfer.note ?? null,
    scheduledDate: transfer.scheduledDate,
    attachmentIds: transfer.attachment_ids ?? [],
    idempotencyKey: call.idempotencyKey,
    requestSha256: sha256Hex(call.bytes),
  });
  call.bank.checkQuota.used(call.caller.id, usedProof);
  const status = call.bank.switches.get('transfer_create_status');
  return { status, body: { transfer: transferOnWire(accepted) } };
};

/** These checks run after the approval: an approved transfer can still be refused (facts 3.4). */
function requireBusinessSense(call: ApiCall, account: BankAccount, transfer: TransferBody): void {
  const { ledger, clock } = call.bank;
  const fault = policyFaultOf(call.bank.switches, transfer.amount);
  if (fault) throw refusal(400, fault.code, fault.detail);
  const isNow = transfer.scheduledDate <= dayOf(clock.now());
  const isShort = isNow && ledger.availableCents(account) < transfer.amount;
  const isMagic = magicAmountOf(transfer.amount)?.kind === 'insufficient-funds';
  if (isMagic || isShort) throw insufficientFunds();
}
