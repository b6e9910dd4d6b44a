import { type BookEntry, type InvoiceLine, lineTotal, totalsOf } from '../invoice.js';
import type { Messages } from '../messages/messages.js';
import type { Formats } from './format.js';
import { type Html, html } from './html.js';

interface LineParts {
  formats: Formats;
  invoice: BookEntry;
  messages: Messages;
}

/** The lines of an invoice. */
export function lineTable(parts: LineParts): Html {
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

function lineRow(line: InvoiceLine, { formats, messages }: LineParts): Html {
  return html`<tr>
<th scope="row">${messages.items[line.item]}</th>
<td class="figure" data-label="${messages.quantity}">${line.quantity}</td>
<td class="figure" data-label="${messages.unitPrice}">${formats.money(line.unitPrice)}</td>
<td class="figure" data-label="${messages.vat}">${formats.percent(line.vatPercent)}</td>
<td class="figure" data-label="${messages.amount}">${formats.money(lineTotal(line))}</td>
</tr>`;
}

/** What they come to, with the VAT of each rate. */
export function totals({ formats, invoice, messages }: LineParts): Html {
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
