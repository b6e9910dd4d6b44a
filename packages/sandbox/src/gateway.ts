import { randomBytes } from 'node:crypto';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { Refusal } from './api/refusal.js';
import type { Bank } from './bank.js';

const TRACE_HEADER = 'X-Tyk-Trace-Id';

/** What every answer has: the bank's clock as `Date`, and the state on disk before it leaves. */
export function bankAnswers(bank: Bank): RequestHandler {
  return (_req, res, next) => {
    bank.catchUp();
    const writeHead = res.writeHead;
    res.writeHead = ((...args: Parameters<typeof writeHead>) => {
      bank.store.flushUrgent();
      res.setHeader('Date', new Date(bank.clock.now()).toUTCString());
      return writeHead.apply(res, args);
    }) as typeof writeHead;
    next();
  };
}

export const traceId: RequestHandler = (_req, res, next) => {
  res.set(TRACE_HEADER, randomBytes(16).toString('hex'));
  next();
};

/** Facts 1: without the token the single sign-on answers, never the bank. */
export function stagingGate(bank: Bank, token: string): RequestHandler {
  return (req, res, next) => {
    // A person's browser has been through the sign-on before.
    const isForPeople = req.path === '/oauth2/auth' || req.path.startsWith('/oauth2/auth/');
    if (isForPeople || req.get('X-Qonto-Staging-Token') === token) return next();
    if (bank.switches.get('staging_gate') === 'redirect') {
      return res.redirect(302, 'https://qonto.onelogin.com/login');
    }
    res.status(200).type('html').send(SIGN_ON_PAGE);
  };
}

export const SIGN_ON_PAGE =
  '<!doctype html><html><head><title>Sign in</title></head><body><h1>Single sign-on</h1></body></html>';

/** Facts 5.4, per IP address; 401 answers have a limit of their own. */
export function rateLimit(bank: Bank): RequestHandler {
  return (req, res, next) => {
    if (!bank.switches.get('rate_limits')) return next();
    const address = req.ip ?? '';
    const waitSeconds = bank.rateLimits.secondsToWait(address);
    if (waitSeconds !== undefined) {
      const isTold = bank.switches.get('retry_after');
      return sendTooManyRequests(res, isTold ? waitSeconds : undefined);
    }
    res.once('finish', () => {
      if (res.statusCode === 401) bank.rateLimits.countUnauthorised(address);
    });
    next();
  };
}

export function sendTooManyRequests(res: Response, retryAfter: number | undefined): void {
  if (retryAfter !== undefined) res.set('Retry-After', String(retryAfter));
  sendRefusal(res, {
    status: 429,
    body: { errors: [{ code: 'rate_limited', detail: 'API rate limit exceeded' }] },
  });
}

/** Counts every call by its address and its answer, for the control API's ledger. */
export function countCalls(bank: Bank): RequestHandler {
  return (req, res, next) => {
    const name = `${req.method} ${addressOf(req)}`;
    let isCounted = false;
    const count = (outcome: string) => {
      if (isCounted) return;
      isCounted = true;
      const { calls } = bank.store.current;
      const outcomes = calls.get(name) ?? new Map<string, number>();
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      calls.set(name, outcomes);
      bank.store.touchLazily();
    };
    res.once('finish', () => count(String(res.statusCode)));
    res.once('close', () => count('reset'));
    next();
  };
}

const ID = /\/[0-9a-f]{8}-[0-9a-f-]{27}(?=\/|$)/g;
const INTERACTION = /^(\/oauth2\/auth)\/.+/;
const SESSION = /(sca_sessions)\/[^/]+/;

/** The path with its ids named: `/v2/sepa/transfers/{id}`. */
function addressOf({ originalUrl }: Request): string {
  const { pathname } = new URL(originalUrl, 'http://bank');
  return pathname
    .replace(ID, '/{id}')
    .replace(SESSION, '$1/{token}')
    .replace(INTERACTION, '$1/{id}');
}

/** Facts 1: the gateway's own 404, in plain text and without a request id. */
export const unknownRoute: RequestHandler = (_req, res) => {
  res.status(404).type('text/plain').send('404 page not found');
};

/** Every refusal in its envelope; anything else is ours, and tells nothing. */
export const refusals: ErrorRequestHandler = (error, _req, res, _next) => {
  const refused = refusalOf(error);
  if (res.headersSent) return void res.destroy();
  if (refused.status >= 500 && !(error instanceof Refusal)) console.error(error);
  sendRefusal(res, refused);
};

function refusalOf(error: unknown): { status: number; body: Record<string, unknown> } {
  if (error instanceof Refusal) return error;
  const status = statusOf(error);
  const isTheirs = status >= 400 && status < 500;
  return isTheirs
    ? { status, body: { errors: [{ code: 'invalid_body', detail: 'The request cannot be read' }] } }
    : { status: 500, body: { errors: [{ code: 'internal', detail: 'Internal server error' }] } };
}

function statusOf(error: unknown): number {
  const hasStatus = typeof error === 'object' && error !== null && 'status' in error;
  return hasStatus && typeof error.status === 'number' ? error.status : 500;
}

function sendRefusal(res: Response, { status, body }: Pick<Refusal, 'status' | 'body'>): void {
  const trace = res.get(TRACE_HEADER);
  // The idempotency layer's own answer is bare (facts 5.1).
  const isBare = typeof body.error === 'string';
  res.status(status).json(isBare || trace === undefined ? body : { ...body, trace_id: trace });
}
