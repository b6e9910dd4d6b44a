// What Qonto answers of bulks; only the fields that we use are required, and its enums stay open.
import type { PaymentReason } from '@qonto-pay/shared';
import { z } from 'zod';
import type { BankBulk, BankBulkItem } from '../payments/ports.js';
import { refusalReason } from './refusal-reason.js';
import { Meta, readProblem } from './wire.js';

const WireResult = z.looseObject({
  client_transfer_id: z.string().min(1),
  transfer_id: z.string().nullish(),
  status: z.string(),
  errors: z.unknown().optional(),
});

const WireBulk = z
  .looseObject({ id: z.string().min(1), results: z.array(WireResult) })
  .transform(({ id, results }): BankBulk => ({ id, items: results.map(itemFromWire) }));

/** Wrapped on the wire, bare in the documentation's sample. */
export const BulkAnswer = z.union([
  z.looseObject({ bulk_transfer: WireBulk }).transform(({ bulk_transfer }) => bulk_transfer),
  WireBulk,
]);

export const BulksAnswer = z.looseObject({
  bulk_transfers: z.array(WireBulk),
  meta: Meta.nullish(),
});

function itemFromWire(raw: z.infer<typeof WireResult>): BankBulkItem {
  const transferId = raw.transfer_id || undefined;
  const status = itemStatus(raw.status, transferId);
  return {
    clientTransferId: raw.client_transfer_id,
    status,
    transferId,
    failedReason: status === 'failed' ? itemFailedReason(raw.errors) : undefined,
  };
}

function itemStatus(raw: string, transferId: string | undefined): BankBulkItem['status'] {
  switch (raw) {
    case 'pending':
      return 'pending';
    case 'completed':
      return transferId === undefined ? 'unrecognized' : 'created';
    case 'failed':
      // With a transfer there it would not be safe to pay anew.
      return transferId === undefined ? 'failed' : 'unrecognized';
    default:
      return 'unrecognized';
  }
}

/** Why a payment of a bulk failed. Its errors are typed as nested and seen as flat. */
export function itemFailedReason(errors: unknown): PaymentReason {
  const entries = Array.isArray(errors) ? errors : [errors];
  const problem = entries.map((entry) => readProblem(entry)).find(Boolean);
  const reason = problem && refusalReason(problem);
  // No place is named here, and the payee is what is most often gone.
  return reason ?? (problem?.code === 'not_found' ? 'payee-not-usable' : 'bank-refused');
}
