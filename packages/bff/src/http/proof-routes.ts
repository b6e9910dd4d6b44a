import type { Request, RequestHandler } from 'express';
import { PaymentError } from '../payments/errors.js';
import type { Partner } from '../payments/partner.js';
import type { ProofService } from '../payments/proof-service.js';
import { sendCsv, sendPdf, sendZip } from './downloads.js';
import type { Payers } from './payer.js';

const ROW = /^\d{1,3}$/;

/** Proofs and results for the member who paid. */
export function proofRoutes(deps: {
  payers: Payers;
  proofs: ProofService;
}): Record<'proof' | 'proofs' | 'results', RequestHandler> {
  const { payers, proofs } = deps;
  return {
    async proof(req, res) {
      const { partner, intentId, session } = await payers.signedIn(req);
      sendPdf(res, await proofs.ofRow(partner, intentId, session, rowOf(req)));
    },
    async proofs(req, res) {
      const { partner, intentId, session } = await payers.signedIn(req);
      await sendZip(res, await proofs.ofIntent(partner, intentId, session));
    },
    async results(req, res) {
      const { partner, intentId, session } = await payers.signedIn(req);
      const text = await proofs.results(partner, intentId, session);
      sendCsv(res, `results-${intentId}.csv`, text);
    },
  };
}

/** The same of one payment, for the partner's server. */
export function partnerProofRoutes(deps: {
  partnerOf: (req: Request) => Partner;
  proofs: ProofService;
}): Record<'proof' | 'results', RequestHandler> {
  const { partnerOf, proofs } = deps;
  return {
    async proof(req, res) {
      const proof = await proofs.ofPayment(partnerOf(req), String(req.params.payment));
      if ('content' in proof) sendPdf(res, proof);
      else await sendZip(res, proof);
    },
    async results(req, res) {
      const paymentId = String(req.params.payment);
      const text = await proofs.paymentResults(partnerOf(req), paymentId);
      sendCsv(res, `results-${paymentId}.csv`, text);
    },
  };
}

function rowOf(req: Request): number {
  const { item } = req.query;
  if (typeof item === 'string' && ROW.test(item)) return Number(item);
  throw new PaymentError('invalid-request', 'Send ?item=<number of the row>.', { field: 'item' });
}
