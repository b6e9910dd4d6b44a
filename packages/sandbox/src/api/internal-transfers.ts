import { z } from 'zod';
import { sha256Hex } from '../fingerprint.js';
import type { InternalTransfer } from '../internal/internal-transfer.js';
import { decimalOf, wireNumberOf } from '../money.js';
import type { BankAccount } from '../state.js';
import { parseBody } from './body.js';
import type { ApiCall, Handler } from './endpoint.js';
import { text } from './fields.js';
import { addIssue, amountField, type BodyRules, bodyRules } from './payment-fields.js';
import { insufficientFunds, requirePayingRole } from './payment-rules.js';
import { refusal } from './refusal.js';
import { isoOf } from './wire.js';

const euro = z.literal('EUR', 'must be EUR').optional();

const internalSchema = (rules: BodyRules) =>
  z.object({
    internal_transfer: z
      .object({
        // Any text: a masked or mistyped IBAN is not found, and not invalid (facts 4.7).
        debit_iban: z.string(),
        credit_iban: z.string(),
        reference: text(rules.mostReference),
        amount: amountField,
        currency: euro,
        amount_currency: euro,
      })
      .superRefine(({ debit_iban, credit_iban, currency, amount_currency }, context) => {
        if ((currency ?? amount_currency) === undefined) {
          addIssue(context, 'currency', { code: 'missing', message: 'is missing' });
        }
        if (debit_iban !== credit_iban) return;
        addIssue(context, 'credit_iban', { code: 'invalid', message: 'must be another account' });
      }),
  });

/** Facts 3.1, 4.7: between accounts of one organisation, without approval. */
export const createInternalTransfer: Handler = (call) => {
  requirePayingRole(call);
  const { bank, caller } = call;
  const { internal_transfer: order } = parseBody(call, internalSchema(bodyRules(call)));
  const debit = accountAt(call, 'debit_iban', order.debit_iban);
  const credit = accountAt(call, 'credit_iban', order.credit_iban);
  if (bank.ledger.availableCents(debit) < order.amount) throw insufficientFunds();
  const accepted = bank.internal.accept({
    ...{ debit, credit, initiatorId: caller.id },
    amountCents: order.amount,
    reference: order.reference,
    idempotencyKey: call.idempotencyKey,
    requestSha256: sha256Hex(call.bytes),
  });
  return { status: 200, body: { internal_transfer: internalOnWire(call, accepted) } };
};

/** One of the organisation's own active accounts, by its real IBAN. */
function accountAt({ bank, caller }: ApiCall, field: string, iban: string): BankAccount {
  for (const account of bank.store.current.accounts.values()) {
    const isOwn = account.organizationId === caller.organizationId;
    if (isOwn && account.iban === iban && account.status === 'active') return account;
  }
  const status = bank.switches.get('internal_not_found_status');
  throw refusal(status, 'not_found', `${field} is not found or not active`, {
    pointer: `/internal_transfer/${field}`,
  });
}

function internalOnWire({ bank }: ApiCall, transfer: InternalTransfer) {
  const { id, slug, status, reference, amountCents, createdAt } = transfer;
  const isText = bank.switches.get('internal_transfer_answer') === 'strings';
  const money = isText
    ? { amount: decimalOf(amountCents), amount_cents: amountCents, currency: 'EUR' }
    : { amount: wireNumberOf(amountCents), amount_cents: amountCents, amount_currency: 'EUR' };
  return { id, slug, status, ...money, reference, created_at: isoOf(createdAt) };
}
