import type { RequestHandler } from 'express';
import type { PayPageService } from '../../payments/pay-page-service.js';
import { html } from '../html.js';
import { type Language, languageOf } from '../language.js';
import { sendPage } from '../message-page.js';
import type { Payers } from '../payer.js';
import { noticeOf } from './notices.js';
import { plainContent } from './plain-content.js';
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
