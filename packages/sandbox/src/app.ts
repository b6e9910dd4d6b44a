import express, { type Express } from 'express';
import type Provider from 'oidc-provider';
import { apiRoutes } from './api/routes.js';
import { fileRoutes } from './attachments/file-routes.js';
import type { Bank } from './bank.js';
import { controlRoutes } from './control/routes.js';
import { faultGate } from './fault-gate.js';
import {
  bankAnswers,
  countCalls,
  rateLimit,
  refusals,
  stagingGate,
  traceId,
  unknownRoute,
} from './gateway.js';
import { oauthRoutes } from './oauth/routes.js';
import { openApiRoutes } from './openapi/routes.js';
import { homeRoutes } from './pages/home.js';
import { paymentPages } from './payment-links/routes.js';
import { phoneRoutes } from './phone/routes.js';

export interface AppParts {
  readonly bank: Bank;
  readonly provider: Provider;
  readonly redirectUris: readonly string[];
  readonly stagingToken?: string | undefined;
  readonly hasControl: boolean;
}

/** The bank over HTTP: OAuth, API, phone and control on one origin. */
export function createApp({ stagingToken, hasControl, ...parts }: AppParts): Express {
  const { bank } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(bankAnswers(bank));
  const programs = ['/v2', '/oauth2', '/files'];
  app.use(programs, traceId, countCalls(bank), faultGate(bank));
  if (stagingToken !== undefined) {
    const gate = stagingGate(bank, stagingToken);
    app.use((req, res, next) => {
      const isProgram = programs.some((prefix) => req.path.startsWith(`${prefix}/`));
      return isProgram ? gate(req, res, next) : next();
    });
  }
  app.use(programs, rateLimit(bank));
  app.use(oauthRoutes(parts));
  app.use('/v2', apiRoutes(parts));
  app.use('/files', fileRoutes(bank));
  app.use('/phone', phoneRoutes(bank));
  app.use(paymentPages(bank));
  if (hasControl) app.use('/_control', controlRoutes(parts));
  app.use(homeRoutes({ hasControl }));
  app.use(openApiRoutes());
  app.use(unknownRoute);
  app.use(refusals);
  return app;
}
