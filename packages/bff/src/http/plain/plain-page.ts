import type { RequestHandler } from 'express';
import type { BankTransferService } from '../../payments/bank-transfer-service.js';
import type { PayPageService } from '../../payments/pay-page-service.js';
import { html } from '../html.js';
import { type Language, languageOf } from '../language.js';
import { sendPage } from '../message-page.js';
import type { Payer, Payers } from '../payer.js';
import { bankTransferContent, bankTransferLink } from './bank-transfer-view.js';
import { noticeOf } from './notices.js';
import { plainContent } from './plain-content.js';
import type { Shown } from './shown.js';
import { en, type Words } from './words.en.js';
import { fr } from './words.fr.js';

export const WORDS: Record<Language, Words> = { en, fr };

/** The pay page for a browser without script: the same state, the same forms, a refresh as stream. */
export function plainPage(deps: {
  payers: Payers;
  pages: PayPageService;
  bankTransfers: BankTransferService;
}): RequestHandler {
  /** Below the page, where it is offered; the details only where they were asked for. */
  const instead = async (shown: Shown, { partner, intentId, session }: Payer, asked: unknown) => {
    if (!shown.state.bankTransfer) return null;
    if (typeof asked !== 'string') return bankTransferLink(shown);
    const transfers = await deps.bankTransfers.read(partner, intentId, session);
    return bankTransferContent(shown, transfers, asked);
  };

  return async (req, res) => {
    const payer = await deps.payers.of(req);
    const { partner, intentId, session } = payer;
    await deps.pages.seen(partner, intentId);
    const state = await deps.pages.state(partner, intentId, session);
    const language = languageOf(req);
    const pageToken = deps.payers.issueToken(payer);
    const shown = { state, language, words: WORDS[language], pageToken };
    const { body, ...rest } = plainContent(shown);
    const other = await instead(shown, payer, req.query.transfer);
    const notice = noticeOf(req.query, language);
    const told = notice ? html`<p class="warning" role="alert">${notice}</p>` : null;
    sendPage(res, { language, status: 200, ...rest, body: html`${told}${body}${other}` });
  };
}
