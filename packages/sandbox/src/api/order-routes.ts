import express, { type RequestHandler, type Router } from 'express';
import type { Bank } from '../bank.js';
import { showAttachment, uploadAttachment } from './attachments.js';
import { listBankAccounts, showBankAccount } from './bank-accounts.js';
import { createBulkTransfer, listBulkTransfers, showBulkTransfer } from './bulk-transfers.js';
import {
  createBeneficiary,
  trustBeneficiaries,
  untrustBeneficiaries,
  updateBeneficiary,
} from './change-beneficiaries.js';
import type { Endpoints } from './endpoint.js';
import { createInternalTransfer } from './internal-transfers.js';
import {
  cancelRecurringTransfer,
  createRecurringTransfer,
  listRecurringTransfers,
  showRecurringTransfer,
} from './recurring-transfers.js';
import { createMultiTransferRequest, createTransferRequest, listRequests } from './requests.js';
import { approveRequest, declineRequest } from './review-requests.js';
import { downloadProof } from './transfer-proof.js';
import { listUserOrganizations } from './user-organizations.js';
import { bulkVerifyPayee } from './verify-payee.js';

// Above the bank's own 10 MB, so that it is the bank that refuses.
const MOST_UPLOADED = '24mb';

const read = { scope: 'organization.read' };
const pay = { scope: 'payment.write' };
const payOnce = { ...pay, isKeyed: true };
const ask = { scope: 'request_transfers.write', isKeyed: true };
const review = { scope: 'request_review.write' };

interface Context {
  readonly bank: Bank;
  readonly endpoints: Endpoints;
  readonly nameRequest: RequestHandler;
  readonly app: readonly RequestHandler[];
}

/** The addresses of orders: beneficiaries, bulk, recurring, internal, requests, attachments. */
export function addOrderRoutes(router: Router, { bank, endpoints, nameRequest, ...rest }: Context) {
  const app = [...rest.app];
  const endpoint = endpoints.endpoint.bind(endpoints);
  const { switches } = bank;

  const user = { scope: 'user_organization.read', isForUser: true };
  router.get('/user_organizations', app, endpoint(user, listUserOrganizations));
  router.get('/bank_accounts', app, endpoint(read, listBankAccounts));
  router.get('/bank_accounts/:id', app, endpoint(read, showBankAccount));

  router.post('/sepa/beneficiaries', app, endpoint(payOnce, createBeneficiary));
  const trust = { scope: 'beneficiary.trust' };
  router.patch('/sepa/beneficiaries/trust', app, endpoint(trust, trustBeneficiaries));
  router.patch('/sepa/beneficiaries/untrust', app, endpoint(pay, untrustBeneficiaries));
  const updatesBy = (verb: 'PATCH' | 'PUT') =>
    onlyIf(() => ['both', verb].includes(switches.get('beneficiary_update_verb')));
  const update = endpoint(pay, updateBeneficiary);
  router.patch('/sepa/beneficiaries/:id', updatesBy('PATCH'), app, update);
  router.put('/sepa/beneficiaries/:id', updatesBy('PUT'), app, update);
  router.post('/sepa/bulk_verify_payee', app, endpoint(pay, bulkVerifyPayee));

  const proof = endpoint(pay, downloadProof);
  router.post('/sepa/transfers/:id/download_proof', app, proof);
  const hasBoth = onlyIf(() => switches.get('transfer_proof_address') === 'both');
  router.get('/sepa/transfers/:id/proof', hasBoth, app, proof);

  router.get('/sepa/bulk_transfers', app, endpoint(read, listBulkTransfers));
  router.post('/sepa/bulk_transfers', app, endpoint(payOnce, createBulkTransfer));
  router.get('/sepa/bulk_transfers/:id', app, endpoint(read, showBulkTransfer));

  router.get('/sepa/recurring_transfers', app, endpoint(read, listRecurringTransfers));
  router.post('/sepa/recurring_transfers', app, endpoint(payOnce, createRecurringTransfer));
  router.get('/sepa/recurring_transfers/:id', app, endpoint(read, showRecurringTransfer));
  router.post('/sepa/recurring_transfers/:id/cancel', app, endpoint(pay, cancelRecurringTransfer));

  const internal = { scope: 'internal_transfer.write', isKeyed: true };
  router.post('/internal_transfers', app, endpoint(internal, createInternalTransfer));

  router.get('/requests', app, endpoint(read, listRequests));
  router.post('/requests/multi_transfers', app, endpoint(ask, createMultiTransferRequest));
  const hasSingle = onlyIf(() => switches.get('single_transfer_requests'));
  router.post('/requests/transfers', hasSingle, app, endpoint(ask, createTransferRequest));
  for (const type of ['transfers', 'multi_transfers', 'flash_cards', 'virtual_cards']) {
    const ofType: RequestHandler = (req, _res, next) => {
      req.params.type = type;
      next();
    };
    const path = `/requests/${type}/:id`;
    const approve = endpoint({ ...review, isKeyed: true }, approveRequest);
    router.post(`${path}/approve`, app, ofType, approve);
    router.post(`${path}/decline`, app, ofType, endpoint(review, declineRequest));
  }

  const form = [nameRequest, express.raw({ type: () => true, limit: MOST_UPLOADED })];
  const upload = { scope: 'attachment.write', isKeyed: true };
  router.post('/attachments', form, endpoint(upload, uploadAttachment));
  const readAttachment = { scope: ['organization.read', 'attachment.read'] };
  router.get('/attachments/:id', app, endpoint(readAttachment, showAttachment));
}

/** An address that the switches may take away: then the gateway answers as for any other. */
function onlyIf(isThere: () => boolean): RequestHandler {
  return (_req, _res, next) => next(isThere() ? undefined : 'route');
}
