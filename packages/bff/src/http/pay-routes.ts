import { ApprovalForm, ConfirmForm, PageForm, ReviewForm } from '@qonto-pay/shared';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { PaymentError } from '../payments/errors.js';
import type { PayPageService } from '../payments/pay-page-service.js';
import type { PaymentService } from '../payments/payment-service.js';
import { fingerprint, readIdempotencyKey } from './idempotency.js';
import type { Flows } from './intent-routes.js';
import type { Payer, Payers, Session } from './payer.js';

type SignedInPayer = Payer & { session: Session };

const SignOutForm = PageForm.extend({ intent: z.string() });

/** The pay page's own API: the page asks, the store answers. */
export function payRoutes(deps: {
  payers: Payers;
  payments: PaymentService;
  pages: PayPageService;
  flows: Flows;
}): Record<
  'state' | 'review' | 'confirm' | 'cancel' | 'approval' | 'signOut' | 'flow',
  RequestHandler
> {
  const { payers, payments, pages } = deps;

  /** The signed-in payer of a form that our page has sent. */
  const sender = async (req: Request, pageToken: string): Promise<SignedInPayer> => {
    const payer = await payers.of(req);
    if (!payer.session) throw new PaymentError('not-signed-in', 'Sign in with Qonto first.');
    payers.assertToken(payer, pageToken);
    return { ...payer, session: payer.session };
  };

  /** To the script its state; a form sent without script goes back to the plain page. */
  const answer = async (req: Request, res: Response, payer: Payer, status: number) => {
    if (!req.accepts(['html', 'json']) || req.accepts(['json', 'html']) === 'json') {
      const state = await pages.state(payer.partner, payer.intentId, payer.session);
      res.status(status).json(state);
      return;
    }
    res.redirect(303, `/pay/${payer.intentId}/plain`);
  };

  return {
    async state(req, res) {
      const payer = await payers.of(req);
      res.json(await pages.state(payer.partner, payer.intentId, payer.session));
    },
    async review(req, res) {
      const form = ReviewForm.parse(req.body);
      const payer = await sender(req, form.pageToken);
      await pages.chooseAccount(payer.intentId, payer.session, form.account);
      await answer(req, res, payer, 200);
    },
    async confirm(req, res) {
      const key = readIdempotencyKey(idempotencyKeyOf(req));
      const form = ConfirmForm.parse(req.body);
      const payer = await sender(req, form.pageToken);
      const { pageToken: _token, idempotencyKey: _key, lang = 'en', ...seen } = form;
      const { replayed } = await payments.confirm(
        payer.partner,
        payer.intentId,
        payer.session,
        {
          reviewVersion: z.coerce.number().int().parse(seen.reviewVersion),
          accountId: seen.account,
          acceptPayee: seen.acceptPayee === 'yes',
          lang: /^[a-z]{2}$/.test(lang) ? lang : 'en',
        },
        {
          partnerId: payer.partner.id,
          principal: payer.session.connectionId,
          key,
          fingerprint: fingerprint({ method: req.method, path: req.path, body: seen }),
        },
      );
      if (replayed) res.setHeader('Idempotent-Replayed', 'true');
      await answer(req, res, payer, 202);
    },
    async cancel(req, res) {
      const payer = await sender(req, PageForm.parse(req.body).pageToken);
      await payments.cancel(payer.partner, payer.intentId, payer.session);
      await answer(req, res, payer, 200);
    },
    async approval(req, res) {
      const form = ApprovalForm.parse(req.body);
      const payer = await sender(req, form.pageToken);
      await payments.newApproval(payer.partner, payer.intentId, payer.session, form.method);
      await answer(req, res, payer, 202);
    },
    async signOut(req, res) {
      const form = SignOutForm.parse(req.body);
      const payer = await payers.of(req, form.intent);
      payers.assertToken(payer, form.pageToken);
      await payers.signOut(payer, req);
      await answer(req, res, { ...payer, session: undefined }, 200);
    },
    async flow(req, res) {
      const found = await deps.flows.find(String(req.params.flow));
      const state = found ? (found.intentId ? 'ready' : 'failed') : 'waiting';
      res.json({ state, url: found?.intentId ? `/pay/${found.intentId}` : null });
    },
  };
}

/** The form carries it as a field; a script may send it as the header, too. */
function idempotencyKeyOf(req: Request): string | undefined {
  const field = (req.body as { idempotencyKey?: unknown } | undefined)?.idempotencyKey;
  return typeof field === 'string' && field !== '' ? field : req.get('Idempotency-Key');
}
