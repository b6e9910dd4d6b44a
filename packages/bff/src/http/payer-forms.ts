import type { Request, Response } from 'express';
import type { PayPageService } from '../payments/pay-page-service.js';
import type { OnceKey } from '../payments/store-port.js';
import { fingerprint, readIdempotencyKey } from './idempotency.js';
import { sendJson } from './json.js';
import { LANGUAGES, type Language } from './language.js';
import type { Payer, Payers, SignedInPayer } from './payer.js';

/** What all forms of our own page have in common: who sends them, once, and what they get. */
export class PayerForms {
  readonly #payers: Payers;
  readonly #pages: PayPageService;

  constructor(payers: Payers, pages: PayPageService) {
    this.#payers = payers;
    this.#pages = pages;
  }

  /** The signed-in payer of a form that our page has sent. @throws PaymentError `not-signed-in`. */
  async sender(req: Request, pageToken: string): Promise<SignedInPayer> {
    const payer = await this.#payers.signedIn(req);
    this.#payers.assertToken(payer, pageToken);
    return payer;
  }

  /** To the script its state; a form sent without script goes back to the plain page. */
  async answer(req: Request, res: Response, payer: Payer, status: number): Promise<void> {
    const { partner, intentId, session } = payer;
    if (req.accepts(['json', 'html']) === 'html') {
      res.redirect(303, `/pay/${intentId}/plain`);
      return;
    }
    const state = await this.#pages.state(partner, intentId, session);
    await sendJson(req, res.status(status), state);
  }
}

/** What makes a form count once: its key, and all in it that the payer means. */
export function onceKey(
  req: Request,
  payer: SignedInPayer,
  { key, meaning }: { key: string; meaning: unknown },
): OnceKey {
  return {
    partnerId: payer.partner.id,
    principal: payer.session.connectionId,
    key,
    fingerprint: fingerprint({ method: req.method, path: req.path, body: meaning }),
  };
}

/** The form carries it as a field; a script may send it as the header, too. */
export function idempotencyKeyOf(req: Request): string {
  const field = (req.body as { idempotencyKey?: unknown } | undefined)?.idempotencyKey;
  const isSent = typeof field === 'string' && field !== '';
  return readIdempotencyKey(isSent ? field : req.get('Idempotency-Key'));
}

/** The language in which the payer read what they agreed to. */
export const readLanguage = (lang: string | undefined): Language =>
  LANGUAGES.find((language) => language === lang) ?? 'en';
