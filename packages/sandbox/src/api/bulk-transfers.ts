import { z } from 'zod';
import type { Payee } from '../beneficiary-book.js';
import type { BulkItem } from '../bulk/bulk-desk.js';
import type { BulkTransfer } from '../bulk/bulk-transfer.js';
import { sha256Hex } from '../fingerprint.js';
import type { BankAccount } from '../state.js';
import { parseBody } from './body.js';
import { bulkOnWire } from './bulk-wire.js';
import type { Answer, ApiCall, Handler } from './endpoint.js';
import { text } from './fields.js';
import { pageOf } from './pagination.js';
import {
  amountField,
  attachmentIdsField,
  type BodyRules,
  bodyRules,
  dayField,
  payeeFields,
  refineOnePayee,
} from './payment-fields.js';
import { accountOf, namedPayee, payeeOf, requirePayingRole, requirePlan } from './payment-rules.js';
import { requireProof } from './proof-gate.js';
import { notFound } from './refusal.js';
import { requireApproval } from './sca-gate.js';

const MOST_ITEMS = 400;

const bulkSchema = (rules: BodyRules) =>
  z.object({
    vop_proof_token: z.string().optional(),
    bank_account_id: z.string(),
    bulk_transfers: z
      .array(itemSchema(rules))
      .min(1, 'must not be empty')
      .max(MOST_ITEMS, `must have at most ${MOST_ITEMS} entries`)
      .superRefine((items, context) => {
        const ids = new Set(items.map((item) => item.client_transfer_id));
        if (ids.size === items.length) return;
        const message = 'must have a client_transfer_id of its own for each entry';
        context.addIssue({ code: 'custom', message, params: { code: 'invalid' } });
      }),
  });

// No rule about attachments here: it is told per payment, later (facts 4.5).
const itemSchema = (rules: BodyRules) =>
  z
    .object({
      ...payeeFields,
      client_transfer_id: z.uuid('must be a UUID'),
      amount: amountField,
      reference: text(rules.mostReference),
      note: z.string().nullish(),
      scheduled_date: dayField(rules).optional(),
      attachment_ids: attachmentIdsField,
    })
    .superRefine(refineOnePayee);

type Item = z.output<ReturnType<typeof itemSchema>>;

/** Facts 4.5: accepted as a whole, carried out one by one. */
export const createBulkTransfer: Handler = (call) => {
  requirePayingRole(call);
  requirePlan(call, ['business']);
  const { bank, caller } = call;
  const rules = bodyRules(call);
  const body = parseBody(call, bulkSchema(rules));
  const account = accountOf(call, { id: body.bank_account_id, pointer: '/bank_account_id' });
  const payees = body.bulk_transfers.map((order, index) =>
    payeeOf(call, { order, pointer: `/bulk_transfers/${index}` }),
  );
  const proof = requireProof(call, body.vop_proof_token, {
    kind: 'bulk',
    payees: payees.map(namedPayee),
  });
  const items = body.bulk_transfers.flatMap((item, index) => {
    const payee = payees[index];
    return payee ? [itemOf(item, payee, rules.today)] : [];
  });
  if (!payees.every(({ known }) => known?.trusted)) {
    requireBulkApproval(call, { account, items, payees: payees.map(namedPayee) });
  }
  const bulk = bank.bulk.accept({
    organizationId: caller.organizationId,
    accountId: account.id,
    initiatorId: caller.id,
    idempotencyKey: call.idempotencyKey,
    requestSha256: sha256Hex(call.bytes),
    items,
  });
  bank.checkQuota.used(caller.id, proof);
  return answerWith(call, bank.switches.get('transfer_create_status'), bulk);
};

function itemOf(item: Item, payee: Payee, today: string): BulkItem {
  return {
    clientTransferId: item.client_transfer_id,
    beneficiaryId: payee.known?.id ?? null,
    inlinePayee: payee.known ? null : payee,
    amountCents: item.amount,
    reference: item.reference,
    note: item.note ?? null,
    scheduledDate: item.scheduled_date ?? today,
    attachmentIds: item.attachment_ids ?? [],
  };
}

/** One approval for all: the member sees the number, the sum and every line. */
function requireBulkApproval(
  call: ApiCall,
  bulk: {
    readonly account: BankAccount;
    readonly items: readonly BulkItem[];
    readonly payees: readonly { readonly name: string; readonly iban: string }[];
  },
): void {
  const lines = bulk.items.map(({ amountCents, reference }, index) => {
    const { name = '', iban = '' } = bulk.payees[index] ?? {};
    return { amountCents, payee: name, iban, reference };
  });
  const total = lines.reduce((sum, { amountCents }) => sum + amountCents, 0);
  const count = lines.length === 1 ? '1 payment' : `${lines.length} payments`;
  const [first, ...others] = lines;
  requireApproval(call, {
    actionType: 'transfer.bulk.create',
    signed: [bulk.account.id, ...lines.flatMap(({ amountCents, iban }) => [amountCents, iban])],
    summary: {
      title: `Make ${count}`,
      ...{ amountCents: total, payee: count, iban: others.length > 0 ? '' : (first?.iban ?? '') },
      ...{ debitAccount: bulk.account.name, reference: '', items: lines },
    },
  });
}

export const listBulkTransfers: Handler = ({ bank, caller, query }) => {
  const found = [...bank.store.current.bulkTransfers.values()]
    .filter(({ organizationId }) => organizationId === caller.organizationId)
    .reverse();
  const { items, meta } = pageOf(found, query, { perPage: 100 });
  const errors = bank.switches.get('bulk_errors');
  return {
    status: 200,
    body: { bulk_transfers: items.map((bulk) => bulkOnWire(bulk, errors)), meta },
  };
};

export const showBulkTransfer: Handler = (call) => {
  const { bank, caller, params } = call;
  const bulk = bank.store.current.bulkTransfers.get(params.id ?? '');
  if (bulk?.organizationId !== caller.organizationId) throw notFound('Bulk transfer');
  return answerWith(call, 200, bulk);
};

function answerWith({ bank }: ApiCall, status: number, bulk: BulkTransfer): Answer {
  const bulk_transfer = bulkOnWire(bulk, bank.switches.get('bulk_errors'));
  const isBare = bank.switches.get('bulk_answer') === 'bare';
  return { status, body: isBare ? bulk_transfer : { bulk_transfer } };
}
