import { PROBLEMS, type Problem, type ProblemCode } from '@qonto-pay/shared';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { z } from 'zod';
import {
  BankUnavailableError,
  ConsentNeededError,
  NotAllowedError,
  NotConnectedError,
  PaymentError,
  SignedOutError,
} from '../payments/errors.js';
import type { Log } from '../payments/ports.js';
import { requestId } from './request-log.js';

export interface Refusal {
  code: ProblemCode;
  detail: string;
  field?: string | undefined;
  bankTraceId?: string | undefined;
}

/** Turns whatever was thrown into a problem answer (RFC 9457). Nothing unknown leaves the server. */
export function errorHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    const refusal = refusalOf(error);
    if (refusal.code === 'internal') {
      log.error({ event: 'request-failed', requestId: requestId(res), error });
    }
    // A stream has begun: there is nothing to be said any more.
    if (res.headersSent) return next(error);
    sendProblem(res, refusal);
  };
}

export const notFound: RequestHandler = (_req, res) =>
  sendProblem(res, { code: 'not-found', detail: 'Check the address.' });

/** Nothing of ours has one in its name, and PostgreSQL cannot even look for it. */
export const withoutZeroBytes: RequestHandler = (req, _res, next) => {
  if (/%00/.test(req.originalUrl)) throw new PaymentError('not-found', 'Check the address.');
  next();
};

export function sendProblem(res: Response, { code, detail, field, bankTraceId }: Refusal): void {
  const [status, title] = PROBLEMS[code];
  const problem: Problem = {
    type: 'about:blank',
    code,
    status,
    title,
    detail,
    requestId: requestId(res),
    ...(field ? { field } : {}),
    ...(bankTraceId ? { bankTraceId } : {}),
  };
  if (code === 'idempotency-in-progress' || code === 'bank-unavailable') {
    res.setHeader('Retry-After', '1');
  }
  if (code === 'partner-unauthorized') res.setHeader('WWW-Authenticate', 'Bearer');
  res.locals.problem = code;
  res
    .status(status)
    .setHeader('Cache-Control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem));
}

/** What may be told of an error. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof PaymentError) {
    return { code: error.code, detail: error.message, field: error.field };
  }
  if (error instanceof z.ZodError) return unreadable(error);
  if (error instanceof BankUnavailableError) {
    const detail = 'Qonto does not answer. Nothing was sent; try again in a moment.';
    return { code: 'bank-unavailable', detail, bankTraceId: error.traceId };
  }
  if (error instanceof SignedOutError) {
    return { code: 'not-signed-in', detail: 'Sign in with Qonto again.' };
  }
  if (error instanceof NotAllowedError) {
    return { code: 'not-allowed', detail: 'Ask an owner or admin of your company to pay.' };
  }
  if (error instanceof NotConnectedError) {
    const detail = 'Sign in as whoever connected Qonto to the provider.';
    return { code: 'provider-not-connected', detail };
  }
  if (error instanceof ConsentNeededError) {
    return { code: 'consent-required', detail: 'Sign in again and allow the permission.' };
  }
  return (
    bodyRefusal(error) ?? { code: 'internal', detail: 'Try again; if it lasts, tell us the id.' }
  );
}

function unreadable(error: z.ZodError): Refusal {
  const [issue] = error.issues;
  const field = issue?.path.reduce<string>(
    (path, part) => (typeof part === 'number' ? `${path}[${part}]` : joined(path, String(part))),
    '',
  );
  return { code: 'invalid-request', detail: issue?.message ?? 'See the documentation.', field };
}

const joined = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

/** What Express's body parsers throw, by their `type`. */
const BODY_REFUSALS: Record<string, Refusal> = {
  'parameters.too.many': { code: 'body-too-large', detail: 'Send fewer fields.' },
  'entity.parse.failed': { code: 'malformed-json', detail: 'Send JSON.' },
  'request.aborted': { code: 'invalid-request', detail: 'The body broke off.' },
  'request.size.invalid': { code: 'invalid-request', detail: 'The length does not fit the body.' },
  'encoding.unsupported': { code: 'unsupported-media-type', detail: 'Send the body as it is.' },
  'charset.unsupported': { code: 'unsupported-media-type', detail: 'Send UTF-8.' },
};

function bodyRefusal(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  // A path that cannot be decoded names nothing of ours.
  if (error instanceof URIError) return { code: 'not-found', detail: 'Check the address.' };
  if (!('type' in error)) return undefined;
  if (error.type === 'entity.too.large' && 'limit' in error) {
    const kib = Math.floor(Number(error.limit) / 1024);
    return { code: 'body-too-large', detail: `Send at most ${kib} KiB.` };
  }
  return BODY_REFUSALS[String(error.type)];
}
