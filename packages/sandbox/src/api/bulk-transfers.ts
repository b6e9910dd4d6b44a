import { z } from 'zod';
import type { BulkItem } from '../bulk/bulk-desk.js';
import type { BulkResult, BulkTransfer } from '../bulk/bulk-transfer.js';
import { sha256Hex } from '../fingerprint.js';
import { parseBody } from './body.js';
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
import { isoOf } from './wire.js';

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
  const named = payees.map(namedPayee);
  const proof = requireProof(call, body.vop_proof_token, { kind: 'bulk', payees: named });
  if (!payees.every(({ known }) => known?.trusted)) {
    requireApproval(call, {
      actionType: 'transfer.bulk.create',
      signed: [
        account.id,
        ...body.bulk_transfers.flatMap(({ amount }, index) => [amount, named[index]?.iban ?? '']),
      ],
      summary: summaryOf(body.bulk_transfers, named, account.name),
    });
  }
  const bulk = bank.bulk.accept({
    organizationId: caller.organizationId,
    accountId: account.id,
    initiatorId: caller.id,
    idempotencyKey: call.idempotencyKey,
    requestSha256: sha256Hex(call.bytes),
    items: body.bulk_transfers.map((item, index): BulkItem => {
      const payee = payees[index];
      return {
        clientTransferId: item.client_transfer_id,
        beneficiaryId: payee?.known?.id ?? null,
        inlinePayee: payee && !payee.known ? payee : null,
        amountCents: item.amount,
        reference: item.reference,
        note: item.note ?? null,
        scheduledDate: item.scheduled_date ?? rules.today,
        attachmentIds: item.attachment_ids ?? [],
      };
    }),
  });
  bank.checkQuota.used(caller.id, proof);
  return answerWith(call, bank.switches.get('transfer_create_status'), bulk);
};

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

function summaryOf(
  items: readonly Item[],
  payees: readonly { name: string; iban: string }[],
  from: string,
) {
  const lines = items.map(({ amount, reference }, index) => {
    const { name = '', iban = '' } = payees[index] ?? {};
    return { amountCents: amount, payee: name, iban, reference };
  });
  const [first] = lines;
  const total = lines.reduce((sum, { amountCents }) => sum + amountCents, 0);
  const count = lines.length === 1 ? '1 payment' : `${lines.length} payments`;
  return {
    title: `Make ${count}`,
    ...{ amountCents: total, payee: count, iban: lines.length === 1 ? (first?.iban ?? '') : '' },
    ...{ debitAccount: from, reference: '', items: lines },
  };
}

function bulkOnWire(bulk: BulkTransfer, errors: 'nested' | 'flat') {
  const count = (wanted: BulkResult['status']) =>
    bulk.results.filter(({ status }) => status === wanted).length;
  return {
    id: bulk.id,
    initiator_id: bulk.initiatorId,
    created_at: isoOf(bulk.createdAt),
    updated_at: isoOf(bulk.updatedAt),
    total_count: bulk.results.length,
    completed_count: count('completed'),
    pending_count: count('pending'),
    failed_count: count('failed'),
    results: bulk.results.map((result) => ({
      client_transfer_id: result.clientTransferId,
      transfer_id: result.transferId,
      status: result.status,
      errors: result.errors && (errors === 'nested' ? [{ errors: result.errors }] : result.errors),
    })),
  };
}
