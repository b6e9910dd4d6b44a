import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';

const COOKIE = 'ledgerly_visitor';
const MAX_AGE_MS = 60 * 86_400_000;

/** The visitor's id from the cookie, if it has the form of one of ours. */
export function visitorOf(request: Request): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  const value = pairs.find(([name]) => name === COOKIE)?.[1];
  return value && /^[\w-]{22}$/.test(value) ? value : undefined;
}

/** Gives the browser an identity of its own, which is all that keeps visitors' books apart. */
export function welcome(response: Response): string {
  const id = randomBytes(16).toString('base64url');
  response.cookie(COOKIE, id, { httpOnly: true, sameSite: 'lax', maxAge: MAX_AGE_MS, path: '/' });
  return id;
}
