// What Qonto answers of requests; only the fields that we use are required.
import { z } from 'zod';
import type { BankTransferRequest } from '../payments/ports.js';
import { Meta, time } from './wire.js';

export const WireRequest = z.looseObject({
  id: z.string().min(1),
  status: z.string(),
  note: z.string().nullish(),
  created_at: time,
  processed_at: time.nullish(),
});
export type WireRequest = z.infer<typeof WireRequest>;

/** A request is named after its type. */
export const RequestAnswer = z.union([
  z.looseObject({ request_transfer: WireRequest }).transform((body) => body.request_transfer),
  z
    .looseObject({ request_multi_transfer: WireRequest })
    .transform((body) => body.request_multi_transfer),
]);

export const RequestsAnswer = z.looseObject({
  requests: z.array(WireRequest),
  meta: Meta.nullish(),
});

export function requestFromWire(raw: WireRequest): BankTransferRequest {
  return {
    id: raw.id,
    status: statusOf(raw.status),
    note: raw.note ?? '',
    createdAt: raw.created_at,
    processedAt: raw.processed_at ?? undefined,
  };
}

function statusOf(raw: string): BankTransferRequest['status'] {
  switch (raw) {
    case 'pending':
    case 'approved':
    case 'declined':
    case 'canceled':
      return raw;
    default:
      return 'unrecognized';
  }
}
