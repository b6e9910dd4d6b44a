import { type BookEntry, totalsOf } from '../invoice.js';
import type { InvoiceRow } from '../invoice-desk.js';
import { type Language, withLanguage } from '../messages/languages.js';
import type { Messages } from '../messages/messages.js';
import type { StateWords } from '../state-label.js';
import type { Formats } from './format.js';
import { type Html, html } from './html.js';
import { stateBadge } from './state-badge.js';

interface ListParts<T extends BookEntry> {
  formats: Formats;
  /** The one that the page shows. */
  invoice: T;
  language: Language;
  messages: Messages;
  rows: InvoiceRow<T>[];
}

interface ListKind<T extends BookEntry> {
  title: string;
  words: StateWords;
  /** What the address of each begins with. */
  address: string;
  /** Who stands on the other side. */
  nameOf: (invoice: T) => string;
}

/** The visitor's invoices of a kind, each with its state. */
export function invoiceList<T extends BookEntry>(parts: ListParts<T>, kind: ListKind<T>): Html {
  const { formats, language, messages, rows } = parts;
  const items = rows.map((row) => {
    const { number, lines } = row.invoice;
    const isCurrent = row.invoice === parts.invoice;
    return html`<li>
<a href="${withLanguage(`${kind.address}/${number}`, language)}"${isCurrent ? html` aria-current="page"` : undefined}>
<span class="who">${kind.nameOf(row.invoice)}</span>
<span class="sum">${formats.money(totalsOf(lines).gross)}</span>
<span class="number">${number}</span>
${stateBadge(row, kind.words)}
</a></li>`;
  });
  return html`<nav class="card" aria-labelledby="list-title">
<h2 id="list-title">${kind.title}</h2>
<p class="hint">${messages.newVisitor}</p>
<ul class="invoices">${items}</ul>
</nav>`;
}
