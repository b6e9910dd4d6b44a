import express, { type Express, type RequestHandler } from 'express';
import { notFound, withoutZeroBytes } from './error-handler.js';
import { ownForm, sameOriginOnly, topLevelOnly } from './same-origin.js';

export interface Handlers {
  health: Record<'alive' | 'ready', RequestHandler>;
  openapi: RequestHandler;
  partner: Record<
    'createIntent' | 'readIntent' | 'withdrawIntent' | 'listPayments' | 'proof' | 'results',
    RequestHandler
  >;
  webhook: RequestHandler;
  widget: Record<
    'preflight' | 'readIntent' | 'readIntents' | 'events' | 'answerFlow' | 'hint' | 'files',
    RequestHandler
  >;
  signIn: Record<'begin' | 'callback', RequestHandler>;
  page: Record<'pay' | 'opening' | 'plain' | 'print' | 'assets', RequestHandler>;
  pay: Record<
    'state' | 'events' | 'review' | 'confirm' | 'cancel' | 'approval' | 'signOut' | 'flow',
    RequestHandler
  >;
  bankTransfer: Record<'read', RequestHandler>;
  documents: Record<'begin' | 'read' | 'add', RequestHandler>;
  proofs: Record<'proof' | 'proofs' | 'results', RequestHandler>;
  request: Record<'ask' | 'approve' | 'decline', RequestHandler>;
  link: Record<'connect' | 'create' | 'choose' | 'deactivate', RequestHandler>;
  pageErrors: express.ErrorRequestHandler;
}

/** An intent of 400 items, each with the longest values and the address of a document, fits. */
const MAX_JSON = '1mb';
/** 400 rows, each named in a field of its own, are 5 kB. */
const MAX_FORM = '64kb';
const MAX_FIELDS = 1000;
/** A transfer with all its fields is 2 kB. */
const MAX_EVENT = '256kb';

/** Every address of the service. */
export function addRoutes(app: Express, publicUrl: string, handlers: Handlers): void {
  const { health, partner, widget, signIn, page, pay, request, documents, proofs } = handlers;
  const { bankTransfer, link } = handlers;
  const json = express.json({ limit: MAX_JSON, type: 'application/json' });
  const form = [
    express.urlencoded({ limit: MAX_FORM, extended: false, parameterLimit: MAX_FIELDS }),
    ownForm(publicUrl),
  ];

  app.use(withoutZeroBytes);
  app.get('/healthz', health.alive);
  app.get('/readyz', health.ready);
  app.get('/openapi.json', handlers.openapi);

  // The partner's server, with its secret.
  app.post('/partner/v1/intents', json, partner.createIntent);
  app.get('/partner/v1/intents/:intent', partner.readIntent);
  app.delete('/partner/v1/intents/:intent', partner.withdrawIntent);
  app.get('/partner/v1/payments', partner.listPayments);
  app.get('/partner/v1/payments/:payment/proof', partner.proof);
  app.get('/partner/v1/payments/:payment/results.csv', partner.results);

  // The bank, which signs what it tells us: the bytes are checked as they came.
  const bytes = express.raw({ limit: MAX_EVENT, type: () => true, inflate: false });
  app.post('/webhooks/qonto/:token', bytes, handlers.webhook);

  // The widget on a partner's page, without credentials.
  app.use('/widget/v1', widget.files);
  app.options('/v1/*rest', widget.preflight);
  app.get('/v1/intents', widget.readIntents);
  app.get('/v1/intents/:intent', widget.readIntent);
  app.get('/v1/intents/:intent/events', widget.events);
  app.put('/v1/flows/:flow', json, widget.answerFlow);
  app.post('/v1/intents/:intent/hint', widget.hint);

  // Our own page's API: same origin only.
  app.use('/pay/api', sameOriginOnly);
  app.get('/pay/api/flows/:flow', pay.flow);
  app.get('/pay/api/intents/:intent', pay.state);
  app.get('/pay/api/intents/:intent/events', pay.events);
  app.get('/pay/api/intents/:intent/bank-transfer', bankTransfer.read);
  app.post('/pay/api/intents/:intent/review', form, pay.review);
  app.post('/pay/api/intents/:intent/confirm', form, pay.confirm);
  app.post('/pay/api/intents/:intent/cancel', form, pay.cancel);
  app.post('/pay/api/intents/:intent/approval', form, pay.approval);
  app.post('/pay/api/intents/:intent/request', form, request.ask);
  app.post('/pay/api/intents/:intent/request/approve', form, request.approve);
  app.post('/pay/api/intents/:intent/request/decline', form, request.decline);
  app.post('/pay/api/intents/:intent/provider', form, link.connect);
  app.post('/pay/api/intents/:intent/link', form, link.create);
  app.post('/pay/api/intents/:intent/link/choose', form, link.choose);
  app.post('/pay/api/intents/:intent/link/deactivate', form, link.deactivate);
  const upload = [ownForm(publicUrl, 'multipart/form-data'), documents.begin, documents.read];
  app.post('/pay/api/intents/:intent/documents', upload, documents.add);
  app.get('/pay/api/intents/:intent/proof', proofs.proof);
  app.get('/pay/api/intents/:intent/proofs.zip', proofs.proofs);
  app.get('/pay/api/intents/:intent/results.csv', proofs.results);
  app.post('/pay/api/sign-out', form, pay.signOut);
  app.use('/pay/api', notFound);

  // Our own pages, at the top of a window only.
  app.use('/pay/assets', page.assets);
  app.get('/pay/opening', topLevelOnly, page.opening);
  app.get('/pay/:intent', topLevelOnly, page.pay);
  app.get('/pay/:intent/plain', topLevelOnly, page.plain);
  app.get('/pay/:intent/print', topLevelOnly, page.print);
  app.get('/pay/:intent/sign-in', topLevelOnly, signIn.begin);
  app.get('/oauth/callback/:partner', topLevelOnly, signIn.callback);
  app.use(['/pay', '/oauth'], handlers.pageErrors);

  app.use(notFound);
}
