import type { RequestHandler } from 'express';
import type { PayPageService } from '../../payments/pay-page-service.js';
import { html } from '../html.js';
import { type Language, languageOf } from '../language.js';
import { sendPage } from '../message-page.js';
import type { Payers } from '../payer.js';
import { noticeOf } from './notices.js';
import { paymentContent } from './payment-view.js';
import { reviewContent } from './review-view.js';
import type { Content, Shown } from './shown.js';
import { en, type Words } from './words.en.js';
import { fr } from './words.fr.js';

const WORDS: Record<Language, Words> = { en, fr };

/** The pay page for a browser without script: the same state, the same forms, a refresh as stream. */
export function plainPage(deps: { payers: Payers; pages: PayPageService }): RequestHandler {
  return async (req, res) => {
    const payer = await deps.payers.of(req);
    const { partner, intentId, session } = payer;
    await deps.pages.seen(partner, intentId);
    const state = await deps.pages.state(partner, intentId, session);
    const language = languageOf(req);
    const pageToken = deps.payers.issueToken(payer);
    const { body, ...rest } = plainContent({ state, language, words: WORDS[language], pageToken });
    const notice = noticeOf(req.query, language);
    const told = notice ? html`<p class="warning" role="alert">${notice}</p>${body}` : body;
    sendPage(res, { language, status: 200, ...rest, body: told });
  };
}

/** The view for this state. */
export function plainContent(shown: Shown): Content {
  const { payment, signIn } = shown.state;
  // A payment is shown first, however it ended; what is left to be paid follows below it.
  if (payment) return paymentContent(shown, payment);
  return signIn ? signInContent(shown, signIn) : reviewContent(shown);
}

function signInContent(
  { state, words }: Shown,
  { reason, url }: NonNullable<Shown['state']['signIn']>,
): Content {
  return {
    heading: state.partner.name,
    dataStatus: 'sign-in',
    body: html`<p>${reason === 'fresh' ? words.fresh : words.signInText(state.partner.name)}</p>
<p><a id="sign-in" class="button" href="${url}">${words.signIn}</a></p>`,
  };
}
