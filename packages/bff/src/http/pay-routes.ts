import { ApprovalForm, ConfirmForm, IntentId, PageForm, ReviewForm } from '@qonto-pay/shared';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { PaymentError } from '../payments/errors.js';
import type { PayPageService } from '../payments/pay-page-service.js';
import type { PaymentService } from '../payments/payment-service.js';
import { fingerprint, readIdempotencyKey } from './idempotency.js';
import type { Flows } from './intent-routes.js';
import type { Payer, Payers, Session } from './payer.js';

type SignedInPayer = Payer & { session: Session };

export const SignOutForm = PageForm.extend({ intent: IntentId }).meta({ id: 'SignOutForm' });

const ReviewVersion = z.coerce.number().int().min(0);
const LANGUAGE = /^[a-z]{2}$/;

export interface PayRoutesDeps {
  payers: Payers;
  payments: PaymentService;
  pages: PayPageService;
  flows: Flows;
}

/** The pay page's own API: the page asks, the store answers. */
export class PayRoutes {
  readonly #deps: PayRoutesDeps;

  constructor(deps: PayRoutesDeps) {
    this.#deps = deps;
  }

  readonly state: RequestHandler = async (req, res) => {
    const { intentId, partner, session } = await this.#deps.payers.of(req);
    res.json(await this.#deps.pages.state(partner, intentId, session));
  };

  readonly review: RequestHandler = async (req, res) => {
    const form = ReviewForm.parse(req.body);
    const payer = await this.#sender(req, form.pageToken);
    await this.#deps.pages.chooseAccount(payer.intentId, payer.session, form.account);
    await this.#answer(req, res, payer, 200);
  };

  /** The one place where money is confirmed: a form, posted by script or by hand. */
  readonly confirm: RequestHandler = async (req, res) => {
    const key = readIdempotencyKey(idempotencyKeyOf(req));
    const form = ConfirmForm.parse(req.body);
    const payer = await this.#sender(req, form.pageToken);
    const { pageToken: _token, idempotencyKey: _key, lang = 'en', ...seen } = form;
    const { replayed } = await this.#deps.payments.confirm(
      payer.partner,
      payer.intentId,
      payer.session,
      {
        reviewVersion: ReviewVersion.parse(seen.reviewVersion),
        accountId: seen.account,
        acceptPayee: seen.acceptPayee === 'yes',
        lang: LANGUAGE.test(lang) ? lang : 'en',
      },
      {
        partnerId: payer.partner.id,
        principal: payer.session.connectionId,
        key,
        fingerprint: fingerprint({ method: req.method, path: req.path, body: seen }),
      },
    );
    if (replayed) res.setHeader('Idempotent-Replayed', 'true');
    await this.#answer(req, res, payer, 202);
  };

  readonly cancel: RequestHandler = async (req, res) => {
    const payer = await this.#sender(req, PageForm.parse(req.body).pageToken);
    await this.#deps.payments.cancel(payer.partner, payer.intentId, payer.session);
    await this.#answer(req, res, payer, 200);
  };

  readonly approval: RequestHandler = async (req, res) => {
    const { pageToken, method } = ApprovalForm.parse(req.body);
    const payer = await this.#sender(req, pageToken);
    const { partner, intentId, session } = payer;
    await this.#deps.payments.newApproval(partner, intentId, session, method);
    await this.#answer(req, res, payer, 202);
  };

  readonly signOut: RequestHandler = async (req, res) => {
    const form = SignOutForm.parse(req.body);
    const payer = await this.#deps.payers.of(req, form.intent);
    this.#deps.payers.assertToken(payer, form.pageToken);
    await this.#deps.payers.signOut(payer, req);
    await this.#answer(req, res, { ...payer, session: undefined }, 200);
  };

  readonly flow: RequestHandler = async (req, res) => {
    const found = await this.#deps.flows.find(String(req.params.flow));
    const state = found ? (found.intentId ? 'ready' : 'failed') : 'waiting';
    res.json({ state, url: found?.intentId ? `/pay/${found.intentId}` : null });
  };

  /** The signed-in payer of a form that our page has sent. */
  async #sender(req: Request, pageToken: string): Promise<SignedInPayer> {
    const payer = await this.#deps.payers.of(req);
    if (!payer.session) throw new PaymentError('not-signed-in', 'Sign in with Qonto first.');
    this.#deps.payers.assertToken(payer, pageToken);
    return { ...payer, session: payer.session };
  }

  /** To the script its state; a form sent without script goes back to the plain page. */
  async #answer(req: Request, res: Response, payer: Payer, status: number): Promise<void> {
    const { partner, intentId, session } = payer;
    if (req.accepts(['json', 'html']) === 'html') {
      res.redirect(303, `/pay/${intentId}/plain`);
      return;
    }
    res.status(status).json(await this.#deps.pages.state(partner, intentId, session));
  }
}

/** The form carries it as a field; a script may send it as the header, too. */
function idempotencyKeyOf(req: Request): string | undefined {
  const field = (req.body as { idempotencyKey?: unknown } | undefined)?.idempotencyKey;
  return typeof field === 'string' && field !== '' ? field : req.get('Idempotency-Key');
}
