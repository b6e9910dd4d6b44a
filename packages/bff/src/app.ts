import express, { type Express } from 'express';
import { errorHandler } from './http/error-handler.js';
import { requestLog } from './http/request-log.js';
import { addRoutes, type Handlers } from './http/routes.js';
import type { Log } from './payments/ports.js';

export interface AppOptions {
  handlers: Handlers;
  log: Log;
  publicUrl: string;
  trustProxy: number;
  now: () => number;
}

/** The Express app over handlers that already know their dependencies. */
export function createApp({ handlers, log, publicUrl, trustProxy, now }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', trustProxy);
  app.set('query parser', 'simple');
  app.use(requestLog(log, now));
  app.use((_req, res, next) => {
    res.set({ 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' });
    if (publicUrl.startsWith('https:')) {
      res.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains');
    }
    next();
  });
  addRoutes(app, publicUrl, handlers);
  app.use(errorHandler(log));
  return app;
}
