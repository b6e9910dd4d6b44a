import { randomBytes } from 'node:crypto';
import type { Response } from 'express';
import { documentOf, NONCE_MARK, type Page } from './page.js';

/** A page of the bank with its headers; only its own style and script run on it. */
export function renderPage(page: Page): { headers: Record<string, string>; body: string } {
  const nonce = randomBytes(16).toString('base64');
  // No form-action: the consent form's answer leads to the partner's origin.
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    headers: {
      'Content-Security-Policy': policy.join('; '),
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
    body: documentOf(page).replaceAll(NONCE_MARK, nonce),
  };
}

export function sendPage(res: Response, page: Page): void {
  const { headers, body } = renderPage(page);
  res.set(headers).send(body);
}
