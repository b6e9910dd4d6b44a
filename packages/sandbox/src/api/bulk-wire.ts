import type { BulkResult, BulkTransfer } from '../bulk/bulk-transfer.js';
import { isoOf } from './wire.js';

/** Facts 4.5: `completed` says that a transfer was made, not that the money has arrived. */
export function bulkOnWire(bulk: BulkTransfer, errors: 'nested' | 'flat') {
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
