import { LOOK_BACK_MS, plus } from './pace.js';
import type { BankTransferRequest } from './ports.js';
import type { Change } from './store-port.js';

/** A request that the bank has taken, or has carried out by a colleague's approval. */
export function requestChange({ id, status, processedAt }: BankTransferRequest): Change {
  // Whatever was not answered: here is what it did.
  const note = { bankId: id, unanswered: false };
  switch (status) {
    case 'approved':
      // From a while before, as the bank's times of request and transfers may differ.
      return {
        to: 'processing',
        cause: 'request-approved',
        note: {
          ...{ ...note, reason: null },
          ...(processedAt && { followedUntil: plus(processedAt, -LOOK_BACK_MS) }),
        },
        nextInMs: 1000,
      };
    case 'declined':
      return {
        to: 'denied',
        cause: 'request-declined',
        note: { ...note, reason: 'request-declined' },
      };
    case 'canceled':
      return {
        to: 'canceled',
        cause: 'request-canceled',
        note: { ...note, reason: 'request-canceled' },
      };
    default:
      return { to: 'requested', cause: 'requested', note, nextInMs: 2000 };
  }
}
