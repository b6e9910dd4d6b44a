import { type Html, html } from './html.js';
import { lineTable, totals } from './line-table.js';
import type { PageParts } from './page-parts.js';
import { stateBadge } from './state-badge.js';

/** The invoice as a document: who bills whom for what, with its VAT. */
export function invoiceSheet(parts: PageParts): Html {
  const { invoice, messages, rows } = parts;
  const row = rows.find((each) => each.invoice === invoice) ?? { invoice, state: 'unpaid' };
  return html`<article class="card sheet" id="invoice" data-number="${invoice.number}" data-address="/invoices/${invoice.number}">
<header class="head">
<div>
<h1>${messages.invoice} <span class="number">${invoice.number}</span></h1>
</div>
${stateBadge(row, messages, 'state')}
</header>
${parties(parts)}
${lineTable(parts)}
${totals(parts)}
</article>`;
}

function parties({ formats, invoice, messages }: PageParts): Html {
  return html`<dl class="parties">
<div><dt>${messages.from}</dt><dd>${invoice.supplier.name}</dd>
<dd class="iban"><abbr title="International Bank Account Number">${messages.iban}</abbr> <span class="whole">${formats.iban(invoice.supplier.iban)}</span></dd></div>
<div><dt>${messages.billedTo}</dt><dd>ACME SAS</dd><dd>12 rue de la Paix, 75002 Paris</dd></div>
<div><dt>${messages.issuedOn}</dt><dd>${formats.date(invoice.issuedOn)}</dd></div>
<div><dt>${messages.dueOn}</dt><dd>${formats.date(invoice.dueOn)}</dd></div>
</dl>`;
}
