import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Request, RequestHandler, Response } from 'express';
import type { PayPageService } from '../payments/pay-page-service.js';
import type { Member } from '../payments/records.js';
import { languageOf } from './language.js';
import type { Payers } from './payer.js';

/** Headers of every page of ours: alone in its window, nothing foreign in it. */
export function pageHeaders(res: Response, nonce: string): void {
  res.set({
    'Content-Security-Policy': [
      "default-src 'none'",
      `script-src 'nonce-${nonce}' 'strict-dynamic'`,
      `style-src 'nonce-${nonce}' 'self'`,
      "img-src 'self' data:",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types qonto-pay',
    ].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // Not `no-referrer`: under it a form carries `Origin: null`.
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'Cache-Control': 'no-store',
  });
}

export const newNonce = (): string => randomBytes(16).toString('base64url');

/** The built pay page: `pay.html` and `opening.html`, with their places to be filled in. */
export async function readTemplates(directory: string) {
  const [pay, opening] = await Promise.all(
    ['pay.html', 'opening.html'].map((name) => readFile(path.join(directory, name), 'utf8')),
  );
  return { pay: pay ?? '', opening: opening ?? '' };
}

/** The pages themselves; what they show comes from the pay page's API. */
export function pageRoutes(deps: {
  payers: Payers;
  pages: PayPageService;
  templates: { pay: string; opening: string };
  /** The member comes back from the payment provider. */
  cameBack: (member: Member) => void;
}): Record<'pay' | 'opening', RequestHandler> {
  const send = (req: Request, res: Response, template: string, fields: Record<string, string>) => {
    const nonce = newNonce();
    pageHeaders(res, nonce);
    const filled = { ...fields, __NONCE__: nonce, __LANG__: languageOf(req) };
    res
      .type('html')
      .send(
        template.replace(/__[A-Z_]+?__/g, (place) => filled[place as keyof typeof filled] ?? place),
      );
  };
  return {
    async pay(req, res) {
      const payer = await deps.payers.of(req);
      await deps.pages.seen(payer.partner, payer.intentId);
      if (req.query.provider === 'back' && payer.session) deps.cameBack(payer.session);
      send(req, res, deps.templates.pay, {
        __INTENT__: payer.intentId,
        __PAGE_TOKEN__: deps.payers.issueToken(payer),
      });
    },
    opening(req, res) {
      send(req, res, deps.templates.opening, {});
    },
  };
}
