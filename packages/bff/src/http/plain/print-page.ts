import type { BankTransfers, PayLink } from '@qonto-pay/shared';
import { groupIban } from '@qonto-pay/shared/payee-sentences';
import type { RequestHandler } from 'express';
import type { BankTransferService } from '../../payments/bank-transfer-service.js';
import type { PayPageService } from '../../payments/pay-page-service.js';
import { type Html, html } from '../html.js';
import { languageOf } from '../language.js';
import { sendPage } from '../message-page.js';
import type { Payers } from '../payer.js';
import { qrSvg } from '../qr-svg.js';
import { orderView } from './order-view.js';
import { WORDS } from './plain-page.js';
import { PRINT_STYLE } from './print-style.js';
import { date, money, type Shown } from './shown.js';

/** What a company hands to its client on paper: the order, the link and the bank transfer. */
export function printPage(deps: {
  payers: Payers;
  pages: PayPageService;
  bankTransfers: BankTransferService;
}): RequestHandler {
  return async (req, res) => {
    const { partner, intentId, session } = await deps.payers.of(req);
    const state = await deps.pages.state(partner, intentId, session);
    const { link } = state;
    if (!session || !link) return res.redirect(303, `/pay/${intentId}`);
    const language = languageOf(req);
    const shown = { state, language, words: WORDS[language], pageToken: '' };
    const transfers = await deps.bankTransfers.read(partner, intentId, session);
    sendPage(res, {
      ...{ language, status: 200, dataStatus: 'print', style: PRINT_STYLE },
      heading: headingOf(shown, link),
      body: html`${frame(shown, link)}${orderView(shown, { ...link, payee: null })}${ways(shown, link, transfers)}`,
    });
  };
}

const headingOf = ({ words: { collect } }: Shown, { invoice, externalRef }: PayLink): string =>
  `${collect.review.invoice} ${invoice?.number ?? externalRef}`;

/** Who is paid, and by whom it was prepared. */
function frame({ state, words }: Shown, { payee }: PayLink): Html {
  const { paper } = words.collect;
  const from = payee?.name ?? state.member?.organization;
  return html`<p class="screen"><a id="back" href="/pay/${state.intent}">${words.back}</a></p>
<p>${paper.from} <strong>${from}</strong> · ${state.partner.name}</p>`;
}

function ways(shown: Shown, all: PayLink, { transfers }: BankTransfers): Html {
  const { collect } = shown.words;
  const { link } = all;
  const [transfer] = transfers;
  const url = link?.status === 'open' ? link.url : null;
  if (!url && !transfer) {
    return html`<p id="said">${link ? collect.states[link.status].heading : ''}</p>`;
  }
  return html`${url && transfer && html`<p><strong>${collect.paper.onceOnly}</strong></p>`}
<div class="ways">${url && byLink(shown, url, link?.expiresAt)}${transfer && byTransfer(shown, transfer)}</div>`;
}

function byLink({ words, language }: Shown, url: string, expiresAt: string | null | undefined) {
  const { paper, link, until } = words.collect;
  return html`<section id="by-link"><h2>${paper.byLink}</h2><p>${paper.byLinkText}</p>
${qrSvg(url, link.qrLabel)}<p class="address">${url}</p>
${expiresAt && html`<p>${until(date(expiresAt.slice(0, 10), language))}</p>`}</section>`;
}

function byTransfer({ words, language }: Shown, row: BankTransfers['transfers'][number]): Html {
  const { bankTransfer, collect } = words;
  const { payload, name, iban, amount, reference } = row;
  return html`<section id="by-transfer"><h2>${collect.paper.byTransfer}</h2>
<p>${payload === null ? bankTransfer.tooLong : bankTransfer.scan}</p>
${payload !== null && qrSvg(payload, bankTransfer.code)}
<dl><dt>${words.payee}</dt><dd>${name}</dd><dt>${words.iban}</dt><dd class="iban">${groupIban(iban)}</dd>
<dt>${words.amount}</dt><dd>${money(amount, language)}</dd><dt>${words.reference}</dt><dd>${reference}</dd></dl></section>`;
}
