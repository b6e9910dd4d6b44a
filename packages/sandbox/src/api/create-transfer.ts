import type { Payee } from '../beneficiary-book.js';
import { magicAmountOf } from '../data/magic.js';
import { sha256Hex } from '../fingerprint.js';
import { faultOfProof, type ProvenPayee } from '../payee-proof.js';
import { dayOf } from '../settlement.js';
import type { BankAccount } from '../state.js';
import type { ApiCall, Handler } from './endpoint.js';
import { refusal } from './refusal.js';
import { requireApproval } from './sca-gate.js';
import { parseTransfer, type TransferBody } from './transfer-body.js';
import { transferOnWire } from './wire.js';

/** Facts 4.4, checked in the order of facts 7: body, proof, approval, business. */
export const createTransfer: Handler = (call) => {
  requirePayingRole(call);
  const { proof, transfer } = parseTransfer(call);
  const account = accountOf(call, transfer);
  const payee = payeeOf(call, transfer);
  const { name, iban } = payee.known ?? payee;
  requireProof(call, proof, { name, iban });
  if (!payee.known?.trusted) {
    requireApproval(call, {
      actionType: 'transfer.single.create',
      accountId: account.id,
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
  const status = call.bank.switches.get('transfer_create_status');
  return { status, body: { transfer: transferOnWire(accepted) } };
};

/** Facts 2.4: the others ask an owner or admin by a request. */
function requirePayingRole({ caller }: ApiCall): void {
  if (caller.role === 'owner' || caller.role === 'admin') return;
  throw refusal(403, 'forbidden', 'Your role does not allow this action');
}

function accountOf({ bank, caller }: ApiCall, transfer: TransferBody): BankAccount {
  const account = bank.ledger.account(caller.organizationId, transfer.bank_account_id);
  if (account?.status === 'active') return account;
  throw refusal(400, 'bank_account_not_found', 'Bank account not found', {
    pointer: '/transfer/bank_account_id',
  });
}

function payeeOf({ bank, caller }: ApiCall, transfer: TransferBody): Payee {
  const inline = transfer.beneficiary;
  if (inline) {
    const { name, iban } = inline;
    const activityTag = inline.activity_tag ?? 'other_expense';
    return { name, iban, bic: inline.bic ?? null, email: inline.email ?? null, activityTag };
  }
  const known = bank.beneficiaries.find(caller.organizationId, transfer.beneficiary_id ?? '');
  if (known) return { known };
  throw refusal(404, 'not_found', 'Beneficiary not found', {
    pointer: '/transfer/beneficiary_id',
  });
}

function requireProof(call: ApiCall, proof: string | undefined, payee: ProvenPayee): void {
  const { bank } = call;
  const status = bank.switches.get('proof_error_status');
  if (proof === undefined) {
    throw refusal(status, 'vop_proof_token_missing', 'VOP proof token is missing');
  }
  const secret = bank.store.current.proofSecret;
  const fault = faultOfProof(proof, payee, { secret, now: bank.clock.now() });
  if (fault === undefined) return;
  throw refusal(status, 'vop_proof_token_invalid', `VOP proof token validation failed: ${fault}`);
}

/** These checks run after the approval: an approved transfer can still be refused (facts 3.4). */
function requireBusinessSense(call: ApiCall, account: BankAccount, transfer: TransferBody): void {
  const { ledger, clock } = call.bank;
  const magic = magicAmountOf(transfer.amount)?.kind;
  if (magic === 'policy-approval-required') {
    throw refusal(
      400,
      'payment_policy_approval_required',
      'This payment needs the approval of another member',
    );
  }
  const isNow = transfer.scheduledDate <= dayOf(clock.now());
  const isShort = isNow && ledger.availableCents(account) < transfer.amount;
  if (magic === 'insufficient-funds' || isShort) {
    throw refusal(400, 'insufficient_funds', 'The account has insufficient funds');
  }
}
