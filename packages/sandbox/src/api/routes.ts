import { randomUUID } from 'node:crypto';
import express, { type RequestHandler, Router } from 'express';
import type Provider from 'oidc-provider';
import type { Bank } from '../bank.js';
import { listBeneficiaries, showBeneficiary } from './beneficiaries.js';
import { addCollectingRoutes } from './collecting-routes.js';
import { createTransfer } from './create-transfer.js';
import { Endpoints } from './endpoint.js';
import { addOrderRoutes } from './order-routes.js';
import { listMemberships, showMembership, showOrganization } from './organization.js';
import { decideMockedSession, showMockedSession, showScaSession } from './sca-sessions.js';
import { cancelTransfer, listTransfers, showTransfer } from './transfers.js';
import { verifyPayee } from './verify-payee.js';

const MOST_BYTES = '10mb';

const read = { scope: 'organization.read' };
const pay = { scope: 'payment.write' };

/** Every address below `/v2`, on one screen. */
export function apiRoutes({ bank, provider }: { bank: Bank; provider: Provider }): Router {
  const router = Router();
  const endpoints = new Endpoints({ bank, provider });
  const endpoint = endpoints.endpoint.bind(endpoints);
  // The exact bytes are kept: the SCA session is bound to them.
  const bytes = express.raw({ type: () => true, limit: MOST_BYTES });
  // A wrapper of every route, and not of the router: the gateway's 404 carries no request id (facts 1).
  const app: RequestHandler[] = [nameRequest, bytes];

  router.get('/organization', app, endpoint(read, showOrganization));
  router.get('/membership', app, endpoint({ scope: 'membership.read' }, showMembership));
  router.get('/memberships', app, endpoint(read, listMemberships));

  router.get('/sepa/beneficiaries', app, endpoint(read, listBeneficiaries));
  router.get('/sepa/beneficiaries/:id', app, endpoint(read, showBeneficiary));
  router.post('/sepa/verify_payee', app, endpoint(pay, verifyPayee));

  router.get('/sepa/transfers', app, endpoint(read, listTransfers));
  router.post('/sepa/transfers', app, endpoint({ ...pay, isKeyed: true }, createTransfer));
  router.get('/sepa/transfers/:id', app, endpoint(read, showTransfer));
  router.post('/sepa/transfers/:id/cancel', app, endpoint(pay, cancelTransfer));

  addOrderRoutes(router, { bank, endpoints, nameRequest, app });

  addCollectingRoutes(router, (rules, handler) => [...app, endpoint(rules, handler)]);

  router.get('/sca_sessions/:token', app, endpoint({}, showScaSession));
  router.get(
    '/mocked_sca_sessions/:token',
    app,
    endpoints.open(({ token = '' }) => showMockedSession(bank, token)),
  );
  for (const decision of ['allow', 'deny'] as const) {
    router.post(
      `/mocked_sca_sessions/:token/${decision}`,
      app,
      endpoints.open(({ token = '' }) => decideMockedSession(bank, { token, decision })),
    );
  }
  return router;
}

const nameRequest: RequestHandler = (_req, res, next) => {
  res.set('x-request-id', randomUUID());
  next();
};
