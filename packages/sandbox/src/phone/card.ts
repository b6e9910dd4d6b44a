import { groupedIban } from '../iban.js';
import { moneyText } from '../money.js';
import { type Html, html } from '../pages/html.js';
import type { ScaItem, ScaSummary } from '../state.js';
import type { Approval } from './approval.js';

const MOST_AT_ONCE = 5;

/** Exactly what the member signs: amount, payee, IBAN; for several payments their number, sum and list. */
export function card({ session, expiresAt, organization }: Approval): Html {
  const { summary, token, method } = session;
  const heading = `pay-${token.slice(0, 12)}`;
  const { amountCents } = summary;
  return html`<section class="card" role="group" aria-labelledby="${heading}" data-approval="${token}">
<h2 id="${heading}">${titleOf(summary)}</h2>
${amountCents === null ? undefined : html`<p class="amount">${moneyText(amountCents)}</p>`}
<dl>
${summary.items ? undefined : payeeRows(summary)}
${row('Organisation', organization)}
${row('From', summary.debitAccount)}
${row('Reference', summary.reference)}
${row('When', summary.terms?.replaceAll('-', '\u2011'))}
${timeRow(expiresAt)}
</dl>
${summary.items ? itemList(summary.items, token) : undefined}
${method === 'passkey' ? html`<p class="muted" data-passkey>Your passkey confirms that it is you.</p>` : undefined}
<div class="actions">
<form method="post" action="/phone/${token}/approve"><button>Approve</button></form>
<form method="post" action="/phone/${token}/refuse"><button class="quiet">Refuse</button></form>
</div>
</section>`;
}

export function titleOf({ title, payee }: ScaSummary): string {
  return title ?? `Pay ${payee}`;
}

function payeeRows({ payee, iban }: ScaSummary): Html {
  return html`<dt>To</dt><dd>${payee}</dd>
<dt>IBAN</dt><dd>${groupedIban(iban)}</dd>`;
}

function row(term: string, text: string | undefined): Html | undefined {
  return text ? html`<dt>${term}</dt><dd>${text}</dd>` : undefined;
}

function timeRow(expiresAt: number): Html {
  const time = new Date(expiresAt).toISOString();
  return html`<dt>Answer by</dt><dd><time datetime="${time}">${time.slice(11, 16)} UTC</time></dd>`;
}

function itemList(items: readonly ScaItem[], token: string): Html {
  const [first, rest] = [items.slice(0, MOST_AT_ONCE), items.slice(MOST_AT_ONCE)];
  return html`<ul class="plain items">${first.map(itemRow)}</ul>
${
  rest.length === 0
    ? undefined
    : html`<details id="more-${token.slice(0, 12)}"><summary>Show ${rest.length} more</summary>
<ul class="plain items">${rest.map(itemRow)}</ul></details>`
}`;
}

function itemRow({ payee, iban, amountCents, reference }: ScaItem): Html {
  return html`<li><span class="split"><strong>${payee}</strong>${
    amountCents === null ? undefined : html`<span class="number">${moneyText(amountCents)}</span>`
  }</span>
<span class="muted">${groupedIban(iban)}${reference ? `, ${reference}` : ''}</span></li>`;
}
