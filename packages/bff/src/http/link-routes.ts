import { CandidateForm, LinkForm, PageForm, ProviderForm } from '@qonto-pay/shared';
import type { RequestHandler } from 'express';
import type { LinkService } from '../links/link-service.js';
import { idempotencyKeyOf, onceKey, type PayerForms } from './payer-forms.js';

/** What a member does with the link of an invoice: forms, as the confirmation is. */
export class LinkRoutes {
  readonly #forms: PayerForms;
  readonly #links: LinkService;

  constructor(forms: PayerForms, links: LinkService) {
    this.#forms = forms;
    this.#links = links;
  }

  /** The state says where the member goes on: no answer to a form redirects to another origin. */
  readonly connect: RequestHandler = async (req, res) => {
    const { pageToken, account, phone, description, website } = ProviderForm.parse(req.body);
    const payer = await this.#forms.sender(req, pageToken);
    await this.#links.connect(payer.partner, payer.intentId, payer.session, {
      accountId: account,
      phone: phone.replace(SEPARATORS, ''),
      description: filled(description),
      website: filled(website),
    });
    await this.#forms.answer(req, res, payer, 200);
  };

  readonly create: RequestHandler = async (req, res) => {
    const key = idempotencyKeyOf(req);
    // Where no box is ticked a browser sends no field at all.
    const form = LinkForm.parse({ methods: '', ...req.body });
    const payer = await this.#forms.sender(req, form.pageToken);
    const methods = [form.methods].flat().flatMap((names) => names.split(',').filter(Boolean));
    const wish = { methods, acceptsOthers: form.acceptOthers === 'yes' };
    const { replayed } = await this.#links.create(
      payer.partner,
      payer.intentId,
      payer.session,
      wish,
      onceKey(req, payer, { key, meaning: { ...wish, methods: [...methods].sort() } }),
    );
    if (replayed) res.setHeader('Idempotent-Replayed', 'true');
    await this.#forms.answer(req, res, payer, 202);
  };

  readonly choose: RequestHandler = async (req, res) => {
    const { pageToken, candidate } = CandidateForm.parse(req.body);
    const payer = await this.#forms.sender(req, pageToken);
    await this.#links.choose(payer.partner, payer.intentId, payer.session, candidate);
    await this.#forms.answer(req, res, payer, 200);
  };

  readonly deactivate: RequestHandler = async (req, res) => {
    const { pageToken } = PageForm.parse(req.body);
    const payer = await this.#forms.sender(req, pageToken);
    await this.#links.deactivate(payer.partner, payer.intentId, payer.session);
    await this.#forms.answer(req, res, payer, 200);
  };
}

/** As people write numbers. */
const SEPARATORS = /[\s().-]/g;

/** A field that was left empty is one that was not sent. */
const filled = (text: string | undefined): string | undefined => text?.trim() || undefined;
