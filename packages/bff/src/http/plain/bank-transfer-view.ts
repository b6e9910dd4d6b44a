import type { BankTransferRow, BankTransfers } from '@qonto-pay/shared';
import { groupIban } from '@qonto-pay/shared/payee-sentences';
import { type Html, html } from '../html.js';
import { qrSvg } from '../qr-svg.js';
import { isToCollect } from './collect-content.js';
import { money, type Shown } from './shown.js';

/** Asked for by a link: until then the page says nothing of the invoice. */
export function bankTransferLink(shown: Shown): Html {
  const { state, words } = shown;
  const text = isToCollect(shown) ? words.collect.bankTransfer : words.bankTransfer.offer;
  return html`<p><a id="bank-transfer" href="/pay/${state.intent}/plain?transfer=0#transfer">${text}</a></p>`;
}

/** What it takes to pay from another bank; of many rows the one that was asked for. */
export function bankTransferContent(
  shown: Shown,
  { kind, transfers }: BankTransfers,
  asked: string,
): Html | null {
  const chosen = transfers.find(({ index }) => String(index) === asked) ?? transfers[0];
  if (!chosen) return null;
  const words = shown.words.bankTransfer;
  const { payload } = chosen;
  return html`<section id="transfer"><h2>${words.heading}</h2>
<p class="warning">${words.once[kind]}</p>
${transfers.length > 1 && rowForm(shown, transfers, chosen)}
${payload === null ? html`<p>${words.tooLong}</p>` : html`<p>${words.scan}</p>${qrSvg(payload, words.code)}`}
${facts(shown, chosen)}</section>`;
}

function rowForm(
  { state, words, language }: Shown,
  transfers: readonly BankTransferRow[],
  chosen: BankTransferRow,
): Html {
  const options = transfers.map(
    (row) =>
      html`<option value="${row.index}"${row === chosen && html` selected`}>${row.index + 1} · ${money(row.amount, language)} · ${row.name}</option>`,
  );
  return html`<form method="get" action="/pay/${state.intent}/plain#transfer">
<label for="row">${words.bankTransfer.row}</label><select id="row" name="transfer">${options}</select>
<p><button class="quiet">${words.bankTransfer.show}</button></p></form>`;
}

const facts = ({ words, language }: Shown, row: BankTransferRow): Html =>
  html`<dl><dt>${words.payee}</dt><dd>${row.name}</dd>
<dt>${words.iban}</dt><dd>${groupIban(row.iban)}</dd>
<dt>${words.amount}</dt><dd>${money(row.amount, language)}</dd>
<dt>${words.reference}</dt><dd>${row.reference}</dd></dl>`;
