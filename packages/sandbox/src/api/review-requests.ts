import { z } from 'zod';
import { magicAmountOf } from '../data/magic.js';
import { sha256Hex } from '../fingerprint.js';
import { policyFaultOf } from '../payment-policy.js';
import type { RequestType, TransferRequest } from '../requests/transfer-request.js';
import { dayOf } from '../settlement.js';
import type { BankAccount } from '../state.js';
import { parseBody } from './body.js';
import type { ApiCall, Handler } from './endpoint.js';
import { text } from './fields.js';
import { insufficientFunds, requirePayingRole } from './payment-rules.js';
import { notFound, refusal } from './refusal.js';
import { requestOnWire } from './request-wire.js';
import { requireApproval } from './sca-gate.js';

const TYPES: Record<string, RequestType> = {
  transfers: 'transfer',
  multi_transfers: 'multi_transfer',
};

const Approve = z.object({ debit_iban: z.string().nullish() });
const Decline = z.object({ declined_note: text(1000) });

/** Facts 4.8: an owner or admin signs, and the transfers are made. */
export const approveRequest: Handler = (call) => {
  const request = requestOf(call);
  // The body is optional.
  const { debit_iban } = call.bytes.length > 0 ? parseBody(call, Approve) : {};
  const account = debitAccountOf(call, debit_iban ?? request.debitIban);
  const total = request.transfers.reduce((sum, { amountCents }) => sum + amountCents, 0);
  const lines = request.transfers.map(({ creditName, creditIban, amountCents, reference }) => ({
    ...{ payee: creditName, iban: creditIban, amountCents, reference },
  }));
  const [first] = lines;
  const count = lines.length === 1 ? (first?.payee ?? '') : `${lines.length} payments`;
  requireApproval(call, {
    actionType: `request.${request.type}.approve`,
    signed: [account.id, request.id, total],
    summary: {
      title: `Approve a request: ${count}`,
      ...{ amountCents: total, payee: count, iban: lines.length === 1 ? (first?.iban ?? '') : '' },
      ...{ debitAccount: account.name, reference: first?.reference ?? '' },
      ...(lines.length > 1 ? { items: lines, reference: '' } : {}),
    },
  });
  requireSense(call, { request, account, total });
  const { id: approverId } = call.caller;
  call.bank.requests.approve(request, {
    ...{ approverId, account, requestSha256: sha256Hex(call.bytes) },
  });
  return { status: 200, body: { [`request_${request.type}`]: requestOnWire(request) } };
};

export const declineRequest: Handler = (call) => {
  const request = requestOf(call);
  const { declined_note: declinedNote } = parseBody(call, Decline);
  call.bank.requests.decline(request, { approverId: call.caller.id, declinedNote });
  return { status: 200, body: { [`request_${request.type}`]: requestOnWire(request) } };
};

function requestOf(call: ApiCall): TransferRequest {
  const { bank, caller, params } = call;
  // The bank's own sandbox refuses whatever the scopes are (facts 4.8).
  if (bank.switches.get('request_review') === 'forbidden') {
    throw refusal(403, 'forbidden', 'This action is not allowed');
  }
  requirePayingRole(call);
  // There are no card requests here: none of their ids is found.
  const type = TYPES[params.type ?? ''];
  const request = type && bank.requests.find(caller.organizationId, type, params.id ?? '');
  if (!request) throw notFound('Request');
  if (request.status === 'pending') return request;
  const status = bank.switches.get('decided_request_status');
  throw refusal(status, 'request_not_pending', `This request is ${request.status}`);
}

/** Facts 4.8: the main account where none is named. */
function debitAccountOf({ bank, caller }: ApiCall, iban: string | null): BankAccount {
  for (const account of bank.store.current.accounts.values()) {
    if (account.organizationId !== caller.organizationId || account.status !== 'active') continue;
    if (iban === null ? account.main : account.iban === iban) return account;
  }
  throw refusal(404, 'not_found', 'debit_iban is not found or not active', {
    pointer: '/debit_iban',
  });
}

/** After the approval, as for every payment (facts 3.4). */
function requireSense(
  { bank, caller }: ApiCall,
  what: {
    readonly request: TransferRequest;
    readonly account: BankAccount;
    readonly total: number;
  },
): void {
  const { request, account, total } = what;
  const amounts = request.transfers.map(({ amountCents }) => amountCents);
  const fault = amounts.map((cents) => policyFaultOf(bank.switches, cents)).find(Boolean);
  // Four eyes: who asked may not be who approves.
  if (fault && request.initiatorId === caller.id) throw refusal(400, fault.code, fault.detail);
  const isNow = (request.scheduledDate ?? '') <= dayOf(bank.clock.now());
  const isShort = isNow && bank.ledger.availableCents(account) < total;
  const isMagic = amounts.some((cents) => magicAmountOf(cents)?.kind === 'insufficient-funds');
  if (isShort || isMagic) throw insufficientFunds();
}
