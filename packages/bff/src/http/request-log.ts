import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Log } from '../payments/ports.js';

/** Gives each request an id of ours and logs it by its route, never by its URL or body. */
export function requestLog(log: Log, now: () => number): RequestHandler {
  return (req, res, next) => {
    const id = randomUUID();
    const startedAt = now();
    res.locals.requestId = id;
    res.setHeader('X-Request-Id', id);
    res.on('close', () => {
      const route = (req.route as { path?: unknown } | undefined)?.path;
      log.info({
        event: 'request',
        requestId: id,
        method: req.method,
        route: typeof route === 'string' ? route : 'none',
        status: res.statusCode,
        ms: Math.round(now() - startedAt),
        ...(typeof res.locals.problem === 'string' ? { code: res.locals.problem } : {}),
      });
    });
    next();
  };
}

export const requestId = (res: Response): string => String(res.locals.requestId);
