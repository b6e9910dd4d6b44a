import { type InvoiceLine, type InvoiceState, lineTotal, totalsOf } from '../invoice.js';
import type { Messages } from '../messages/messages.js';
import { type Html, html } from './html.js';
import type { PageParts } from './page-parts.js';

/** The invoice as a document: who bills whom for what, with its VAT. */
export function invoiceSheet(parts: PageParts): Html {
  const { invoice, messages, rows } = parts;
  const state = rows.find((row) => row.invoice === invoice)?.state ?? 'unpaid';
  return html`<article class="card sheet" id="invoice" data-number="${invoice.number}">
<header class="head">
<div>
<h1>${messages.invoice} <span class="number">${invoice.number}</span></h1>
</div>
${stateBadge(state, messages, 'state')}
</header>
${parties(parts)}
${lineTable(parts)}
${totals(parts)}
</article>`;
}

/** Colour is never the only sign: the badge says the state in words. */
export function stateBadge(state: InvoiceState, messages: Messages, id?: string): Html {
  return html`<span class="badge" data-state="${state}"${id ? html` id="${id}"` : undefined}>${messages.states[state]}</span>`;
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

function lineTable(parts: PageParts): Html {
  const { invoice, messages } = parts;
  return html`<table class="lines">
<caption class="unseen">${messages.invoice} ${invoice.number}</caption>
<thead><tr>
<th scope="col">${messages.description}</th>
<th scope="col" class="figure">${messages.quantity}</th>
<th scope="col" class="figure">${messages.unitPrice}</th>
<th scope="col" class="figure">${messages.vat}</th>
<th scope="col" class="figure">${messages.amount}</th>
</tr></thead>
<tbody>${invoice.lines.map((line) => lineRow(line, parts))}</tbody>
</table>`;
}

function lineRow(line: InvoiceLine, { formats, messages }: PageParts): Html {
  return html`<tr>
<th scope="row">${messages.items[line.item]}</th>
<td class="figure" data-label="${messages.quantity}">${line.quantity}</td>
<td class="figure" data-label="${messages.unitPrice}">${formats.money(line.unitPrice)}</td>
<td class="figure" data-label="${messages.vat}">${formats.percent(line.vatPercent)}</td>
<td class="figure" data-label="${messages.amount}">${formats.money(lineTotal(line))}</td>
</tr>`;
}

function totals({ formats, invoice, messages }: PageParts): Html {
  const { net, vatShares, gross } = totalsOf(invoice.lines);
  const shares = vatShares.map(
    (
      share,
    ) => html`<div><dt>${messages.vatAt(formats.percent(share.percent), formats.money(share.net))}</dt>
<dd class="figure">${formats.money(share.vat)}</dd></div>`,
  );
  return html`<dl class="totals">
<div><dt>${messages.netTotal}</dt><dd class="figure">${formats.money(net)}</dd></div>
${shares}
<div class="grand"><dt>${messages.total}</dt><dd class="figure">${formats.money(gross)}</dd></div>
</dl>`;
}
