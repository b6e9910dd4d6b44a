import { RequestDecisionForm, RequestForm } from '@qonto-pay/shared';
import type { Request, RequestHandler, Response } from 'express';
import type { Partner } from '../payments/partner.js';
import type { Member } from '../payments/records.js';
import type { OnceKey } from '../payments/store-port.js';
import { ReviewVersion } from './pay-routes.js';
import type { SignedInPayer } from './payer.js';
import { idempotencyKeyOf, onceKey, type PayerForms, readLanguage } from './payer-forms.js';
import { readRows } from './rows.js';

/** Payments that colleagues are asked for. */
export interface Requests {
  ask(
    partner: Partner,
    intentId: string,
    member: Member,
    wish: {
      reviewVersion: number;
      rows: 'all' | readonly number[];
      accountId?: string;
      note: string;
      lang: string;
    },
    once: OnceKey,
  ): Promise<{ replayed: boolean }>;
  approve(
    partner: Partner,
    intentId: string,
    member: Member,
    paymentId: string,
    once: OnceKey,
  ): Promise<{ replayed: boolean }>;
  decline(
    partner: Partner,
    intentId: string,
    member: Member,
    decision: { paymentId: string; note: string },
  ): Promise<void>;
}

/** "Prepare and ask", and the colleague's answer: forms, as the confirmation is. */
export class RequestRoutes {
  readonly #forms: PayerForms;
  readonly #requests: Requests;

  constructor(forms: PayerForms, requests: Requests) {
    this.#forms = forms;
    this.#requests = requests;
  }

  readonly ask: RequestHandler = async (req, res) => {
    const key = idempotencyKeyOf(req);
    const form = RequestForm.parse(req.body);
    const { pageToken: _token, idempotencyKey: _key, lang, ...meaning } = form;
    const payer = await this.#forms.sender(req, form.pageToken);
    const { replayed } = await this.#requests.ask(
      payer.partner,
      payer.intentId,
      payer.session,
      {
        reviewVersion: ReviewVersion.parse(form.reviewVersion),
        rows: readRows(form.select, 'select'),
        ...(form.account !== undefined && { accountId: form.account }),
        note: form.note ?? '',
        lang: readLanguage(lang),
      },
      onceKey(req, payer, { key, meaning }),
    );
    await this.#accepted(req, res, payer, replayed);
  };

  /** A form that comes again, after the phone has said no, does not ask the phone again. */
  readonly approve: RequestHandler = async (req, res) => {
    const key = idempotencyKeyOf(req);
    const { pageToken, payment } = RequestDecisionForm.parse(req.body);
    const payer = await this.#forms.sender(req, pageToken);
    const { partner, intentId, session } = payer;
    const once = onceKey(req, payer, { key, meaning: { payment } });
    const { replayed } = await this.#requests.approve(partner, intentId, session, payment, once);
    await this.#accepted(req, res, payer, replayed);
  };

  /** Saying no twice is the same as once: the key is asked for, as everywhere, and not needed. */
  readonly decline: RequestHandler = async (req, res) => {
    idempotencyKeyOf(req);
    const { pageToken, payment, note = '' } = RequestDecisionForm.parse(req.body);
    const payer = await this.#forms.sender(req, pageToken);
    const { partner, intentId, session } = payer;
    await this.#requests.decline(partner, intentId, session, { paymentId: payment, note });
    await this.#forms.answer(req, res, payer, 200);
  };

  async #accepted(req: Request, res: Response, payer: SignedInPayer, replayed: boolean) {
    if (replayed) res.setHeader('Idempotent-Replayed', 'true');
    await this.#forms.answer(req, res, payer, 202);
  }
}
