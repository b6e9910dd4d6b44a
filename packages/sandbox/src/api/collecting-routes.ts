import type { RequestHandler, Router } from 'express';
import { listClientInvoices, showClientInvoice } from './client-invoices.js';
import type { EndpointRules, Handler } from './endpoint.js';
import { createConnection, listMethods, showConnection } from './payment-connections.js';
import {
  createLink,
  deactivateLink,
  listLinkPayments,
  listLinks,
  showLink,
} from './payment-links.js';
import { listSupplierInvoices, showSupplierInvoice } from './supplier-invoices.js';
import { listTransactions, showTransaction } from './transactions.js';
import {
  createSubscription,
  deleteSubscription,
  listSubscriptions,
  replaceSubscription,
  showSubscription,
} from './webhook-subscriptions.js';

const read = { scope: 'organization.read' };
const toClients = { scope: 'client_invoices.read' };
const ofSuppliers = { scope: 'supplier_invoice.read' };
const webhook = { scope: 'webhook' };
const seeLinks = { scope: 'payment_link.read' };
const makeLinks = { scope: 'payment_link.write' };

/** The addresses of who collects money, or only looks. */
export function addCollectingRoutes(
  router: Router,
  endpoint: (rules: EndpointRules, handler: Handler) => RequestHandler[],
): void {
  router.get('/transactions', endpoint(read, listTransactions));
  router.get('/transactions/:id', endpoint(read, showTransaction));

  router.get('/payment_links', endpoint(seeLinks, listLinks));
  router.post('/payment_links', endpoint(makeLinks, createLink));
  router.get('/payment_links/connections', endpoint(seeLinks, showConnection));
  router.post('/payment_links/connections', endpoint(makeLinks, createConnection));
  router.get('/payment_links/payment_methods', endpoint(seeLinks, listMethods));
  router.get('/payment_links/:id', endpoint(seeLinks, showLink));
  router.patch('/payment_links/:id/deactivate', endpoint(makeLinks, deactivateLink));
  router.get('/payment_links/:id/payments', endpoint(seeLinks, listLinkPayments));

  router.get('/webhook_subscriptions', endpoint(webhook, listSubscriptions));
  router.post('/webhook_subscriptions', endpoint(webhook, createSubscription));
  router.get('/webhook_subscriptions/:id', endpoint(webhook, showSubscription));
  router.put('/webhook_subscriptions/:id', endpoint(webhook, replaceSubscription));
  router.delete('/webhook_subscriptions/:id', endpoint(webhook, deleteSubscription));

  router.get('/client_invoices', endpoint(toClients, listClientInvoices));
  router.get('/client_invoices/:id', endpoint(toClients, showClientInvoice));
  router.get('/supplier_invoices', endpoint(ofSuppliers, listSupplierInvoices));
  router.get('/supplier_invoices/:id', endpoint(ofSuppliers, showSupplierInvoice));
}
