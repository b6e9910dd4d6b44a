import { type Html, html } from '../html.js';
import { lineTable, totals } from '../line-table.js';
import { stateBadge } from '../state-badge.js';
import type { ReceivableParts } from './receivable-parts.js';

/** The invoice as its client gets it: who bills whom for what, with its VAT. */
export function receivableSheet(parts: ReceivableParts): Html {
  const { formats, invoice, messages, rows } = parts;
  const { number, client, issuedOn, dueOn } = invoice;
  const row = rows.find((each) => each.invoice === invoice) ?? { invoice, state: 'unpaid' };
  return html`<article class="card sheet" id="invoice" data-number="${number}" data-address="/receivables/${number}">
<header class="head">
<h1>${messages.invoice} <span class="number">${number}</span></h1>
${stateBadge(row, messages.receivables, 'state')}
</header>
<dl class="parties">
<div><dt>${messages.from}</dt><dd>ACME SAS</dd><dd>12 rue de la Paix, 75002 Paris</dd></div>
<div><dt>${messages.billedTo}</dt><dd>${client?.name ?? messages.receivables.anybody}</dd><dd>${client?.address}</dd></div>
<div><dt>${messages.issuedOn}</dt><dd>${formats.date(issuedOn)}</dd></div>
<div><dt>${messages.dueOn}</dt><dd>${formats.date(dueOn)}</dd></div>
</dl>
${lineTable(parts)}
${totals(parts)}
</article>`;
}
