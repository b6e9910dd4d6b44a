import type { RequestHandler } from 'express';
import type { BankTransferService } from '../payments/bank-transfer-service.js';
import { sendJson } from './json.js';
import type { Payers } from './payer.js';

/** What it takes to pay from another bank; signed in or not, as the partner has set it. */
export function bankTransferRoutes(deps: {
  payers: Payers;
  bankTransfers: BankTransferService;
}): Record<'read', RequestHandler> {
  return {
    async read(req, res) {
      const { partner, intentId, session } = await deps.payers.of(req);
      await sendJson(req, res, await deps.bankTransfers.read(partner, intentId, session));
    },
  };
}
