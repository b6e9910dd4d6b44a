import {
  ApprovalForm,
  CancelForm,
  ConfirmForm,
  IntentId,
  PageForm,
  ReviewForm,
} from '@qonto-pay/shared';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { PaymentError } from '../payments/errors.js';
import type { PayPageService } from '../payments/pay-page-service.js';
import type { PaymentService } from '../payments/payment-service.js';
import type { ScheduledService } from '../payments/scheduled-service.js';
import type { Flows } from './intent-routes.js';
import { sendJson } from './json.js';
import type { Payers, SignedInPayer } from './payer.js';
import { idempotencyKeyOf, onceKey, type PayerForms, readLanguage } from './payer-forms.js';
import { readRowSet, readRows } from './rows.js';

export const SignOutForm = PageForm.extend({ intent: IntentId }).meta({ id: 'SignOutForm' });

/** The number of the review that the payer has seen. */
export const ReviewVersion = z.coerce.number().int().min(0);

export interface PayRoutesDeps {
  payers: Payers;
  forms: PayerForms;
  payments: PaymentService;
  scheduled: ScheduledService;
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
    await sendJson(req, res, await this.#deps.pages.state(partner, intentId, session));
  };

  readonly review: RequestHandler = async (req, res) => {
    const { pageToken, account, select, payOn, check } = ReviewForm.parse(req.body);
    const payer = await this.#deps.forms.sender(req, pageToken);
    const rows = select === undefined ? undefined : readRows(select, 'select');
    await this.#deps.pages.choose(payer.partner, payer.intentId, payer.session, {
      ...(account !== undefined && { accountId: account }),
      ...(rows !== undefined && { rows }),
      ...(payOn !== undefined && { payOn }),
      check: check === 'yes',
    });
    await this.#deps.forms.answer(req, res, payer, 200);
  };

  /** The one place where money is confirmed: a form, posted by script or by hand. */
  readonly confirm: RequestHandler = async (req, res) => {
    const key = idempotencyKeyOf(req);
    const form = ConfirmForm.parse(req.body);
    const { pageToken: _token, idempotencyKey: _key, lang, ...seen } = form;
    const payer = await this.#deps.forms.sender(req, form.pageToken);
    const rows = readRowSet(seen.accept ?? '', 'accept');
    const { replayed } = await this.#deps.payments.confirm(
      payer.partner,
      payer.intentId,
      payer.session,
      {
        reviewVersion: ReviewVersion.parse(seen.reviewVersion),
        accountId: seen.account,
        accept: seen.acceptPayee === 'yes' ? 'only-row' : rows,
        lang: readLanguage(lang),
      },
      onceKey(req, payer, { key, meaning: { ...seen, accept: [...rows] } }),
    );
    if (replayed) res.setHeader('Idempotent-Replayed', 'true');
    await this.#deps.forms.answer(req, res, payer, 202);
  };

  readonly cancel: RequestHandler = async (req, res) => {
    const { pageToken, items } = CancelForm.parse(req.body);
    const payer = await this.#deps.forms.sender(req, pageToken);
    const { partner, intentId, session } = payer;
    const rows = items === undefined ? undefined : readRows(items, 'items');
    const named = rows === 'all' ? await this.#cancelable(payer) : rows;
    if (named?.length === 0) {
      throw new PaymentError('invalid-selection', 'Select at least one row.', { field: 'items' });
    }
    if (named) await this.#deps.scheduled.cancel(partner, intentId, session, named);
    else await this.#deps.payments.cancel(partner, intentId, session);
    await this.#deps.forms.answer(req, res, payer, 200);
  };

  readonly approval: RequestHandler = async (req, res) => {
    const { pageToken, method } = ApprovalForm.parse(req.body);
    const payer = await this.#deps.forms.sender(req, pageToken);
    const { partner, intentId, session } = payer;
    await this.#deps.payments.newApproval(partner, intentId, session, method);
    await this.#deps.forms.answer(req, res, payer, 202);
  };

  readonly signOut: RequestHandler = async (req, res) => {
    const form = SignOutForm.parse(req.body);
    const payer = await this.#deps.payers.of(req, form.intent);
    this.#deps.payers.assertToken(payer, form.pageToken);
    await this.#deps.payers.signOut(payer, req);
    await this.#deps.forms.answer(req, res, { ...payer, session: undefined }, 200);
  };

  readonly flow: RequestHandler = async (req, res) => {
    const found = await this.#deps.flows.find(String(req.params.flow));
    const state = found ? (found.intentId ? 'ready' : 'failed') : 'waiting';
    res.json({ state, url: found?.intentId ? `/pay/${found.intentId}` : null });
  };

  async #cancelable({ partner, intentId, session }: SignedInPayer): Promise<number[]> {
    const { items } = await this.#deps.pages.state(partner, intentId, session);
    return items.filter(({ cancelable }) => cancelable).map(({ index }) => index);
  }
}
